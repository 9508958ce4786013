import { expect } from "vitest";
import type { ScriptedError, ScriptedStep } from "../scripted-answer.js";
import type { ContractCase } from "./contract-case.js";
import { completionOf, exceptionOf, plainRequest, rehearse } from "./observation.js";
import { greet, greetingText, scriptedCase, stop } from "./scripted-case.js";

const kinds: readonly ScriptedError["kind"][] = ["authentication", "rate-limit", "invalid-request", "unavailable"];

/** Rules 2 and 3: wrong bodies, and errors wherever they come. */
export const failureCases: readonly ContractCase[] = [
  scriptedCase(
    "body/html",
    "a web page with status 200 is malformed, and its words are told",
    [{ type: "wrong-body", body: "html", message: "The proxy is having a nap" }],
    async ({ observe }) => {
      const exception = exceptionOf(await observe());
      expect(exception.code).toBe("malformed");
      expect(exception.message).toContain("The proxy is having a nap");
    },
  ),

  scriptedCase(
    "body/json-error",
    "a JSON error with status 200 throws the server's own message",
    [{ type: "wrong-body", body: "json-error", message: "The model is being moved." }],
    async ({ observe }) => expect(exceptionOf(await observe()).message).toContain("The model is being moved."),
  ),

  scriptedCase("body/empty", "an empty body with status 200 throws", [{ type: "wrong-body", body: "empty" }], async ({ observe }) => {
    expect(["truncated", "malformed"]).toContain(exceptionOf(await observe()).code);
  }),

  scriptedCase(
    "body/broken-event",
    "an event whose JSON is broken is malformed, and not passed over",
    [greet, { type: "broken-event" }, stop],
    async ({ observe }) => {
      const exception = exceptionOf(await observe());
      expect(exception.code).toBe("malformed");
      expect(exception.partial?.content).toMatchObject([{ type: "text", text: greetingText }]);
    },
  ),

  scriptedCase(
    "body/not-streamed",
    "a whole answer is accepted although a stream was asked for",
    { steps: [greet, stop], unstreamed: true },
    async ({ observe }) => expect(await completionOf(await observe())).toMatchObject({ text: greetingText, finishReason: "stop" }),
  ),

  scriptedCase(
    "body/mislabelled",
    "a stream under a wrong content type is judged by its body",
    { steps: [greet, stop], mislabelled: true },
    async ({ observe }) => expect(await completionOf(await observe())).toMatchObject({ text: greetingText, finishReason: "stop" }),
  ),

  eachKind(
    "errors/by-status",
    "an error status throws its code, the status, the server's words and the provider's name",
    [],
    (exception) => {
      expect(exception.status).toBeTypeOf("number");
      expect(exception.partial?.content ?? []).toEqual([]);
    },
  ),

  eachKind("errors/in-stream", "an error inside a stream is classified as with a status, with the text so far", [greet], (exception) =>
    expect(exception.partial?.content).toMatchObject([{ type: "text", text: greetingText }]),
  ),

  scriptedCase(
    "errors/retry-after",
    "the wait that a rate limit asks for is told",
    // Longer than any decorator would wait: it must be told to the caller.
    [{ type: "error", kind: "rate-limit", message: "Slow down.", retryAfterMs: 86_400_000 }],
    async ({ observe }) => expect(exceptionOf(await observe())).toMatchObject({ code: "rate-limit", retryAfterMs: 86_400_000 }),
  ),

  scriptedCase(
    "errors/from-next",
    "stream() and its iterator never throw: every error comes from next()",
    [{ type: "error", kind: "invalid-request", message: "No." }],
    async ({ provider, promptly }) => {
      const iterator = provider.stream(plainRequest)[Symbol.asyncIterator]();
      await expect(promptly(iterator.next(), "next() must settle")).rejects.toMatchObject({ code: "invalid-request" });
    },
  ),

  scriptedCase(
    "errors/terminal",
    "after an error the iterator is done",
    [greet, { type: "error", kind: "invalid-request", message: "No." }],
    async ({ provider, promptly }) => {
      const iterator = provider.stream(plainRequest)[Symbol.asyncIterator]();
      const drain = async (): Promise<void> => {
        while (!(await iterator.next()).done);
      };
      await expect(promptly(drain(), "The call must come to its end")).rejects.toBeDefined();
      expect((await promptly(iterator.next(), "next() must settle after an error")).done).toBe(true);
    },
  ),

  scriptedCase(
    "errors/takes-nothing-back",
    "an error that comes in one piece with text is thrown after the text has been told",
    { steps: [greet, { type: "error", kind: "unavailable", message: "The engine fell over." }], inOnePiece: true },
    async ({ observe }) => {
      const observation = await observe();
      expect(exceptionOf(observation).message).toContain("The engine fell over.");
      const told = observation.events.map((event) => (event.type === "text-delta" ? event.text : "")).join("");
      expect(told).toBe(greetingText);
    },
  ),
];

function eachKind(
  id: "errors/by-status" | "errors/in-stream",
  title: string,
  before: readonly ScriptedStep[],
  expectMore: (exception: ReturnType<typeof exceptionOf>) => void,
): ContractCase {
  return {
    id,
    title,
    run: async (harness) => {
      for (const kind of kinds) {
        const message = `The server says ${kind}.`;
        await rehearse(harness, { steps: [...before, { type: "error", kind, message }] }, async ({ observe, provider }) => {
          const exception = exceptionOf(await observe());
          expect(exception).toMatchObject({
            code: kind,
            provider: provider.name,
            retryable: kind === "rate-limit" || kind === "unavailable",
          });
          expect(exception.message).toContain(message);
          expectMore(exception);
        });
      }
    },
  };
}
