import fc from "fast-check";
import { harmlessNamedEvents, namedEvent } from "../../support/named-events.js";
import { arbitraryBlock, type Block } from "../../support/stream-blocks.js";

const index = fc.constantFrom(0, 0, 1, 2, 3);
const words = fc.oneof(
  fc.constantFrom("Hel", "lo ", "🌍", "é\n", "\\u0000", "", "\r\n", "\u2028"),
  fc.string({ unit: "binary", maxLength: 4 }),
);
const json = fc.constantFrom("{", "}", '{"city":', '"Paris"}', '{"a":1}', "", "nonsense");
const input = fc.constantFrom({}, { a: 1 }, undefined, null, "odd");

const contentBlock = fc.oneof(
  fc.record({ type: fc.constant("text"), text: fc.oneof(words, fc.constant(null)) }),
  fc.record({ type: fc.constant("thinking"), thinking: words, signature: fc.constantFrom("", "c2ln", undefined) }),
  fc.record({ type: fc.constant("redacted_thinking"), data: words }),
  fc.record({
    type: fc.constant("tool_use"),
    id: fc.constantFrom("toolu_a", "toolu_b", "", undefined),
    name: fc.constantFrom("f", "g", ""),
    input,
  }),
  fc.record({ type: fc.constantFrom("server_tool_use", "web_search_tool_result", "of_tomorrow"), id: fc.constant("srv"), input }),
);
const delta = fc.oneof(
  fc.record({ type: fc.constant("text_delta"), text: words }),
  fc.record({ type: fc.constant("thinking_delta"), thinking: words }),
  fc.record({ type: fc.constant("signature_delta"), signature: fc.constantFrom("c2ln", "", null) }),
  fc.record({ type: fc.constant("citations_delta"), citation: fc.constantFrom({ cited_text: "x" }, null, 5) }),
  fc.record({ type: fc.constantFrom("compaction_delta", "__proto__"), content: words }),
);
const usage = fc.record(
  { input_tokens: fc.constantFrom(0, 3, null), output_tokens: fc.constantFrom(1, 2), cache_read_input_tokens: fc.constantFrom(4, null) },
  { requiredKeys: [] },
);

const plain = fc.oneof(
  fc.record({
    type: fc.constant("message_start"),
    message: fc.record({ id: fc.constantFrom("msg_1", null), model: fc.constantFrom("m", ""), usage }),
  }),
  fc.record({ type: fc.constant("content_block_start"), index, content_block: contentBlock }),
  fc.record({ type: fc.constant("content_block_delta"), index, delta }),
  fc.record({ type: fc.constant("content_block_stop"), index }),
  fc.record({
    type: fc.constant("message_delta"),
    delta: fc.constantFrom(null, {}, { stop_reason: null }),
    usage: fc.oneof(usage, fc.constant(null)),
  }),
  fc.constantFrom<object>({ type: "ping" }, { type: "of_tomorrow", x: 1 }),
);

/** Arguments are a failure where no call is open, which the reader alone knows. */
const args = fc.record({
  type: fc.constant("content_block_delta"),
  index,
  delta: fc.record({ type: fc.constant("input_json_delta"), partial_json: json }),
});

const failures = fc.constantFrom(
  'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"boom"}}\n\n',
  'data: {"type":"error","error":{"type":"api_error","message":"boom"}}\n\n',
  'data: {"type":"error","message":"boom"}\n\n',
  'data: {"error":"boom"}\n\n',
  "event: error\ndata: boom\n\n",
  "data: {oops\n\n",
  'data: {"type":"message_start"}\n\n',
  'data: {"type":"content_block_start","index":"0","content_block":{"type":"text"}}\n\n',
  'data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":7}}\n\n',
);

/** A stop reason. */
const finish = fc
  .constantFrom("end_turn", "tool_use", "max_tokens", "pause_turn", "refusal")
  .map((stop_reason) => namedEvent({ type: "message_delta", delta: { stop_reason } }));
const end = fc.constant(namedEvent({ type: "message_stop" }));

/** A stream of mostly plausible events in any order, with what real servers and proxies get wrong. */
export const arbitraryAnswer: fc.Arbitrary<readonly Block[]> = fc
  .tuple(
    fc.array(
      fc.oneof(
        { weight: 20, arbitrary: arbitraryBlock(plain.map(namedEvent)) },
        { weight: 3, arbitrary: arbitraryBlock(args.map(namedEvent)) },
        { weight: 3, arbitrary: arbitraryBlock(harmlessNamedEvents) },
        { weight: 1, arbitrary: arbitraryBlock(failures, "failure") },
      ),
      { maxLength: 12 },
    ),
    fc.option(arbitraryBlock(finish, "finish")),
    fc.option(arbitraryBlock(end, "end")),
    fc.array(arbitraryBlock(failures, "failure"), { maxLength: 1 }),
  )
  .map(([blocks, stopped, ended, after]) => [...blocks, ...[stopped, ended].filter((one) => one !== null), ...after]);
