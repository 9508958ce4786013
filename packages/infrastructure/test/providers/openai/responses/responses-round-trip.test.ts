import { complete, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { createOpenAIResponsesProvider, toResponsesRequest } from "../../../../src/providers/openai/index.js";
import { fixture, providerOf, streamCases } from "./responses-streams.js";

const question = userMessage("hi");
const mapping = { provider: "openai", model: "asked-model", stream: true };

/** The output items as the last event of a stream brought them. */
function outputOf(file: string): unknown {
  const last = new TextDecoder().decode(fixture(file)).trimEnd().split("\n").at(-1) ?? "";
  const { response }: { readonly response: { readonly output: unknown } } = JSON.parse(last.slice("data: ".length));
  return response.output;
}

/** What does not count: an empty list of token probabilities, and no arguments, which are those of an empty object. */
function plain(items: unknown): unknown {
  return JSON.parse(JSON.stringify(items), (key, value: unknown) => {
    if (key === "logprobs" && Array.isArray(value) && value.length === 0) return undefined;
    return key === "arguments" && value === "" ? "{}" : value;
  });
}

describe("an answer goes back to its server as the items that it came in", () => {
  test.each(streamCases)("$file", async ({ file }) => {
    const { message } = await complete(providerOf([fixture(file)]), { messages: [question] });
    const { input } = toResponsesRequest({ messages: [question, message, userMessage("go on")] }, mapping).request;
    expect(plain(input.slice(1, -1))).toEqual(plain(outputOf(file)));
  });

  test("and what is sealed to no other model", async () => {
    const { message } = await complete(providerOf([fixture("sealed-reasoning-and-call.sse")]), { messages: [question] });
    const { input } = toResponsesRequest({ messages: [question, message], model: "another" }, mapping).request;
    expect(JSON.stringify(input)).not.toMatch(/gAAAA|rs_/u);
    expect(input.at(-1)).toMatchObject({ type: "function_call" });
  });

  test("and to no other, but for its words and calls", async () => {
    const { message } = await complete(providerOf([fixture("reasoning.sse")]), { messages: [question] });
    const elsewhere = { ...mapping, baseUrl: "http://127.0.0.1:8080/v1" };
    const { input } = toResponsesRequest({ messages: [question, message] }, elsewhere).request;
    expect(JSON.stringify(input)).not.toMatch(/gAAAA|msg_|rs_|origin/u);
    expect(input.at(-1)).toEqual({ role: "assistant", content: "The GCD is 21." });
  });
});

test("a provider of the Responses API asks /responses, and says what it cannot express", async () => {
  const asked: Request[] = [];
  const fetch = (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    asked.push(new Request(input, init));
    return Promise.resolve(new Response(fixture("text.sse").slice()));
  };
  const provider = createOpenAIResponsesProvider({ model: "gpt-5-mini", retry: false, fetch });
  await complete(provider, { messages: [question] });
  expect(asked.map(({ url, method }) => `${method} ${url}`)).toEqual(["POST https://api.openai.com/v1/responses"]);
  expect(await asked[0]?.json()).toMatchObject({ model: "gpt-5-mini", store: false });
  expect([...provider.capabilities]).not.toContain("seed");
  expect([...provider.capabilities]).not.toContain("stop-sequences");
});
