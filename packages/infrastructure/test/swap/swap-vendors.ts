import type { ChatProvider } from "@chatport/domain";
import type { HistoryRules } from "../../src/http/index.js";
import { anthropicHistoryRules, createAnthropicProvider } from "../../src/providers/anthropic/index.js";
import { messagesRequestSchema } from "../../src/providers/anthropic/models/request.js";
import { createGeminiProvider, geminiHistoryRules } from "../../src/providers/gemini/index.js";
import { generateContentRequestSchema } from "../../src/providers/gemini/models/request.js";
import { createOllamaProvider, ollamaHistoryRules } from "../../src/providers/ollama/index.js";
import { chatRequestSchema } from "../../src/providers/ollama/models/chat-request.js";
import { chatCompletionRequestSchema, createOpenAIProvider, openAIHistoryRules } from "../../src/providers/openai/index.js";
import { openAIComplaints } from "../providers/openai/openai-schema.js";

type Fetch = typeof globalThis.fetch;

/** One vendor, or one more server of a vendor, in the swaps: a new one is one entry of {@link swapVendors}. */
export interface SwapVendor {
  readonly name: string;
  readonly provide: (fetch: Fetch) => ChatProvider;
  readonly rules: HistoryRules;
  /** A streamed answer with all that its API can say; every piece bears a mark, a word in capitals before the name and `MARK`. */
  readonly answer: { readonly contentType: string; readonly body: string };
  /** What is wrong with a request's body by the API's description. */
  readonly complaints: (body: unknown) => readonly unknown[];
}

const retry = false;

/** Pieces of https://platform.openai.com/docs/api-reference/chat-streaming, with OpenRouter's reasoning and an audio answer's id. */
function chatCompletionStream(name: string): string {
  const reasoning = { type: "reasoning.text", index: 0, text: `REASON${name}MARK`, signature: `STATE${name}MARK` };
  const call = {
    index: 0,
    id: `call_${name}`,
    type: "function",
    function: { name: "weather", arguments: `{"city":"ARGUMENTS${name}MARK"}` },
  };
  const deltas = [
    { role: "assistant", reasoning: `REASON${name}MARK`, reasoning_details: [reasoning] },
    { content: `TEXT${name}MARK` },
    { refusal: `REFUSAL${name}MARK` },
    { audio: { id: `AUDIO${name}MARK` } },
    { annotations: [{ type: "url_citation", url_citation: { url: `https://example.com/CITATION${name}MARK` } }] },
    { tool_calls: [call] },
  ];
  const chunk = (choice: object): string =>
    sse({ id: "1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, ...choice }] });
  return `${deltas.map((delta) => chunk({ delta, finish_reason: null })).join("")}${chunk({ delta: {}, finish_reason: "tool_calls" })}data: [DONE]\n\n`;
}

/** Pieces of https://platform.claude.com/docs/en/build-with-claude/streaming. */
function messagesStream(): string {
  const blocks: readonly (readonly [object, ...object[]])[] = [
    [
      { type: "thinking", thinking: "", signature: "" },
      { type: "thinking_delta", thinking: "REASONanthropicMARK" },
      { type: "signature_delta", signature: "STATEanthropicMARK" },
    ],
    [{ type: "redacted_thinking", data: "STATEhiddenanthropicMARK" }],
    [
      { type: "text", text: "" },
      { type: "text_delta", text: "TEXTanthropicMARK" },
    ],
    [
      { type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: {} },
      { type: "input_json_delta", partial_json: '{"query":"SEARCHanthropicMARK"}' },
    ],
    [
      {
        type: "web_search_tool_result",
        tool_use_id: "srvtoolu_1",
        content: [{ type: "web_search_result", title: "FOUNDanthropicMARK", url: "https://example.com", encrypted_content: "x" }],
      },
    ],
    [
      { type: "tool_use", id: "toolu_anthropic", name: "weather", input: {} },
      { type: "input_json_delta", partial_json: '{"city":"ARGUMENTSanthropicMARK"}' },
    ],
  ];
  const event = (type: string, fields: object): string => `event: ${type}\n${sse({ type, ...fields })}`;
  const usage = { input_tokens: 1, output_tokens: 1 };
  const message = {
    id: "msg_1",
    type: "message",
    role: "assistant",
    model: "m",
    content: [],
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  const content = blocks.map(([block, ...deltas], index) =>
    [
      event("content_block_start", { index, content_block: block }),
      ...deltas.map((delta) => event("content_block_delta", { index, delta })),
      event("content_block_stop", { index }),
    ].join(""),
  );
  const end = event("message_delta", { delta: { stop_reason: "tool_use", stop_sequence: null }, usage: { output_tokens: 9 } });
  return `${event("message_start", { message })}${content.join("")}${end}${event("message_stop", {})}`;
}

/** Pieces of https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent. */
function generateContentStream(): string {
  const parts = [
    { text: "REASONgeminiMARK", thought: true, thoughtSignature: "STATEthoughtgeminiMARK" },
    { text: "TEXTgeminiMARK" },
    { executableCode: { language: "PYTHON", code: "CODEgeminiMARK" } },
    { codeExecutionResult: { outcome: "OUTCOME_OK", output: "OUTPUTgeminiMARK" } },
    { functionCall: { name: "weather", args: { city: "ARGUMENTSgeminiMARK" } }, thoughtSignature: "STATEgeminiMARK" },
  ];
  const chunk = (part: object, rest: object = {}): string =>
    sse({ candidates: [{ index: 0, content: { role: "model", parts: [part] }, ...rest }], modelVersion: "m", responseId: "1" });
  return `${parts.map((part) => chunk(part)).join("")}${chunk({ text: "" }, { finishReason: "STOP" })}`;
}

/** Lines of https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion. */
function ollamaStream(): string {
  const call = { function: { name: "weather", arguments: { city: "ARGUMENTSollamaMARK" } } };
  const messages = [
    { role: "assistant", content: "", thinking: "REASONollamaMARK" },
    { role: "assistant", content: "TEXTollamaMARK" },
    { role: "assistant", content: "", tool_calls: [call] },
  ];
  const line = (fields: object): string =>
    `${JSON.stringify({ model: "m", created_at: "2026-01-01T00:00:00Z", done: false, ...fields })}\n`;
  return `${messages.map((message) => line({ message })).join("")}${line({ message: { role: "assistant", content: "" }, done: true, done_reason: "stop" })}`;
}

function sse(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

const eventStream = "text/event-stream";
const elsewhere = { model: "m", baseUrl: "https://compatible.example/v1", maxTokensField: "max_tokens", retry } as const;
const thinksOn = {
  ...elsewhere,
  baseUrl: "https://thinks.example/v1",
  reasoningField: "reasoning_content",
  toolCallIds: "nine-alphanumerics",
} as const;

function chatCompletionComplaints(body: unknown): readonly unknown[] {
  return [...openAIComplaints("CreateChatCompletionRequest", body), ...(chatCompletionRequestSchema.safeParse(body).error?.issues ?? [])];
}

export const swapVendors: readonly SwapVendor[] = [
  {
    name: "openai",
    provide: (fetch) => createOpenAIProvider({ model: "m", retry, fetch }),
    rules: openAIHistoryRules({}),
    answer: { contentType: eventStream, body: chatCompletionStream("openai") },
    complaints: chatCompletionComplaints,
  },
  {
    name: "compatible",
    provide: (fetch) => createOpenAIProvider({ ...elsewhere, fetch }),
    rules: openAIHistoryRules(elsewhere),
    answer: { contentType: eventStream, body: chatCompletionStream("compatible") },
    complaints: chatCompletionComplaints,
  },
  {
    name: "thinks",
    provide: (fetch) => createOpenAIProvider({ ...thinksOn, fetch }),
    rules: openAIHistoryRules(thinksOn),
    answer: { contentType: eventStream, body: chatCompletionStream("thinks") },
    complaints: chatCompletionComplaints,
  },
  {
    name: "anthropic",
    provide: (fetch) => createAnthropicProvider({ model: "claude-haiku-5-5", retry, fetch }),
    rules: anthropicHistoryRules(),
    answer: { contentType: eventStream, body: messagesStream() },
    complaints: (body) => messagesRequestSchema.safeParse(body).error?.issues ?? [],
  },
  {
    name: "gemini",
    provide: (fetch) => createGeminiProvider({ model: "gemini-3-flash-preview", retry, fetch }),
    rules: geminiHistoryRules(),
    answer: { contentType: eventStream, body: generateContentStream() },
    complaints: (body) => generateContentRequestSchema.safeParse(body).error?.issues ?? [],
  },
  {
    name: "ollama",
    provide: (fetch) => createOllamaProvider({ model: "m", retry, fetch }),
    rules: ollamaHistoryRules({}),
    answer: { contentType: "application/x-ndjson", body: ollamaStream() },
    complaints: (body) => chatRequestSchema.safeParse(body).error?.issues ?? [],
  },
];
