import { beforeAll, describe, expect, test } from "vitest";
import { presets } from "../../src/providers/openai/index.js";
import { type CheckedBody, clientComplaints } from "./client-complaints.js";
import { compatibleVendor } from "./compatible-vendor.js";
import { marksIn, marksLost } from "./marks.js";
import { turnOf } from "./swap-conversation.js";
import { conversationAfter } from "./swap-pairs.js";
import { swapVendors } from "./swap-vendors.js";

const presetVendors = [...presets.keys()].map((preset) => compatibleVendor(preset, { preset }));
const swaps = presetVendors.flatMap((to) => [...swapVendors, to].map((from) => ({ from, to, name: `${from.name} to ${to.name}` })));
const complaints = new Map<string, readonly string[]>();

beforeAll(async () => {
  const bodies: CheckedBody[] = [];
  for (const { from, to, name } of swaps) bodies.push({ ...to, name, body: (await turnOf(to, await conversationAfter(from))).body });
  const found = await clientComplaints(bodies);
  for (const [index, { name }] of bodies.entries()) complaints.set(name, found[index] ?? []);
}, 120_000);

describe.each(swaps)("from $name", ({ from, to, name }) => {
  test("the request is what OpenAI's description and its client's types say, but for what the preset adds", async () => {
    const { body } = await turnOf(to, await conversationAfter(from));
    expect([...to.complaints(body), ...(complaints.get(name) ?? ["It was not checked."])]).toEqual([]);
  });

  test("what is missing from the request is what the losses tell", async () => {
    const messages = await conversationAfter(from);
    const sent = marksIn((await turnOf(to, messages)).body);
    expect(marksIn(messages).filter((mark) => !sent.includes(mark))).toEqual(marksLost(messages, to.table));
  });
});
