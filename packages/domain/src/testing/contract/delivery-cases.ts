import { expect } from "vitest";
import type { ChatException } from "../../chat-exception.js";
import type { ScriptedWrongBody } from "../scripted-answer.js";
import type { ContractCase } from "./contract-case.js";
import { expectGrammar } from "./event-grammar.js";
import { completionOf, exceptionOf, rehearse } from "./observation.js";
import { greet, greetingText, scriptedCase, stop } from "./scripted-case.js";

/** A whole answer is told in the same events, and fails in the same ways. */
export const deliveryCases: readonly ContractCase[] = [
  scriptedCase(
    "delivery/whole-is-the-same",
    "a whole answer is the same as a streamed one",
    [greet, { type: "usage", usage: { inputTokens: 31, outputTokens: 17 } }, stop],
    async ({ observe }) => {
      const { id: _streamedId, ...streamed } = await completionOf(await observe({ delivery: "stream" }));
      const observation = await observe({ delivery: "whole" });
      const { id: _wholeId, ...whole } = await completionOf(observation);
      expectGrammar(observation.events);
      expect(whole).toEqual(streamed);
    },
  ),

  scriptedCase(
    "delivery/whole-finish",
    "a whole answer that the token limit cut says so",
    [greet, { type: "end", finishReason: "length" }],
    async ({ observe }) => {
      expect(await completionOf(await observe({ delivery: "whole" }))).toMatchObject({ text: greetingText, finishReason: "length" });
    },
  ),

  scriptedCase(
    "delivery/whole-error",
    "an error status of a whole answer throws its code and the server's words",
    [{ type: "error", kind: "authentication", message: "Who are you?" }],
    async ({ observe }) => {
      const exception = exceptionOf(await observe({ delivery: "whole" }));
      expect(exception.code).toBe("authentication");
      expect(exception.message).toContain("Who are you?");
    },
  ),

  {
    id: "delivery/whole-wrong-body",
    title: "what is no whole answer throws: a web page and a JSON error with their own words, and nothing at all",
    run: async (harness) => {
      const thrownFor = async (body: ScriptedWrongBody): Promise<ChatException[]> => {
        const thrown: ChatException[] = [];
        await rehearse(harness, { steps: [body] }, async ({ observe }) => {
          thrown.push(exceptionOf(await observe({ delivery: "whole" })));
        });
        return thrown;
      };
      const message = "The proxy is having a nap";
      for (const body of ["html", "json-error"] as const) {
        for (const exception of await thrownFor({ type: "wrong-body", body, message })) {
          expect(exception.message).toContain(message);
          if (body === "html") expect(exception.code).toBe("malformed");
        }
      }
      for (const { code } of await thrownFor({ type: "wrong-body", body: "empty" })) expect(["truncated", "malformed"]).toContain(code);
    },
  },

  scriptedCase("delivery/whole-truncated", "a whole answer that is cut throws", [greet, { type: "close" }], async ({ observe }) => {
    expect(["truncated", "malformed", "network"]).toContain(exceptionOf(await observe({ delivery: "whole" })).code);
  }),
];
