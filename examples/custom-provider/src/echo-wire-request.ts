import { type ChatRequest, type JsonObject, type Message, RequestException } from "@chatport/domain";
import { adaptHistory, type HistoryRules, isJsonObject } from "@chatport/infrastructure/http";
import type { EchoWireConfig } from "./echo-wire-config.js";

/** What Echo Wire can be told. A request that asks for more is refused, by fields that later versions of the port add, too. */
const understood: ReadonlySet<string> = new Set(["messages", "model", "maxOutputTokens", "providerOptions"]);

/**
 * Translates a request of the port. Pure. A system message keeps its place; reasoning of earlier answers is left out, and a refusal is sent as text. Without
 * `maxOutputTokens` the model's own limit holds. `providerOptions["echo-wire"].extraBody` goes over the body last, verbatim.
 *
 * @throws {RequestException} `unsupported` for what Echo Wire has no words for.
 */
export function toEchoWireRequest(asked: ChatRequest, config: EchoWireConfig, stream: boolean): JsonObject {
  const unsupported = (what: string) => new RequestException("unsupported", `Echo Wire has no ${what}.`, { provider: config.name });
  for (const [field, value] of Object.entries(asked)) {
    const asksForNothing = value === undefined || (Array.isArray(value) && value.length === 0);
    if (!asksForNothing && !understood.has(field)) throw unsupported(field);
  }
  const { extraBody = {}, ...others } = asked.providerOptions?.["echo-wire"] ?? {};
  if (!isJsonObject(extraBody) || Object.keys(others).length > 0) throw unsupported("options but extraBody, an object");
  const textOf = ({ content }: Message): string => {
    const other = content.find((part) => part.type !== "text");
    if (other !== undefined) throw unsupported(`parts of type ${other.type}`);
    return content.map((part) => (part.type === "text" ? part.text : "")).join("");
  };
  const lines = adaptHistory(asked.messages, echoWireHistoryRules(config)).messages.map((message) => ({
    from: message.role,
    say: textOf(message),
  }));
  return {
    model: asked.model ?? config.model,
    stream,
    // An answer of which nothing may be sent back is no line at all.
    lines: lines.filter(({ from, say }) => from === "user" || say !== ""),
    ...(asked.maxOutputTokens !== undefined && { limit: asked.maxOutputTokens }),
    ...extraBody,
  };
}

/** What Echo Wire can take back of a conversation that other providers had a part in: text. */
export function echoWireHistoryRules({ baseUrl }: EchoWireConfig): HistoryRules {
  const toolCallId = { pattern: /^[\w-]+$/u, maxLength: 64 };
  return { vendor: "echo-wire", origin: new URL(baseUrl).origin, toolCallId, reasoning: "none", refusals: false, invalidCalls: false };
}
