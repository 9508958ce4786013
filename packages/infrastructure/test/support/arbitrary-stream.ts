import fc from "fast-check";
import { arbitraryBlock, type Block } from "./stream-blocks.js";

const rarely = <Value>(usual: fc.Arbitrary<Value>, odd: fc.Arbitrary<unknown>, weight = 12): fc.Arbitrary<unknown> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });
const nothing = fc.constantFrom(null, undefined, "");
const words = fc.oneof(
  fc.constantFrom("Hel", "lo ", "🌍", "é\n", "\\u0000", "[DONE]", 'data: {"', "\r\n", "\u2028"),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const said = rarely(words, nothing, 4);

const toolCall = fc.record(
  {
    index: fc.constantFrom(0, 0, 1, 2, null, undefined),
    id: fc.constantFrom("call_a", "call_b", "", null, undefined, undefined, 7),
    type: fc.constantFrom("function", null),
    function: rarely(
      fc.record(
        {
          name: fc.constantFrom("get_weather", "get_time", "", null, undefined, undefined),
          arguments: fc.constantFrom("{", "}", '{"city":', '"Paris"}', '{"a":1}', "", null, undefined, { city: "Rome" }, "nonsense"),
        },
        { requiredKeys: [] },
      ),
      nothing,
    ),
    extra_content: fc.constantFrom(undefined, undefined, { google: { thought_signature: "c2ln" } }),
  },
  { requiredKeys: ["function"] },
);

const delta = fc.record(
  {
    role: fc.constantFrom("assistant", null, ""),
    content: rarely(
      fc.oneof(
        said,
        fc.constant(null),
        fc.array(
          fc.oneof(
            fc.record({ type: fc.constant("text"), text: words }),
            fc.record({ type: fc.constant("thinking"), thinking: words }),
            fc.constant({ type: "reference", ids: [1] }),
          ),
          { maxLength: 2 },
        ),
      ),
      fc.constantFrom(5, {}, true),
      40,
    ),
    reasoning_content: said,
    reasoning: said,
    refusal: said,
    reasoning_details: rarely(fc.constant(null), fc.constant([{ type: "reasoning.text", text: "hm", index: 0 }]), 4),
    tool_calls: rarely(fc.array(toolCall, { maxLength: 2 }), fc.constantFrom(null, {}, "x")),
    annotations: rarely(fc.constant(null), fc.constant([{ type: "url_citation", url_citation: { url: "https://example.org" } }]), 6),
    __proto__: fc.constant(null),
  },
  { requiredKeys: [], noNullPrototype: true },
);

const finishReason = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(null, undefined, "", "null") },
  { weight: 2, arbitrary: fc.constantFrom("stop", "length", "tool_calls", "content_filter", "function_call", "eos", "surprise") },
);

const choice = fc.record(
  {
    index: fc.constantFrom(0, 0, 0, 0, 1, null, undefined),
    delta: rarely(delta, fc.constantFrom(null, undefined)),
    message: rarely(fc.constantFrom(null, undefined), delta, 10),
    finish_reason: finishReason,
    logprobs: rarely(fc.constant(null), fc.constant({ content: [{ token: "a", logprob: -1, bytes: [97] }] }), 5),
  },
  { requiredKeys: ["delta"] },
);

const count = fc.constantFrom(0, 1, 7, 1_000_000, null, undefined);
const usage = fc.record(
  {
    prompt_tokens: count,
    completion_tokens: count,
    total_tokens: count,
    completion_tokens_details: fc.constantFrom(null, undefined, { reasoning_tokens: 3 }),
  },
  { requiredKeys: [] },
);

const chunk = fc.record(
  {
    id: fc.constantFrom("chatcmpl-1", "chatcmpl-1", "", null, undefined, 12),
    object: fc.constantFrom("chat.completion.chunk", null, 5),
    created: fc.constantFrom(1_700_000_000, 1.5, "2024", null),
    model: fc.constantFrom("gpt-test", "", null, undefined),
    choices: fc.oneof(
      { weight: 12, arbitrary: fc.array(choice, { minLength: 1, maxLength: 2 }) },
      { weight: 2, arbitrary: fc.constantFrom([], null, undefined) },
    ),
    usage: rarely(fc.constantFrom(null, undefined), usage, 5),
    x_groq: rarely(fc.constantFrom(null, undefined), fc.record({ usage }), 20),
    citations: rarely(fc.constant(undefined), fc.constant(["https://example.org"]), 10),
  },
  { requiredKeys: ["choices"] },
);

const chunkBlock = fc
  .tuple(chunk, fc.constantFrom("data: ", "data:", "event: message\ndata: ", "id: 7\ndata: "), fc.constantFrom("\n\n", "\r\n\r\n", "\r\r"))
  .map(([value, before, after]): Block => {
    const finished = value.choices?.some((one) => !one.index && one.finish_reason && one.finish_reason !== "null");
    return { text: before + JSON.stringify(value) + after, says: finished === true ? "finish" : undefined };
  });

const harmless = fc.constantFrom(
  ": keep-alive\n\n",
  ":\r\n\r\n",
  "\n",
  "data:\n\n",
  "data: \n\n",
  "event: ping\n\n",
  "retry: 10\n",
  "id: 3\n\n",
  "data\n\n",
  "data: {}\n\n",
  "x-field: y\n\n",
);
const failures = fc.constantFrom(
  'data: {"error":{"message":"boom","code":500}}\n\n',
  'data: {"error":"boom"}\n\n',
  'event: error\ndata: {"message":"boom"}\n\n',
  "event: error\ndata: boom\n\n",
  'data: {"object":"error","message":"boom","code":400}\n\n',
  'data: {"id":"x","choices":[{"index":0,"delta":{"content":"a"},"finish_reason":"error","error":{"message":"boom"}}]}\n\n',
  "error: boom\n\n",
  "data: {oops\n\n",
  'data: {"choices":"none"}\n\n',
  'data: {"choices":[null]}\n\n',
  'data: {"choices":[{"delta":[]}]}\n\n',
);
const end = fc.constantFrom("data: [DONE]\n\n", "data:[DONE]\r\n\r\n", "data: [DONE] \n\n");

/** A stream of mostly plausible blocks, with what real servers and proxies get wrong. */
export const arbitraryStream: fc.Arbitrary<readonly Block[]> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 20, arbitrary: chunkBlock },
        { weight: 3, arbitrary: arbitraryBlock(harmless) },
        { weight: 1, arbitrary: arbitraryBlock(failures, "failure") },
      ),
      { maxLength: 10 },
    ),
    fc.option(arbitraryBlock(end, "end"), { nil: undefined, freq: 2 }),
    fc.array(fc.oneof(chunkBlock, arbitraryBlock(failures, "failure")), { maxLength: 1 }),
  )
  .map(([blocks, done, after]) => (done === undefined ? blocks : [...blocks, done, ...after]));
