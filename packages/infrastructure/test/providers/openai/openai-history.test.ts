import {
  assistantMessage,
  type AssistantPart,
  type ChatRequest,
  collect,
  type Message,
  toolMessage,
  toolResult,
  userMessage,
} from "@chatport/domain";
import { describe, expect, test } from "vitest";
import {
  createOpenAIProvider,
  type OpenAIConfig,
  openAIHistoryRules,
  toChatCompletionRequest,
} from "../../../src/providers/openai/index.js";
import { goodStream } from "../../support/openai-server.js";

const here = "https://one.example/v1";
const elsewhere = "https://two.example/v1";

/** The answer that a server at this address streams. */
async function answerFrom(baseUrl: string, ...deltas: readonly object[]) {
  const chunks = deltas.map((delta) => `data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`).join("");
  const body = `${chunks}${goodStream}`;
  const fetch = () => Promise.resolve(new Response(body, { headers: { "content-type": "text/event-stream" } }));
  const { message } = await collect(
    createOpenAIProvider({ model: "m", baseUrl, fetch, retry: false }).stream({ messages: [userMessage("hi")] }),
  );
  return message;
}
/** The wire messages of a request, the first user message left out. */
function sent(messages: readonly Message[], config: Partial<OpenAIConfig> = {}, changes: Partial<ChatRequest> = {}) {
  const mapping = { provider: "work", model: "m", stream: true, ...config };
  const { request } = toChatCompletionRequest({ messages: [userMessage("hi"), ...messages], ...changes }, mapping);
  return request.messages.slice(1);
}

describe("opaque state of an answer", () => {
  const details = { type: "reasoning.encrypted", index: 0, data: "abc" };
  const call = { index: 0, id: "c1", function: { name: "f", arguments: "{}" }, extra_content: { google: { thought_signature: "s" } } };

  test("bears the origin that made it", async () => {
    const { content } = await answerFrom(
      here,
      { reasoning: "Hm.", reasoning_details: [details] },
      { tool_calls: [call] },
      { annotations: [{ url: "u" }] },
    );
    const origins = content.flatMap((part) => (part.type === "text" ? [] : [[part.type, part.providerMetadata?.["openai"]?.["origin"]]]));
    expect(origins).toEqual([
      ["reasoning", "https://one.example"],
      ["tool-call", "https://one.example"],
      ["provider", "https://one.example"],
    ]);
  });

  test("goes back there and nowhere else, on the message and on the call", async () => {
    const answer = await answerFrom(here, { reasoning: "Hm.", reasoning_details: [details] }, { tool_calls: [call] });
    const [back] = sent([answer], { baseUrl: `${here}/` });
    expect(back).toMatchObject({ reasoning_details: [details], tool_calls: [{ extra_content: call.extra_content }] });
    const [other] = sent([answer], { baseUrl: elsewhere });
    expect(JSON.stringify([back, other])).not.toContain("origin");
    expect(other).not.toHaveProperty("reasoning_details");
    expect(JSON.stringify(other)).not.toContain("thought_signature");
  });
});

describe("an earlier answer, for this server", () => {
  const reasoning: AssistantPart = { type: "reasoning", text: "Hm." };
  const call: AssistantPart = { type: "tool-call", id: "chatcmpl-tool-0123456789abcdef0123456789abcdef", name: "f", input: {}, json: "{}" };
  const turn = [assistantMessage([reasoning, call]), toolMessage(toolResult(call, "done"))];

  test("of which nothing is left is not sent at all", () => {
    expect(sent([assistantMessage([reasoning]), userMessage("well?")])).toEqual([{ role: "user", content: "well?" }]);
  });

  test("has call ids of no more than 40 characters, as its results do", () => {
    const wire = JSON.stringify(sent(turn));
    const [id, answered] = [/"id":"(?<id>[^"]+)"/u.exec(wire)?.groups?.["id"], /"tool_call_id":"(?<id>[^"]+)"/u.exec(wire)?.groups?.["id"]];
    expect(id).toMatch(/^[a-z0-9]{1,40}$/u);
    expect(answered).toBe(id);
  });

  test.each(["reasoning_content", "reasoning"] as const)(
    "takes its reasoning along as %s where the server wants it, and empty beside a call without any",
    (field) => {
      const [thought] = sent(turn, { reasoningField: field });
      const [thoughtless] = sent([assistantMessage([call])], { reasoningField: field });
      const [said] = sent([assistantMessage([{ type: "text", text: "Hello" }])], { reasoningField: field });
      expect([thought, thoughtless, said].map((message) => Object.entries(message ?? {}).find(([name]) => name === field)?.[1])).toEqual([
        "Hm.",
        "",
        undefined,
      ]);
    },
  );

  test("has a refusal in OpenAI's own form at OpenAI's own address alone", () => {
    const refusal = assistantMessage([{ type: "refusal", text: "No." }]);
    expect(sent([refusal])).toEqual([{ role: "assistant", content: null, refusal: "No." }]);
    expect(sent([refusal], { baseUrl: elsewhere })).toEqual([{ role: "assistant", content: "No." }]);
  });
});

test("an answer of which nothing is left is sent for the server to judge when there is nothing else", () => {
  const asked = { messages: [assistantMessage([{ type: "reasoning", text: "Hm." }])] };
  const { request } = toChatCompletionRequest(asked, { provider: "work", model: "m", stream: true });
  expect(request.messages).toEqual([{ role: "assistant", content: "" }]);
});

test("the rules follow the address and the dialect", () => {
  expect(openAIHistoryRules({})).toMatchObject({ origin: "https://api.openai.com", reasoning: "own", refusals: true });
  expect(openAIHistoryRules({ baseUrl: "http://127.0.0.1:8080/v1", reasoningField: "reasoning" })).toMatchObject({
    origin: "http://127.0.0.1:8080",
    reasoning: "text",
    refusals: false,
  });
});
