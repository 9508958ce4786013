import fc from "fast-check";
import { arbitraryBlock, type Block } from "./stream-blocks.js";

const rarely = (usual: fc.Arbitrary<unknown>, odd: fc.Arbitrary<unknown>, weight = 15): fc.Arbitrary<unknown> =>
  fc.oneof({ weight, arbitrary: usual }, { weight: 1, arbitrary: odd });
const words = fc.oneof(
  fc.constantFrom("Hel", "lo ", "🌍", "é\n", '{"error":"no"}', '"done":true', "\r\n", "\u2028", ""),
  fc.string({ unit: "binary", maxLength: 4 }),
);

const toolCall = fc.record(
  {
    id: fc.constantFrom("call_a", "call_b", "", null, 7),
    type: fc.constant("function"),
    function: fc.record(
      {
        index: fc.constantFrom(0, 1),
        name: fc.constantFrom("get_weather", "get_time", "", null),
        arguments: fc.constantFrom({ city: "Łódź" }, {}, { a: [1, { b: "}" }] }, null, '{"a":1}', '{"a":', "", [1], 5),
      },
      { requiredKeys: [] },
    ),
    signature: fc.constant("c2ln"),
  },
  { requiredKeys: ["function"] },
);

const message = fc.record(
  {
    role: fc.constantFrom("assistant", null),
    content: rarely(words, fc.constantFrom(null, undefined), 8),
    thinking: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(undefined, null) }, { weight: 2, arbitrary: words }),
    tool_calls: rarely(fc.constantFrom(undefined, undefined, null, []), fc.array(toolCall, { maxLength: 3 }), 4),
    images: rarely(fc.constantFrom(undefined, null), fc.constantFrom([], ["QUJD"])),
  },
  { requiredKeys: ["role", "content"] },
);

const count = fc.constantFrom(0, 1, 31, 1_000_000);

/** One line that is no end: mostly what servers send. */
export const arbitraryLine = fc.record(
  {
    model: rarely(fc.constant("llama3.2"), fc.constantFrom("", null)),
    created_at: fc.constantFrom("2025-10-26T17:15:24.097767Z", null, 5),
    message,
    done: rarely(fc.constant(false), fc.constantFrom(null, undefined)),
    logprobs: rarely(fc.constantFrom(undefined, null), fc.constant([{ token: "a", logprob: -1 }])),
    prompt_eval_count: rarely(fc.constant(undefined), count, 30),
    extra: rarely(fc.constant(undefined), fc.anything({ maxDepth: 1 })),
  },
  { requiredKeys: ["message"] },
);

const lastLine = fc.record(
  {
    model: fc.constant("llama3.2"),
    message: fc.oneof(message, fc.constant({ role: "assistant", content: "" })),
    done: fc.constant(true),
    done_reason: fc.constantFrom("stop", "length", "load", "", null, undefined, "surprise"),
    prompt_eval_count: count,
    eval_count: count,
  },
  { requiredKeys: ["done"] },
);

const lineEnd = fc.constantFrom("\n", "\r\n", "\n\n", "\n \n");
const linesOf = (values: fc.Arbitrary<unknown>): fc.Arbitrary<string> =>
  fc.tuple(values, lineEnd).map(([value, after]) => JSON.stringify(value) + after);
const line = arbitraryBlock(linesOf(arbitraryLine));
const end = arbitraryBlock(linesOf(lastLine), "end");
const harmless = arbitraryBlock(fc.constantFrom("\n", "{}\n", '{"model":"m"}\n', '{"error":null}\n'));
const failure = arbitraryBlock(
  fc.constantFrom(
    '{"error":"an error was encountered while running the model"}\n',
    '{"error":{"message":"boom"}}\n',
    '{"model":"m","message":{"role":"assistant","content":"x"},"done":true,"error":"boom"}\n',
    "{oops\n",
    "<html>\n<body>Bad gateway</body></html>\n",
    '{"message":{"content":7},"done":false}\n',
    '{"message":{"content":"","tool_calls":[null]},"done":false}\n',
    '{"message":"Forbidden"}\n',
    "[]\n",
    '{\n"error": "boom"\n}\n',
  ),
  "failure",
);

/** A stream of mostly plausible lines, with what servers and proxies get wrong. */
export const arbitraryOllamaStream: fc.Arbitrary<readonly Block[]> = fc
  .tuple(
    fc.array(fc.oneof({ weight: 20, arbitrary: line }, { weight: 3, arbitrary: harmless }, { weight: 1, arbitrary: failure }), {
      maxLength: 10,
    }),
    fc.option(end, { nil: undefined, freq: 3 }),
    fc.array(fc.oneof(line, failure), { maxLength: 1 }),
  )
  .map(([lines, last, after]) => (last === undefined ? lines : [...lines, last, ...after]));
