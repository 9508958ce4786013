import { expect } from "vitest";
import type { ContractCase } from "./contract-case.js";
import { expectGrammar } from "./event-grammar.js";
import { completionOf, exceptionOf } from "./observation.js";
import { greet, scriptedCase, stop } from "./scripted-case.js";

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
    "delivery/whole-error",
    "an error status of a whole answer throws its code and the server's words",
    [{ type: "error", kind: "authentication", message: "Who are you?" }],
    async ({ observe }) => {
      const exception = exceptionOf(await observe({ delivery: "whole" }));
      expect(exception.code).toBe("authentication");
      expect(exception.message).toContain("Who are you?");
    },
  ),

  scriptedCase(
    "delivery/whole-wrong-body",
    "a web page instead of a whole answer is malformed, and its words are told",
    [{ type: "wrong-body", body: "html", message: "The proxy is having a nap" }],
    async ({ observe }) => {
      const exception = exceptionOf(await observe({ delivery: "whole" }));
      expect(exception.code).toBe("malformed");
      expect(exception.message).toContain("The proxy is having a nap");
    },
  ),

  scriptedCase("delivery/whole-truncated", "a whole answer that is cut throws", [greet, { type: "close" }], async ({ observe }) => {
    expect(["truncated", "malformed", "network"]).toContain(exceptionOf(await observe({ delivery: "whole" })).code);
  }),
];
