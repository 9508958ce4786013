import { beforeAll, describe, expect, test } from "vitest";
import { marksIn, marksLost, marksOf } from "./marks.js";
import { chainsOf, wayBack } from "./swap-chains.js";
import { answered, opening, turnOf } from "./swap-conversation.js";
import { swapVendors } from "./swap-vendors.js";
import { toolIdsIn } from "./tool-ids.js";

function isState(mark: string): boolean {
  return mark.startsWith("STATE");
}

describe.each(chainsOf(swapVendors))("from $name", (chain) => {
  const [first, ...others] = chain.vendors;
  let back: Awaited<ReturnType<typeof wayBack>>;

  beforeAll(async () => {
    back = await wayBack(chain);
  });

  test("the first gets all of its own that it gets back alone, its state too", async () => {
    const alone = [...opening, ...answered((await turnOf(first, opening)).answer)];
    expect(marksOf(first.name, back.body)).toEqual(marksOf(first.name, (await turnOf(first, alone)).body));
  });

  test("the first gets no state of the others', and what is missing is what the losses tell", () => {
    const sent = marksIn(back.body);
    expect(others.flatMap(({ name }) => marksOf(name, sent)).filter(isState)).toEqual([]);
    expect(marksIn(back.messages).filter((mark) => !sent.includes(mark))).toEqual(marksLost(back.messages, first.table));
  });

  test("the request is what the API describes, and its six calls have their results", () => {
    expect(first.complaints(back.body)).toEqual([]);
    const { calls, results } = toolIdsIn(back.body);
    expect(new Set(calls).size).toBe(6);
    expect(results).toEqual(calls);
  });
});

test.each(swapVendors)("$name has state to come back, or an API without any", async (vendor) => {
  const { answer } = await turnOf(vendor, opening);
  const { body } = await turnOf(vendor, [...opening, ...answered(answer)]);
  expect(marksOf(vendor.name, body).filter(isState)).toEqual(marksOf(vendor.name, vendor.answer.body).filter(isState));
  expect(marksOf(vendor.name, body).some(isState)).toBe(vendor.keepsState ?? true);
});
