import type { ChatProvider } from "@chatport/domain";
import { createAnthropicProvider } from "../../../src/providers/anthropic/index.js";
import { answeringFetch } from "../../support/answering-fetch.js";
import { fixtureBytes, type FixtureStream } from "../../support/fixture-stream.js";

/** Where the providers of these tests believe their server to be. */
const origin = "https://api.anthropic.com";
export const askedModel = "claude-test";

export function fixture(file: string): Uint8Array {
  return fixtureBytes(`anthropic/${file}`);
}

/** A provider whose server answers with these pieces, and no socket between them. */
export function providerOf(pieces: readonly Uint8Array[]): ChatProvider {
  return createAnthropicProvider({ model: askedModel, retry: false, fetch: answeringFetch(pieces) });
}

const state = (fields: object) => ({ providerMetadata: { anthropic: { ...fields, origin } } });
const stopped = { finishReason: "stop", rawFinishReason: "end_turn" } as const;
const called = { finishReason: "tool-calls", rawFinishReason: "tool_use" } as const;
const searchResult = {
  type: "web_search_result",
  title: "New York weather",
  url: "https://example.com/nyc",
  encrypted_content: "Ev0DCioIAxgCIiQ3NmU4ZmI4OC1k",
  page_age: null,
};
const citation = {
  type: "web_search_result_location",
  cited_text: "Weather in New York City: 64°F",
  url: "https://example.com/nyc",
  title: "New York weather",
  encrypted_index: "Eo8BCioIAhgB",
};
const search = "srvtoolu_014hJH82Qum7Td6UV8gDXThB";

export const streamCases: readonly FixtureStream[] = [
  {
    file: "text.sse",
    parts: [{ type: "text", text: "Hello! Grüße 🌍" }],
    ...stopped,
    usage: { inputTokens: 25, outputTokens: 15 },
  },
  {
    file: "tool-use.sse",
    parts: [
      { type: "text", text: "Okay, let's check the weather for San Francisco, CA:" },
      {
        type: "tool-call",
        id: "toolu_01T1x1fJ34qAmk2tNTrN7Up6",
        name: "get_weather",
        input: { location: "San Francisco, CA", unit: "fahrenheit" },
        json: '{"location": "San Francisco, CA", "unit": "fahrenheit"}',
        ...state({ caller: { type: "direct" } }),
      },
    ],
    ...called,
    usage: { inputTokens: 592, outputTokens: 89, cachedInputTokens: 100, cacheWriteTokens: 20 },
  },
  {
    file: "thinking.sse",
    parts: [
      {
        type: "reasoning",
        text: "I need to find the GCD of 1071 and 462 using the Euclidean algorithm.",
        ...state({ signature: "EqQBCgIYAhIM1gbcDa9GJwZA2b3hGgxBdjrkzLoky3dl1pkiMOYds", model: askedModel }),
      },
      { type: "text", text: "The greatest common divisor of 1071 and 462 is **21**." },
    ],
    ...stopped,
    usage: { inputTokens: 40, outputTokens: 120, reasoningTokens: 90 },
  },
  {
    file: "web-search.sse",
    parts: [
      { type: "text", text: "I'll check the current weather in New York City for you." },
      {
        type: "provider",
        vendor: "anthropic",
        data: { type: "server_tool_use", id: search, name: "web_search", input: { query: "weather NYC today" } },
        ...state({}),
      },
      {
        type: "provider",
        vendor: "anthropic",
        data: { type: "web_search_tool_result", tool_use_id: search, content: [searchResult] },
        ...state({}),
      },
      { type: "text", text: "Here's the current weather: " },
      { type: "text", text: "64°F, sunny", ...state({ citations: [citation] }) },
    ],
    ...stopped,
    usage: { inputTokens: 10_682, outputTokens: 510, cachedInputTokens: 0, cacheWriteTokens: 0 },
  },
  {
    file: "interleaved.sse",
    parts: [
      { type: "reasoning", text: "", ...state({ signature: "c2lnMQ==", model: askedModel }) },
      { type: "reasoning", text: "", ...state({ redacted: "EmwKAhgBEgy3va3pzix", model: askedModel }) },
      { type: "tool-call", id: "toolu_01", name: "get_time", input: {}, json: "" },
      { type: "reasoning", text: "Now the weather.", ...state({ signature: "c2lnMg==", model: askedModel }) },
      { type: "tool-call", id: "toolu_02", name: "get_weather", input: { city: "Paris" }, json: '{"city":"Paris"}' },
    ],
    ...called,
    usage: { inputTokens: 9, outputTokens: 50 },
  },
  {
    file: "refusal.sse",
    parts: [
      { type: "text", text: "First, " },
      {
        type: "provider",
        vendor: "anthropic",
        data: { stop_details: { type: "refusal", category: "bio", explanation: "This request may enable harm." } },
      },
    ],
    finishReason: "content-filter",
    rawFinishReason: "refusal",
    usage: { inputTokens: 30, outputTokens: 4 },
  },
];
