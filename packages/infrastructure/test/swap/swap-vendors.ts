import type { ZodMiniType } from "zod/mini";
import { type AnthropicConfig, createAnthropicProvider } from "../../src/providers/anthropic/index.js";
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
  chatCompletionsVendor("openai", {
    provide: (fetch) => createOpenAIProvider({ model: "m", retry, fetch }),
    table: { type: "openai" },
  }),
  responsesVendor("responses", "m"),
  // The same server, but another model: sealed reasoning is bound to the one that thought it.
  responsesVendor("mini", "mini"),
  chatCompletionsVendor("azure", {
    provide: (fetch) => createAzureOpenAIProvider({ model: "m", endpoint: "https://mine.openai.azure.com", apiKey: "k", retry, fetch }),
    table: { type: "azure-openai", endpoint: "https://mine.openai.azure.com" },
  }),
  compatibleVendor("compatible", { baseUrl: "https://compatible.example/v1" }),
  compatibleVendor("thinks", {
    baseUrl: "https://thinks.example/v1",
    reasoningField: "reasoning_content",
    toolCallIds: "nine-alphanumerics",
  }),
  messagesVendor("anthropic", { model: "claude-haiku-5-5" }),
  // The same server, but another model: thinking is bound to the one that thought it, and system messages keep their places.
  messagesVendor("opus", { model: "claude-opus-5-5", systemMessages: "in-place" }),
  {
    name: "gemini",
    provide: (fetch) => createGeminiProvider({ model: "gemini-3-flash-preview", retry, fetch }),
    table: { type: "gemini" },
    answer: { contentType: eventStream, body: generateContentStream("gemini") },
    withoutPlace: ["CITATION", "GROUNDING"],
    complaints: complaintsBy(generateContentRequestSchema),
    toolCallId: /^[^]+$/u,
    clientType: "generateContent",
  },
  {
    name: "ollama",
    provide: (fetch) => createOllamaProvider({ model: "m", retry, fetch }),
    table: { type: "ollama" },
    answer: { contentType: "application/x-ndjson", body: ollamaStream("ollama") },
    keepsState: false,
    complaints: complaintsBy(chatRequestSchema),
    toolCallId: /^[^]{1,256}$/u,
    clientType: "api/chat",
    beyondType: ollamaCallIds,
  },
];

/** A server of Chat Completions that has nothing of its own to give back. */
function chatCompletionsVendor(name: string, made: Pick<SwapVendor, "provide" | "table">): SwapVendor {
  return {
    name,
    ...made,
    answer: { contentType: eventStream, body: chatCompletionStream(name) },
    withoutPlace: ["CITATION"],
    keepsState: false,
    complaints: chatCompletionComplaints,
    toolCallId: upTo40,
    clientType: "chat/completions",
  };
}

function responsesVendor(name: string, model: string): SwapVendor {
  return {
    name,
    provide: (fetch) => createOpenAIResponsesProvider({ model, retry, fetch }),
    table: { type: "openai", api: "responses", model },
    answer: { contentType: eventStream, body: responsesStream(name) },
    complaints: complaintsBy(responsesRequestSchema),
    toolCallId: /^[^]{1,64}$/u,
    clientType: "responses",
  };
}

function messagesVendor(name: string, config: AnthropicConfig & { readonly model: string }): SwapVendor {
  return {
    name,
    provide: (fetch) => createAnthropicProvider({ ...config, retry, fetch }),
    table: { type: "anthropic", model: config.model },
    answer: { contentType: eventStream, body: messagesStream(name) },
    withoutPlace: ["CUT"],
    complaints: complaintsBy(messagesRequestSchema),
    toolCallId: /^[a-zA-Z0-9_-]{1,64}$/u,
    clientType: "messages",
  };
}

/** What is wrong with a body by what we say that we send. */
function complaintsBy(schema: ZodMiniType): SwapVendor["complaints"] {
  return (body) => schema.safeParse(body).error?.issues ?? [];
}
