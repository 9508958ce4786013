import fc from "fast-check";
import { arbitraryBlock, type Block } from "../../support/stream-blocks.js";

const words = fc.oneof(
  fc.constantFrom("Hel", "lo ", "🌍", "é\n", "\\u0000", 'data: {"', "\r\n", "\u2028", ""),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const nothing = fc.constantFrom(null, undefined);
const signature = fc.option(fc.constantFrom("c2lnbmF0dXJl", ""), { nil: undefined, freq: 1 });
const args = fc.oneof(
  { weight: 3, arbitrary: fc.dictionary(fc.constantFrom("city", "args", "é", "__proto__"), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 }) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 1 }) },
  { weight: 1, arbitrary: nothing },
);
const functionCall = fc.record(
  { id: fc.constantFrom("fc_1", "fc_2", "", null), name: fc.constantFrom("weather", "time", "", null), args },
  { requiredKeys: [] },
);

const part = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record(
      { text: words, thought: fc.constantFrom(true, false, null), thoughtSignature: signature },
      { requiredKeys: ["text"] },
    ),
  },
  { weight: 3, arbitrary: fc.record({ functionCall, thoughtSignature: signature }) },
  {
    weight: 1,
    arbitrary: fc.record({ inlineData: fc.constant({ mimeType: "image/png", data: "iVBORw0KGgo=" }), thoughtSignature: signature }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom({ executableCode: { code: "1" } }, { codeExecutionResult: null }, {}, { thoughtSignature: "eA==" }),
  },
);

const finishReason = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(null, undefined, "", "FINISH_REASON_UNSPECIFIED") },
  { weight: 2, arbitrary: fc.constantFrom("STOP", "MAX_TOKENS", "SAFETY", "MALFORMED_FUNCTION_CALL", "CONTINUATION", "SURPRISE") },
);

const candidate = fc.record(
  {
    index: fc.constantFrom(0, 0, 0, 1, null, undefined),
    content: fc.oneof(fc.record({ parts: fc.oneof(fc.array(part, { maxLength: 3 }), nothing), role: fc.constant("model") }), nothing),
    finishReason,
    finishMessage: fc.constantFrom(undefined, undefined, "because"),
    groundingMetadata: fc.constantFrom(undefined, undefined, { webSearchQueries: ["a"] }),
    citationMetadata: fc.constantFrom(undefined, undefined, { citationSources: [{ uri: "https://example.org" }] }),
    safetyRatings: fc.constantFrom(undefined, []),
    continuationToken: fc.constantFrom(undefined, undefined, "dG9r"),
  },
  { requiredKeys: [] },
);

const count = fc.constantFrom(0, 1, 7, null, undefined);
const usageMetadata = fc.record(
  {
    promptTokenCount: count,
    candidatesTokenCount: count,
    thoughtsTokenCount: count,
    cachedContentTokenCount: count,
    totalTokenCount: count,
  },
  { requiredKeys: [] },
);

/** A response that is plausible, with what real servers and proxies get wrong. */
export const arbitraryResponse = fc.record(
  {
    candidates: fc.oneof({ weight: 9, arbitrary: fc.array(candidate, { maxLength: 2 }) }, { weight: 1, arbitrary: fc.constant(null) }),
    usageMetadata: fc.oneof({ weight: 3, arbitrary: usageMetadata }, { weight: 1, arbitrary: nothing }),
    promptFeedback: fc.constantFrom(undefined, undefined, undefined, {}, { safetyRatings: [] }),
    modelVersion: fc.constantFrom("gemini-test", "", null),
    responseId: fc.constantFrom("r1", "", null),
  },
  { requiredKeys: ["candidates"] },
);

const responseBlock = fc
  .tuple(arbitraryResponse, fc.constantFrom("data: ", "data:", "event: message\ndata: "), fc.constantFrom("\n\n", "\r\n\r\n", "\r\r"))
  .map(([value, before, after]): Block => {
    const said = value.candidates?.some((one) => !one.index && one.finishReason && one.finishReason !== "FINISH_REASON_UNSPECIFIED");
    return { text: before + JSON.stringify(value) + after, says: said === true ? "finish" : undefined };
  });

const harmless = fc.constantFrom(": keep-alive\n\n", "\n", "data:\n\n", "event: ping\n\n", "data: {}\n\n", "data: 5\n\n", "x-field: y\n\n");
const failures = fc.constantFrom(
  'data: {"error":{"message":"boom","code":500,"status":"INTERNAL"}}\n\n',
  'data: [{"error":{"message":"boom","code":429,"status":"RESOURCE_EXHAUSTED"}}]\n\n',
  'event: error\ndata: {"message":"boom"}\n\n',
  'data: {"promptFeedback":{"blockReason":"SAFETY"}}\n\n',
  'data: {"candidates":[{"finishReason":"MALFORMED_RESPONSE"}]}\n\n',
  "data: {oops\n\n",
  'data: {"candidates":"none"}\n\n',
  'data: {"candidates":[null]}\n\n',
  'data: {"candidates":[{"content":{"parts":[{"text":5}]}}]}\n\n',
);

/** A stream of mostly plausible blocks. */
export const arbitraryGeminiStream: fc.Arbitrary<readonly Block[]> = fc.array(
  fc.oneof(
    { weight: 20, arbitrary: responseBlock },
    { weight: 3, arbitrary: arbitraryBlock(harmless) },
    { weight: 1, arbitrary: arbitraryBlock(failures, "failure") },
  ),
  { maxLength: 8 },
);
