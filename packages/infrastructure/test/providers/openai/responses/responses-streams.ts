import type { AssistantPart, ChatEvent, ChatProvider, Usage } from "@chatport/domain";
import type { FailureContext } from "../../../../src/http/failure.js";
import { JsonEventStream } from "../../../../src/http/json-event-stream.js";
import { defaultLimits } from "../../../../src/http/limits.js";
import { redactNothing } from "../../../../src/http/redaction.js";
import { createOpenAIResponsesProvider } from "../../../../src/providers/openai/index.js";
import { ResponsesReader } from "../../../../src/providers/openai/responses/responses-response.js";
import { answeringFetch } from "../../../support/answering-fetch.js";
import { fixtureBytes, type FixtureStream } from "../../../support/fixture-stream.js";

const origin = "https://api.openai.com";

export function fixture(file: string): Uint8Array {
  return fixtureBytes(`openai-responses/${file}`);
}

/** A provider whose server answers with these pieces, and no socket between them. */
export function providerOf(pieces: readonly Uint8Array[]): ChatProvider {
  return createOpenAIResponsesProvider({ model: "asked-model", retry: false, fetch: answeringFetch(pieces) });
}

const state = (fields: object) => ({ providerMetadata: { openai: { ...fields, origin } } });
const own = (data: Extract<AssistantPart, { type: "provider" }>["data"]): AssistantPart => ({
  type: "provider",
  vendor: "openai",
  data,
  ...state({}),
});
const item = (id: string, more: object = {}) => state({ item: { id, status: "completed", ...more } });

const said = (text: string, kept: object): AssistantPart => ({ type: "text", text, ...kept });
const called = (id: string, name: string, json: string, itemId: string): AssistantPart => ({
  type: "tool-call",
  id,
  name,
  input: json === "" ? {} : JSON.parse(json),
  json,
  ...item(itemId),
});
const thought = (text: string, sealed: object): AssistantPart => ({
  type: "reasoning",
  text,
  ...state({ item: { type: "reasoning", ...sealed }, model: "asked-model" }),
});
/** OpenAI tells the three kinds of tokens within the others even where there are none. */
const tokens = (inputTokens: number, outputTokens: number, more: Usage = {}): Usage => ({
  inputTokens,
  outputTokens,
  cachedInputTokens: 0,
  cacheWriteTokens: 0,
  reasoningTokens: 0,
  ...more,
});

const stopped = { finishReason: "stop", rawFinishReason: "completed" } as const;
const toCall = { finishReason: "tool-calls", rawFinishReason: "completed" } as const;

export const streamCases: readonly FixtureStream[] = [
  {
    file: "text.sse",
    parts: [said("Hi there! Grüße 🌍", item("msg_67c9fdcf37fc8190ba82116e33fb28c507b8b0ad4e5eb654", { phase: "final_answer" }))],
    ...stopped,
    usage: tokens(37, 11),
  },
  {
    file: "tool-calls.sse",
    parts: [
      called(
        "call_unLAR8MvFNptuiZK6K6HCy5k",
        "get_weather",
        '{"location":"Paris, France"}',
        "fc_67ca09c6bedc8190a7abfec07b1a1332096610f474011cc0",
      ),
      called("call_NpkX3qTqYkR9ZxwZc9sYJk3v", "get_time", "", "fc_67ca09c6bedc8190a7abfec07b1a1332096610f474011cc1"),
    ],
    ...toCall,
    usage: tokens(291, 23, { cachedInputTokens: 128 }),
  },
  {
    file: "reasoning.sse",
    parts: [
      thought("**Finding the GCD**\n\nI use Euclid's algorithm.\n\n**Checking**\n\n1071 = 2 · 462 + 147.", {
        id: "rs_6820f383d7c08191846711c5df8233bc0ac5ba57aafcbac7",
        encrypted_content: "gAAAAABoISQ24OyVRYbkYfukdJoqdzWT",
        summary: [
          { type: "summary_text", text: "**Finding the GCD**\n\nI use Euclid's algorithm." },
          { type: "summary_text", text: "**Checking**\n\n1071 = 2 · 462 + 147." },
        ],
      }),
      said("The GCD is 21.", item("msg_6820f3854688819187769ff582b170a60ac5ba57aafcbac7", { phase: "final_answer" })),
    ],
    ...stopped,
    usage: tokens(86, 420, { reasoningTokens: 384 }),
  },
  {
    file: "sealed-reasoning-and-call.sse",
    parts: [
      thought("", {
        id: "rs_6820f383d7c08191846711c5df8233bc0ac5ba57aafcbad0",
        encrypted_content: "gAAAAABoISQ3sealedOnly",
        summary: [],
      }),
      called("call_f6a1", "get_weather", '{"city":"Paris"}', "fc_6820f3a8c2a48191a2f3"),
    ],
    ...toCall,
    usage: tokens(60, 90, { reasoningTokens: 64 }),
  },
  {
    file: "web-search.sse",
    parts: [
      own({
        id: "ws_67ccf18f64008190a39b619f4c8455ef087bb177ab789d5c",
        type: "web_search_call",
        status: "completed",
        action: { type: "search", query: "positive news today", queries: ["positive news today"] },
      }),
      said(
        "A rewilding project thrives (example.com).",
        state({
          item: { id: "msg_67ccf190ca3881909d433c50b1f6357e087bb177ab789d5c", status: "completed" },
          annotations: [
            {
              type: "url_citation",
              start_index: 29,
              end_index: 42,
              url: "https://example.com/rewilding?utm_source=openai",
              title: "Rewilding thrives",
            },
          ],
        }),
      ),
    ],
    ...stopped,
    usage: tokens(328, 356),
  },
  {
    file: "refusal.sse",
    parts: [{ type: "refusal", text: "I'm sorry, but I can't help with that.", ...item("msg_refusal01") }],
    ...stopped,
    usage: tokens(81, 11),
  },
  {
    file: "structured-output.sse",
    parts: [
      said(
        '{"city":"Paris"}',
        state({
          item: { id: "msg_structured01", status: "completed" },
          logprobs: [{ token: '{"', logprob: -0.01, bytes: [123, 34], top_logprobs: [] }],
        }),
      ),
    ],
    ...stopped,
    usage: tokens(44, 6),
  },
  {
    file: "code-interpreter.sse",
    parts: [
      own({
        id: "ci_685c42d3d2dc8191aa7ae68a7c0fd4a0",
        type: "code_interpreter_call",
        status: "completed",
        code: "print(6 * 7)",
        container_id: "cntr_685c42d2a1a08191",
        outputs: [{ type: "logs", logs: "42\n" }],
      }),
      said("It is 42.", item("msg_code01")),
    ],
    ...stopped,
    usage: tokens(120, 30),
  },
  {
    file: "image-generation.sse",
    parts: [
      own({
        id: "ig_67cc8d2b5f988190a9f1a5a5",
        type: "image_generation_call",
        status: "completed",
        background: "opaque",
        output_format: "png",
        quality: "medium",
        result: "iVBORw0KGgo=",
        revised_prompt: "A gray tabby cat hugging an otter.",
        size: "1024x1024",
      }),
    ],
    ...stopped,
    usage: tokens(50, 10),
  },
  {
    file: "mcp.sse",
    parts: [
      own({
        id: "mcpl_68a6102a4968819c8177b05584dd627b",
        type: "mcp_list_tools",
        server_label: "dice",
        tools: [
          {
            name: "roll",
            description: "Rolls dice.",
            input_schema: { type: "object", properties: { dice: { type: "string" } } },
            annotations: { read_only: false },
          },
        ],
        error: null,
      }),
      own({
        id: "mcp_68a6102d8948819c9b1490d36d5ffa4a",
        type: "mcp_call",
        status: "completed",
        approval_request_id: null,
        arguments: '{"dice":"2d4"}',
        error: null,
        name: "roll",
        output: "6",
        server_label: "dice",
      }),
      said("You rolled 6.", item("msg_mcp01")),
    ],
    ...stopped,
    usage: tokens(387, 30),
  },
  {
    file: "incomplete-length.sse",
    parts: [said("Once upon a time", item("msg_incomplete01", { status: "incomplete" }))],
    finishReason: "length",
    rawFinishReason: "max_output_tokens",
    usage: tokens(20, 16),
  },
  {
    file: "incomplete-content-filter.sse",
    parts: [said("First,", item("msg_incomplete02", { status: "incomplete" }))],
    finishReason: "content-filter",
    rawFinishReason: "content_filter",
    usage: tokens(20, 2),
  },
];

/** The events of a stream that comes in these pieces, read without a request around it: what is done for every byte of a stream has to be quick. */
export function eventsOf(pieces: readonly Uint8Array[]): readonly ChatEvent[] {
  const events: ChatEvent[] = [];
  const failure = (): FailureContext => ({ provider: "openai", redact: redactNothing });
  const reader = new ResponsesReader({ origin, model: "asked-model", mintId: () => "call_minted" }, failure, (event) => events.push(event));
  const stream = new JsonEventStream(new Response(), defaultLimits, reader, failure);
  for (const piece of pieces) stream.feed(piece);
  stream.end();
  return events;
}
