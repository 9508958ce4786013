import { collect, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { createGuideProvider } from "../../src/providers/guide/index.js";
import { historyLosses } from "../../src/providers/history-losses.js";
import { marksIn, marksLost } from "./marks.js";
import { answered, bigNumber, image, opening, turnOf } from "./swap-conversation.js";
import { bodyAfter, conversationAfter, pairsOf } from "./swap-pairs.js";
import { swapVendors } from "./swap-vendors.js";
import { toolIdsIn } from "./tool-ids.js";

describe.each(pairsOf(swapVendors))("from $name", ({ from, to }) => {
  test("the request is what the API describes", async () => {
    const body = await bodyAfter(from, to);
    expect(to.complaints(body)).toEqual([]);
    // The mark of the origin is for us alone.
    expect(JSON.stringify(body)).not.toContain('"origin"');
  });

  test("what is missing from the request is what the losses tell", async () => {
    const messages = await conversationAfter(from);
    const sent = marksIn((await turnOf(to, messages)).body);
    expect(marksIn(messages).filter((mark) => !sent.includes(mark))).toEqual(marksLost(messages, to.table));
  });

  test("the images of the user and of both results are there", async () => {
    expect(JSON.stringify(await bodyAfter(from, to)).split(image.source.base64)).toHaveLength(4);
  });

  test("a number of more digits than JavaScript has keeps them", async () => {
    expect((await turnOf(to, await conversationAfter(from))).bodyText).toContain(bigNumber.text);
  });

  test("each call has an id of its own that the API takes, and one result", async () => {
    const body = await bodyAfter(from, to);
    const { calls, results } = toolIdsIn(body);
    expect(calls).toHaveLength(marksIn(body).includes("BROKENMARK") ? 7 : 6);
    expect(new Set(calls).size).toBe(calls.length);
    expect(results).toHaveLength(calls.length);
    expect(new Set(results)).toEqual(new Set(calls));
    for (const id of calls) expect(id).toMatch(to.toolCallId);
  });
});

test.each(swapVendors)("all that $name says is in its message", async (vendor) => {
  expect(marksIn((await turnOf(vendor, opening)).answer)).toEqual(marksIn(vendor.answer.body));
});

test.each(swapVendors)("what $name made itself comes back to it but for what a request has no place for", async (vendor) => {
  const messages = [...opening, ...answered((await turnOf(vendor, opening)).answer)];
  expect(marksLost(messages, vendor.table)).toEqual((vendor.withoutPlace ?? []).map((word) => `${word}${vendor.name}MARK`));
  expect(historyLosses(messages, vendor.table)?.map(({ what }) => what)).not.toContain("state");
});

test.each(swapVendors)("the guide answers after $name, though it looks at no image", async (vendor) => {
  const messages = [userMessage("hi"), (await turnOf(vendor, opening)).answer, userMessage("How do I set a key?")];
  const { message } = await collect(createGuideProvider().stream({ messages }));
  expect(message.content.length).toBeGreaterThan(0);
});
