import { assistantMessage, userMessage } from "@chatport/domain";
import { expect, test } from "vitest";
import { stateOf } from "../../../../src/http/index.js";
import { historyLosses } from "../../../../src/providers/history-losses.js";

const endpoint = "https://my-resource.openai.azure.com";
const table = { type: "azure-openai", model: "my-deployment" };
const conversation = (origin: string) => [
  userMessage("hi"),
  assistantMessage([{ type: "reasoning", text: "Hm.", providerMetadata: stateOf("openai", origin, { reasoning_details: [] }) }]),
];

test.each([
  ["its own answer", endpoint, { ...table, endpoint }, []],
  ["its own answer, however the endpoint is spelled", endpoint, { ...table, endpoint: "https://MY-RESOURCE.openai.azure.com:443/" }, []],
  ["another resource's answer", "https://other.openai.azure.com", { ...table, endpoint }, ["state", "reasoning"]],
  ["OpenAI's own answer", "https://api.openai.com", { ...table, endpoint }, ["state", "reasoning"]],
])("a deployment would not be told of %s: %#", (_what, origin, to, lost) => {
  expect(historyLosses(conversation(origin), to)?.map(({ what }) => what)).toEqual(lost);
});

test("an answer of Azure's is OpenAI's vendor, and another server all the same", () => {
  expect(historyLosses(conversation(endpoint), { type: "openai" })?.map(({ what }) => what)).toEqual(["state", "reasoning"]);
});

test("by the API that it is spoken to in, a deployment takes back items, or fields of messages", () => {
  const providerMetadata = stateOf("openai", endpoint, {});
  const item = { type: "provider", vendor: "openai", data: { type: "web_search_call", id: "ws_1" }, providerMetadata } as const;
  const field = { type: "provider", vendor: "openai", data: { audio: [{ id: "audio_1" }] }, providerMetadata } as const;
  const messages = [userMessage("hi"), assistantMessage([item, field])];
  const lost = (api: "chat-completions" | "responses") => historyLosses(messages, { ...table, endpoint, api })?.map(({ part }) => part);
  expect(lost("chat-completions")).toEqual([0]);
  expect(lost("responses")).toEqual([1]);
});
