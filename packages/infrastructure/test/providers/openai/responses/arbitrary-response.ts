import fc from "fast-check";
import { harmlessNamedEvents, namedEvent } from "../../../support/named-events.js";
import { arbitraryBlock, type Block } from "../../../support/stream-blocks.js";

const id = fc.constantFrom("a", "b", "c", "", undefined);
const index = fc.constantFrom(0, 0, 1, 2, undefined, null);
const words = fc.oneof(
  fc.constantFrom("Hel", "lo ", "Hello ", "🌍", "é\n", "\\u0000", "", "\r\n", "\u2028"),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const json = fc.constantFrom("{", "}", '{"city":', '"Paris"}', '{"a":1}', "", "nonsense");
const status = fc.constantFrom("completed", "incomplete", "in_progress", undefined, null);
const place = {
  item_id: id,
  output_index: index,
  content_index: fc.constantFrom(0, 0, 1, undefined),
  summary_index: fc.constantFrom(0, 1),
};

const textPart = fc.record({
  type: fc.constantFrom("output_text", "output_text", "text", "reasoning_text", "summary_text", "sparkle"),
  text: words,
  annotations: fc.constantFrom([], [{ type: "url_citation" }], null, undefined),
  logprobs: fc.constantFrom([], [{ token: "a" }], null, undefined),
});
const part = fc.oneof(textPart, fc.record({ type: fc.constant("refusal"), refusal: words }));
const item = fc.oneof(
  fc.record({ type: fc.constant("message"), id, status, content: fc.oneof(fc.array(part, { maxLength: 2 }), fc.constant(null)) }),
  fc.record({
    type: fc.constant("reasoning"),
    id,
    summary: fc.array(textPart, { maxLength: 2 }),
    content: fc.oneof(fc.array(textPart, { maxLength: 1 }), fc.constant(null)),
    encrypted_content: fc.constantFrom("sealed", null),
  }),
  fc.record({
    type: fc.constant("function_call"),
    id,
    call_id: fc.constantFrom("call_1", "call_2", "", undefined),
    name: fc.constantFrom("f", "g", "", undefined),
    arguments: fc.oneof(json, fc.constantFrom(null, { a: 1 })),
    status,
  }),
  fc.record({ type: fc.constantFrom("web_search_call", "of_tomorrow"), id, status }),
);
const usage = fc.record(
  {
    input_tokens: fc.constantFrom(0, 3, null),
    output_tokens: fc.constantFrom(1, 2),
    output_tokens_details: fc.constantFrom(null, { reasoning_tokens: 1 }),
  },
  { requiredKeys: [] },
);
const response = fc.record(
  {
    id: fc.constantFrom("resp_1", null),
    model: fc.constantFrom("m", ""),
    status: fc.constant("in_progress"),
    usage: fc.oneof(usage, fc.constant(null)),
  },
  { requiredKeys: [] },
);

const plain = fc.oneof(
  fc.record({ type: fc.constantFrom("response.created", "response.in_progress", "response.queued"), response }),
  fc.record({
    type: fc.constantFrom("response.output_item.added", "response.output_item.done"),
    output_index: index,
    item: fc.oneof(item, fc.constant(null)),
  }),
  fc.record({
    type: fc.constantFrom(
      "response.output_text.delta",
      "response.output_text.delta",
      "response.refusal.delta",
      "response.reasoning_summary_text.delta",
      "response.reasoning_text.delta",
    ),
    ...place,
    delta: words,
    logprobs: fc.constantFrom([], [{ token: "a" }], undefined),
  }),
  fc.record({ type: fc.constant("response.function_call_arguments.delta"), ...place, delta: json }),
  fc.record({
    type: fc.constantFrom("response.output_text.done", "response.reasoning_summary_text.done", "response.reasoning_text.done"),
    ...place,
    text: fc.oneof(words, fc.constant(null)),
  }),
  fc.record({ type: fc.constant("response.refusal.done"), ...place, refusal: words }),
  fc.record({ type: fc.constant("response.function_call_arguments.done"), ...place, arguments: fc.oneof(json, fc.constant({ a: 1 })) }),
  fc.record({
    type: fc.constantFrom(
      "response.content_part.added",
      "response.content_part.done",
      "response.reasoning_summary_part.added",
      "response.reasoning_summary_part.done",
    ),
    ...place,
    part: fc.oneof(part, fc.constant(null)),
  }),
  fc.record({
    type: fc.constant("response.output_text.annotation.added"),
    ...place,
    annotation: fc.constantFrom({ type: "file_path" }, null),
  }),
  fc.constantFrom<object>({ type: "keepalive" }, { type: "response.of_tomorrow", x: 1 }, { type: "response.web_search_call.searching" }),
);

const failures = fc.constantFrom(
  'event: error\ndata: {"type":"error","code":"server_error","message":"boom","param":null}\n\n',
  'data: {"type":"error","error":{"code":"rate_limit_exceeded","message":"boom"}}\n\n',
  'data: {"error":"boom"}\n\n',
  "event: error\ndata: boom\n\n",
  "event: response.output_text.delta\ndata: {oops\n\n",
  'data: {"type":"response.failed","response":{"error":{"code":"server_error","message":"boom"}}}\n\n',
  'data: {"type":"response.completed","response":{"status":"failed"}}\n\n',
  'data: {"type":"response.output_item.done","item":{"type":5}}\n\n',
  'data: {"type":"response.output_text.delta","delta":7}\n\n',
);
/** The last event of a response. */
const end = fc
  .record({
    type: fc.constantFrom("response.completed", "response.incomplete"),
    response: fc.record(
      {
        status: fc.constantFrom("completed", "incomplete", "in_progress", null),
        output: fc.oneof(fc.array(item, { maxLength: 3 }), fc.constant(null)),
        incomplete_details: fc.constantFrom(null, { reason: "max_output_tokens" }, { reason: null }),
        usage: fc.oneof(usage, fc.constant(null)),
      },
      { requiredKeys: [] },
    ),
  })
  .map(namedEvent);

/** A stream of mostly plausible events in any order, with what real servers and proxies get wrong. */
export const arbitraryResponse: fc.Arbitrary<readonly Block[]> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 30, arbitrary: arbitraryBlock(plain.map(namedEvent)) },
        { weight: 3, arbitrary: arbitraryBlock(harmlessNamedEvents) },
        { weight: 1, arbitrary: arbitraryBlock(failures, "failure") },
      ),
      { maxLength: 14 },
    ),
    fc.option(arbitraryBlock(end, "end")),
    fc.array(arbitraryBlock(failures, "failure"), { maxLength: 1 }),
  )
  .map(([blocks, last, after]) => [...blocks, ...(last === null ? [] : [last]), ...after]);
