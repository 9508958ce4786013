import {
  assistantMessage,
  type AssistantMessage,
  type ChatRequest,
  collect,
  type InvalidToolCallPart,
  type Message,
  systemMessage,
  text,
  toolMessage,
  toolResult,
  userMessage,
} from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { adaptHistory } from "../../src/http/index.js";
import { createGuideProvider } from "../../src/providers/guide/index.js";
import { type SwapVendor, swapVendors } from "./swap-vendors.js";

const image = { type: "image", mediaType: "image/png", source: { base64: "iVBORw0KGgo=" } } as const;
const broken: InvalidToolCallPart = { type: "invalid-tool-call", id: "call_broken", name: "weather", json: '{"city":"BROKENMARK' };
const tools = [{ name: "weather", inputSchema: { type: "object", properties: { city: { type: "string" } } } }];

/** What a vendor's stream becomes. */
async function answerOf(vendor: SwapVendor): Promise<AssistantMessage> {
  const { contentType, body } = vendor.answer;
  const provider = vendor.provide(() => Promise.resolve(new Response(body, { headers: { "content-type": contentType } })));
  return (await collect(provider.stream({ messages: [userMessage("hi")] }))).message;
}

/** A conversation that goes on after that answer: its calls are run, and one more call was cut and told so. */
function continued(answer: AssistantMessage): readonly Message[] {
  const calls = answer.content.filter((part) => part.type === "tool-call");
  return [
    systemMessage("Be brief."),
    userMessage([text("What is it like there?"), image]),
    answer,
    toolMessage(...calls.map((call) => toolResult(call, [text("RESULTMARK"), image]))),
    assistantMessage([text("Once more."), broken]),
    toolMessage(toolResult(broken, "CUTRESULTMARK", true)),
    userMessage("LASTMARK"),
  ];
}

/** The body that a vendor is sent. */
async function bodyFor(vendor: SwapVendor, request: ChatRequest): Promise<unknown> {
  const bodies: unknown[] = [];
  const provider = vendor.provide(async (input, init) => {
    bodies.push(JSON.parse(await new Request(input, init).text()));
    return new Response(vendor.answer.body, { headers: { "content-type": vendor.answer.contentType } });
  });
  await collect(provider.stream(request));
  expect(bodies).toHaveLength(1);
  return bodies[0];
}

function marksIn(value: unknown): readonly string[] {
  return [...new Set(JSON.stringify(value).match(/[A-Z]+[a-z]*MARK/gu))].toSorted();
}
/** What losses say will be missing: the whole part, or its state alone. */
function marksLost(messages: readonly Message[], rules: SwapVendor["rules"]): readonly string[] {
  const lost = adaptHistory(messages, rules).losses.flatMap(({ message, part: index, what }) => {
    const part = messages[message]?.content[index];
    if (what === "state") return part !== undefined && "providerMetadata" in part ? marksIn(part.providerMetadata ?? {}) : [];
    return marksIn(part ?? {});
  });
  return [...new Set(lost)].toSorted();
}

const pairs = swapVendors.flatMap((from) => swapVendors.map((to) => ({ from, to, name: `${from.name} to ${to.name}` })));

describe.each(pairs)("from $name", ({ from, to }) => {
  test("the request is valid, and what is missing from it is what the losses tell", async () => {
    const messages = continued(await answerOf(from));
    const body = await bodyFor(to, { messages, tools });
    expect(to.complaints(body)).toEqual([]);
    const sent = marksIn(body);
    const missing = marksIn(messages).filter((mark) => !sent.includes(mark));
    expect(missing).toEqual(marksLost(messages, to.rules).filter((mark) => !sent.includes(mark)));
    expect(marksLost(messages, to.rules).filter((mark) => mark.startsWith("STATE") && sent.includes(mark))).toEqual([]);
    expect(JSON.stringify(body)).toContain(image.source.base64);
    // The mark of the origin is for us alone.
    expect(JSON.stringify(body)).not.toContain('"origin"');
  });
});

test.each(swapVendors)("all that $name says is in its message", async (vendor) => {
  expect(marksIn(await answerOf(vendor))).toEqual(marksIn(vendor.answer.body));
});

test.each(swapVendors)("what $name made itself comes back to it but for what a request has no place for", async ({ name, ...vendor }) => {
  const messages = continued(await answerOf({ name, ...vendor })).slice(0, 4);
  const lost = adaptHistory(messages, vendor.rules).losses.map(({ what }) => what);
  expect(lost).toEqual(vendor.rules.vendor === "openai" ? ["provider-part"] : []);
});

test.each(swapVendors)("the guide answers after $name, though it looks at no image", async (vendor) => {
  const messages = [userMessage("hi"), await answerOf(vendor), userMessage("How do I set a key?")];
  const { message } = await collect(createGuideProvider().stream({ messages }));
  expect(message.content.length).toBeGreaterThan(0);
});
