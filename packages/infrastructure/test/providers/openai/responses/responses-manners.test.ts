import type { AssistantPart } from "@chatport/domain";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { utf8 } from "../../../support/pieces.js";
import { asDocumented, encode, type Item, type Manner } from "./response-encoder.js";
import { eventsOf } from "./responses-streams.js";

const words = fc.oneof(fc.string({ unit: "grapheme", minLength: 1, maxLength: 12 }), fc.constantFrom("a", "aa", "\n\n", "{}"));
const item: fc.Arbitrary<Item> = fc.oneof(
  fc.record({
    type: fc.constant("message"),
    status: fc.constant("completed"),
    content: fc.array(
      fc.oneof(fc.record({ type: fc.constant("output_text"), text: words }), fc.record({ type: fc.constant("refusal"), refusal: words })),
      { minLength: 1, maxLength: 3 },
    ),
  }),
  fc.record({
    type: fc.constant("reasoning"),
    summary: fc.array(fc.record({ type: fc.constant("summary_text"), text: words }), { maxLength: 3 }),
    encrypted_content: fc.constant("sealed"),
  }),
  fc.record({
    type: fc.constant("reasoning"),
    summary: fc.constant([]),
    content: fc.array(fc.record({ type: fc.constant("reasoning_text"), text: words }), { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    type: fc.constant("function_call"),
    status: fc.constant("completed"),
    call_id: fc.uuid(),
    name: fc.constantFrom("f", "g"),
    arguments: fc.constantFrom('{"a":1}', "{}", '{"text":"a longer one"}', "broken {"),
  }),
  fc.record({ type: fc.constantFrom("web_search_call", "of_tomorrow"), status: fc.constant("completed") }),
);
const answer = fc
  .array(item, { minLength: 1, maxLength: 5 })
  .map((items) => items.map((one, index): Item => ({ ...one, id: `item_${index}` })));

/** What a stream says, without ids, which a server may tell as it likes, and what texts know of their message, which depends on when they ended. */
function partsOf(output: readonly Item[], manner: Manner): readonly AssistantPart[] {
  const ended = eventsOf([utf8(encode(output, manner))]).flatMap((event) => (event.type === "part-end" ? [event] : []));
  const parts = ended
    .toSorted((a, b) => a.index - b.index)
    .map(({ part }) => (part.type === "text" || part.type === "refusal" ? { type: part.type, text: part.text } : part));
  return JSON.parse(JSON.stringify(parts).replaceAll(/"id":"item_[\d-]*",?/gu, ""));
}

const manners: readonly (readonly [name: string, manner: Partial<Manner>])[] = [
  ["without deltas", { deltas: false }],
  ["without announcing its items", { added: false }],
  ["without final texts", { finals: false }],
  ["with the deltas and the whole items alone", { added: false, finals: false, output: false }],
  ["with whole items alone", { deltas: false, added: false, finals: false, output: false }],
  ["with final texts and whole items alone", { deltas: false, added: false, output: false }],
  ["with the whole response alone", { deltas: false, added: false, finals: false, done: false }],
  ["with an empty output at its end", { output: false }],
  ["without indices", { index: "none" }],
  ["with one index for all", { index: "zero" }],
  ["with one index for all, and whole items alone", { index: "zero", deltas: false, added: false, finals: false, output: false }],
  ["with whole items to begin with, which their deltas say again", { begun: true }],
  ["with whole items to begin with, and nothing more until they are done", { begun: true, deltas: false, finals: false }],
  ["without ids", { ids: "none" }],
  ["with other ids in every event", { ids: "rotating" }],
  ["with other ids in every event, and whole items alone", { ids: "rotating", deltas: false, added: false, finals: false }],
  ["with one id for all", { ids: "same" }],
  ["with one id for all, and whole items alone", { ids: "same", deltas: false, added: false, finals: false, output: false }],
  ["with one id for all, and the whole response alone", { ids: "same", deltas: false, added: false, finals: false, done: false }],
  ["with neither ids nor indices", { ids: "none", index: "none" }],
];

describe("an answer is the same, whether a server tells of it as documented or", () => {
  test.each(manners)("%s", (_name, differing) => {
    fc.assert(
      fc.property(answer, (output) => {
        expect(partsOf(output, { ...asDocumented, ...differing })).toEqual(partsOf(output, asDocumented));
      }),
      { numRuns: 150 },
    );
  });
});

test("an item that only the whole response shows whole says no more and no less", () => {
  // Its part has ended by then, so that what belongs to the whole item comes too late for it.
  const spoken = (parts: readonly AssistantPart[]) =>
    parts.flatMap((part) =>
      "text" in part ? (part.text === "" ? [] : [[part.type, part.text]]) : part.type === "provider" ? [] : [[part.type, part.json]],
    );
  fc.assert(
    fc.property(answer, (output) => {
      expect(spoken(partsOf(output, { ...asDocumented, done: false }))).toEqual(spoken(partsOf(output, asDocumented)));
    }),
    { numRuns: 150 },
  );
});

test("what is documented says each text once, and every item", () => {
  fc.assert(
    fc.property(answer, (output) => {
      const said = partsOf(output, asDocumented);
      const texts = said.flatMap((part) => (part.type === "text" || part.type === "refusal" ? [part.text] : []));
      expect(texts).toEqual(
        output.flatMap(({ type, content = [] }) => (type === "message" ? content.map(({ text, refusal }) => text ?? refusal) : [])),
      );
      const thoughts = said.flatMap((part) => (part.type === "reasoning" ? [part.text] : []));
      expect(thoughts).toEqual(
        output.flatMap(({ type, summary = [], content = [] }) =>
          type === "reasoning" ? [(summary.length > 0 ? summary : content).map(({ text }) => text).join("\n\n")] : [],
        ),
      );
      const calls = said.flatMap((part) => ("json" in part ? [part.json] : []));
      expect(calls).toEqual(output.flatMap((one) => one.arguments ?? []));
    }),
    { numRuns: 200 },
  );
});
