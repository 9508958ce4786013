import {
  chatCompletionRequestSchema,
  createOpenAIProvider,
  type OpenAICompatibleProviderTable,
  withPreset,
} from "../../src/providers/openai/index.js";
import { openAIComplaints } from "../providers/openai/openai-schema.js";
import { reasoningChatCompletionStream } from "./answers/chat-completion-stream.js";
import { callSignature, reasoningDetails, reasoningText } from "./fields-beyond-types.js";
import type { SwapVendor } from "./swap-vendor.js";

/** "string too long. Expected a string with maximum length 40" (github.com/vercel/ai/issues/8132). */
export const upTo40 = /^[^]{1,40}$/u;

/** What is wrong with a body by OpenAI's own description of Chat Completions, and by what we say that we send. */
export function chatCompletionComplaints(body: unknown): readonly unknown[] {
  return [...openAIComplaints("CreateChatCompletionRequest", body), ...(chatCompletionRequestSchema.safeParse(body).error?.issues ?? [])];
}

/** A server that speaks Chat Completions, by its table in a configuration; it reasons, and signs what it says. */
export function compatibleVendor(name: string, table: OpenAICompatibleProviderTable): SwapVendor {
  const { apiKey: _apiKey, type: _type, ...settings } = withPreset({ model: "m", ...table });
  return {
    name,
    provide: (fetch) => createOpenAIProvider({ ...settings, fetch, retry: false }),
    table: { ...table, type: "openai-compatible" },
    answer: { contentType: "text/event-stream", body: reasoningChatCompletionStream(name) },
    complaints: chatCompletionComplaints,
    toolCallId: settings.toolCallIds === "nine-alphanumerics" ? /^[a-zA-Z0-9]{9}$/u : upTo40,
    clientType: "chat/completions",
    beyondType: [reasoningDetails, callSignature, ...(settings.reasoningField === undefined ? [] : [reasoningText])],
  };
}
