import { expect } from "vitest";
import type { FinishReason } from "../../chat-event.js";
import type { ScriptedEnd } from "../scripted-answer.js";
import type { ContractCaseId } from "./contract-case-ids.js";
import type { ContractCase } from "./contract-case.js";
import { expectGrammar } from "./event-grammar.js";
import { completionOf, exceptionOf } from "./observation.js";
import { begin, greet, greetingText, scriptedCase, stop } from "./scripted-case.js";
import { callStep, toolRequest } from "./tool-scripts.js";

/** Rule 1: exactly one terminal outcome, and a truncated answer is never a success. */
export const outcomeCases: readonly ContractCase[] = [
  finish("finish/stop", "stop"),
  finish("finish/length", "length"),
  finish("finish/content-filter", "content-filter"),

  scriptedCase(
    "finish/end-marker-alone",
    "an end marker without a reason finishes as other",
    [greet, { type: "end" }],
    async ({ observe }) => {
      const { finishReason, text } = await completionOf(await observe());
      expect({ finishReason, text }).toEqual({ finishReason: "other", text: greetingText });
    },
  ),

  scriptedCase(
    "finish/error-after-reason",
    "an error that follows a finish reason still throws",
    [greet, stop, { type: "error", kind: "unavailable", message: "The engine fell over." }],
    async ({ observe }) => {
      const exception = exceptionOf(await observe());
      expect(exception.message).toContain("The engine fell over.");
      expect(exception.partial?.content).toMatchObject([{ type: "text", text: greetingText }]);
    },
  ),

  scriptedCase(
    "finish/server-keeps-connection",
    "the end marker ends the answer and frees the connection, even where the server keeps it open",
    [greet, stop, { type: "stall" }],
    async (rehearsal) => {
      expectGrammar((await rehearsal.observe()).events);
      await rehearsal.promptly(rehearsal.released, "The connection must be freed after the end");
    },
  ),

  scriptedCase(
    "finish/nothing-after-end-marker",
    "what comes behind the end marker, in one piece with it, is no part of the answer",
    { steps: [greet, stop, { type: "text", deltas: ["And more."] }, stop], inOnePiece: true },
    async ({ observe }) => {
      const observation = await observe();
      expectGrammar(observation.events);
      expect((await completionOf(observation)).text).toBe(greetingText);
    },
  ),

  scriptedCase("truncated/before-any-part", "a stream that ends at once is truncated", [{ type: "close" }], async ({ observe }) => {
    expect(["truncated", "malformed"]).toContain(exceptionOf(await observe()).code);
  }),

  scriptedCase(
    "truncated/in-text",
    "a clean end in mid-text is truncated, with the text so far",
    [greet, { type: "close" }],
    async ({ observe }) => {
      const exception = exceptionOf(await observe());
      expect(exception).toMatchObject({ code: "truncated", retryable: true });
      expect(exception.partial?.content).toMatchObject([{ type: "text", text: greetingText }]);
    },
  ),

  scriptedCase(
    "truncated/in-tool-call",
    "a clean end in mid-call is truncated, and the cut call cannot be run",
    [{ ...callStep, deltas: callStep.deltas.slice(0, 2) }, { type: "close" }],
    async ({ observe }) => {
      const exception = exceptionOf(await observe({}, toolRequest));
      expect(exception.code).toBe("truncated");
      expect(exception.partial?.content).toMatchObject([{ type: "invalid-tool-call", json: callStep.deltas.slice(0, 2).join("") }]);
    },
  ),

  scriptedCase(
    "truncated/after-tool-call",
    "a clean end after the last byte of a call is truncated all the same",
    [callStep, { type: "close" }],
    async ({ observe }) => {
      const exception = exceptionOf(await observe({}, toolRequest));
      expect(exception.code).toBe("truncated");
      expect(exception.partial?.content, "A call without its end cannot be run").toMatchObject([{ type: "invalid-tool-call" }]);
    },
  ),

  scriptedCase("truncated/reset", "a reset in mid-text throws, with the text so far", [begin, { type: "reset" }], async ({ observe }) => {
    const exception = exceptionOf(await observe());
    expect(["network", "truncated"]).toContain(exception.code);
    expect(exception.retryable).toBe(true);
    // A reset may destroy what the socket had received: some of the text may be missing, but none is invented.
    const text = exception.partial?.content.map((part) => (part.type === "text" ? part.text : "?")).join("") ?? "";
    expect("Once upon".startsWith(text), `The partial text is what the server sent, not ${JSON.stringify(text)}`).toBe(true);
  }),

  scriptedCase(
    "truncated/not-asked-again",
    "an answer that breaks off behind its first text is not asked for again",
    [begin, { type: "close" }],
    async ({ observe, requests }) => {
      const observation = await observe();
      expect(exceptionOf(observation).code).toBe("truncated");
      expect(observation.events.filter((event) => event.type === "text-delta")).toMatchObject([{ text: "Once upon" }]);
      expect(requests()).toBe(1);
    },
  ),
];

function finish(id: ContractCaseId, reason: NonNullable<ScriptedEnd["finishReason"]> & FinishReason): ContractCase {
  return scriptedCase(
    id,
    `the finish reason ${reason} comes as ${reason}`,
    [greet, { type: "end", finishReason: reason }],
    async ({ observe }) => {
      const { finishReason, text } = await completionOf(await observe());
      expect({ finishReason, text }).toEqual({ finishReason: reason, text: greetingText });
    },
  );
}
