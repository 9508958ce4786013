import { type ChatCapability, type ChatRequest, type JsonObject, type Message, requireCapabilities } from "@chatport/domain";
import { adaptHistory, type HistoryRules, readProviderOptions, unsupported } from "@chatport/infrastructure/http";
import * as z from "zod/mini";
import type { EchoWireConfig } from "./echo-wire-config.js";

/** What Echo Wire can be told besides text. */
export const capabilities: ReadonlySet<ChatCapability> = new Set(["max-output-tokens"]);

/** `providerOptions["echo-wire"]`. */
const optionsSchema = z.strictObject({ extraBody: z.optional(z.record(z.string(), z.json())) });

/**
 * Translates a request of the port. Pure. A system message keeps its place; reasoning of earlier answers is left out, and a refusal is sent as text. Without
 * `maxOutputTokens` the model's own limit holds. `providerOptions["echo-wire"].extraBody` goes over the body last, verbatim.
 *
 * @throws {RequestException} `unsupported` for what Echo Wire has no words for.
 */
export function toEchoWireRequest(asked: ChatRequest, config: EchoWireConfig, stream: boolean): JsonObject {
  requireCapabilities(asked, capabilities, config.name);
  const { extraBody } = readProviderOptions(asked.providerOptions, "echo-wire", optionsSchema, config.name) ?? {};
  const { messages } = adaptHistory(asked.messages, echoWireHistoryRules(config));
  const lines = messages.map((message) => ({ from: message.role, say: textOf(message, config.name) }));
  return {
    model: asked.model ?? config.model,
    stream,
    // An answer of which nothing may be sent back is no line at all.
    lines: lines.filter(({ from, say }) => from === "user" || say !== ""),
    ...(asked.maxOutputTokens !== undefined && { limit: asked.maxOutputTokens }),
    ...extraBody,
  };
}

function textOf({ content }: Message, provider: string): string {
  const other = content.find(({ type }) => type !== "text");
  if (other !== undefined) throw unsupported(provider, `Echo Wire has no parts of type ${other.type}.`);
  return content.map((part) => (part.type === "text" ? part.text : "")).join("");
}

/** What Echo Wire can take back of a conversation that other providers had a part in: text. */
export function echoWireHistoryRules({ baseUrl }: EchoWireConfig): HistoryRules {
  const toolCallId = { pattern: /^[\w-]+$/u, maxLength: 64 };
  return { vendor: "echo-wire", origin: new URL(baseUrl).origin, toolCallId, reasoning: "none", refusals: false, invalidCalls: false };
}
