import { createAnthropicProvider } from "../../src/providers/anthropic/index.js";
import { messagesRequestSchema } from "../../src/providers/anthropic/models/request.js";
import { createGeminiProvider } from "../../src/providers/gemini/index.js";
import { generateContentRequestSchema } from "../../src/providers/gemini/models/request.js";
import { createOllamaProvider } from "../../src/providers/ollama/index.js";
import { chatRequestSchema } from "../../src/providers/ollama/models/chat-request.js";
import { responsesRequestSchema } from "../../src/providers/openai/responses/models/request.js";
import { createAzureOpenAIProvider, createOpenAIProvider, createOpenAIResponsesProvider } from "../../src/providers/openai/index.js";
import { chatCompletionStream } from "./answers/chat-completion-stream.js";
import { generateContentStream } from "./answers/generate-content-stream.js";
import { messagesStream } from "./answers/messages-stream.js";
import { responsesStream } from "./answers/responses-stream.js";
import { ollamaStream } from "./answers/ollama-stream.js";
import { chatCompletionComplaints, compatibleVendor, upTo40 } from "./compatible-vendor.js";
import { ollamaCallIds } from "./fields-beyond-types.js";
import type { SwapVendor } from "./swap-vendor.js";

const retry = false;
const eventStream = "text/event-stream";
/** Every vendor of the swaps: a new one is one entry. */
export const swapVendors: readonly SwapVendor[] = [
  {
    name: "openai",
    provide: (fetch) => createOpenAIProvider({ model: "m", retry, fetch }),
    table: { type: "openai" },
    answer: { contentType: eventStream, body: chatCompletionStream("openai") },
    withoutPlace: ["CITATION"],
    keepsState: false,
    complaints: chatCompletionComplaints,
    toolCallId: upTo40,
    clientType: "chat/completions",
  },
  {
    name: "responses",
    provide: (fetch) => createOpenAIResponsesProvider({ model: "m", retry, fetch }),
    table: { type: "openai", api: "responses", model: "m" },
    answer: { contentType: eventStream, body: responsesStream("responses") },
    complaints: (body) => responsesRequestSchema.safeParse(body).error?.issues ?? [],
    toolCallId: /^[^]{1,64}$/u,
    clientType: "responses",
  },
  {
    // The same server, but another model: sealed reasoning is bound to the one that thought it.
    name: "mini",
    provide: (fetch) => createOpenAIResponsesProvider({ model: "mini", retry, fetch }),
    table: { type: "openai", api: "responses", model: "mini" },
    answer: { contentType: eventStream, body: responsesStream("mini") },
    complaints: (body) => responsesRequestSchema.safeParse(body).error?.issues ?? [],
    toolCallId: /^[^]{1,64}$/u,
    clientType: "responses",
  },
  {
    name: "azure",
    provide: (fetch) => createAzureOpenAIProvider({ model: "m", endpoint: "https://mine.openai.azure.com", apiKey: "k", retry, fetch }),
    table: { type: "azure-openai", endpoint: "https://mine.openai.azure.com" },
    answer: { contentType: eventStream, body: chatCompletionStream("azure") },
    withoutPlace: ["CITATION"],
    keepsState: false,
    complaints: chatCompletionComplaints,
    toolCallId: upTo40,
    clientType: "chat/completions",
  },
  compatibleVendor("compatible", { baseUrl: "https://compatible.example/v1" }),
  compatibleVendor("thinks", {
    baseUrl: "https://thinks.example/v1",
    reasoningField: "reasoning_content",
    toolCallIds: "nine-alphanumerics",
  }),
  {
    name: "anthropic",
    provide: (fetch) => createAnthropicProvider({ model: "claude-haiku-5-5", retry, fetch }),
    table: { type: "anthropic", model: "claude-haiku-5-5" },
    answer: { contentType: eventStream, body: messagesStream("anthropic") },
    withoutPlace: ["CUT"],
    complaints: (body) => messagesRequestSchema.safeParse(body).error?.issues ?? [],
    toolCallId: /^[a-zA-Z0-9_-]{1,64}$/u,
    clientType: "messages",
  },
  {
    // The same server, but another model: thinking is bound to the one that thought it, and system messages keep their places.
    name: "opus",
    provide: (fetch) => createAnthropicProvider({ model: "claude-opus-5-5", systemMessages: "in-place", retry, fetch }),
    table: { type: "anthropic", model: "claude-opus-5-5" },
    answer: { contentType: eventStream, body: messagesStream("opus") },
    withoutPlace: ["CUT"],
    complaints: (body) => messagesRequestSchema.safeParse(body).error?.issues ?? [],
    toolCallId: /^[a-zA-Z0-9_-]{1,64}$/u,
    clientType: "messages",
  },
  {
    name: "gemini",
    provide: (fetch) => createGeminiProvider({ model: "gemini-3-flash-preview", retry, fetch }),
    table: { type: "gemini" },
    answer: { contentType: eventStream, body: generateContentStream("gemini") },
    withoutPlace: ["CITATION", "GROUNDING"],
    complaints: (body) => generateContentRequestSchema.safeParse(body).error?.issues ?? [],
    toolCallId: /^[^]+$/u,
    clientType: "generateContent",
  },
  {
    name: "ollama",
    provide: (fetch) => createOllamaProvider({ model: "m", retry, fetch }),
    table: { type: "ollama" },
    answer: { contentType: "application/x-ndjson", body: ollamaStream("ollama") },
    keepsState: false,
    complaints: (body) => chatRequestSchema.safeParse(body).error?.issues ?? [],
    toolCallId: /^[^]{1,256}$/u,
    clientType: "api/chat",
    beyondType: ollamaCallIds,
  },
];
