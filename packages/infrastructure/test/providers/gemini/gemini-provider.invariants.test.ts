import fc from "fast-check";
import { expect, test } from "vitest";
import { createGeminiProvider } from "../../../src/providers/gemini/index.js";
import { answerInvariants } from "../../support/answer-invariants.js";
import { expectLawful } from "../../support/answer-rules.js";
import { arbitraryGeminiStream, arbitraryResponse } from "./arbitrary-gemini-stream.js";
import { ask } from "./gemini-server.js";

answerInvariants({
  create: (fetch) => createGeminiProvider({ model: "asked-model", retry: false, fetch }),
  streams: arbitraryGeminiStream,
  contentType: "text/event-stream",
  ending: /finishReason":"(?!FINISH)\w/u,
});

test("a whole answer is read as lawfully, and calls keep what JSON.parse makes of their arguments", async () => {
  await fc.assert(
    fc.asyncProperty(arbitraryResponse, async (response) => {
      const seen = await ask(JSON.stringify(response, null, 1));
      expectLawful(seen);
      const calls = (response.candidates ?? [])
        .flatMap((one) => (one.index ? [] : (one.content?.parts ?? [])))
        .flatMap((part) => ("functionCall" in part && part.functionCall?.name ? [part.functionCall] : []));
      const inputs = seen.parts.flatMap((part) => (part.type === "tool-call" ? [part.input] : []));
      if (seen.end !== undefined) expect(inputs).toEqual(calls.map((call): unknown => JSON.parse(JSON.stringify(call.args ?? {}))));
    }),
    { numRuns: 500 },
  );
});
