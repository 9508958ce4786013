import type { ChatEvent, FinishReason, Usage } from "./chat-event.js";
import type { CallOptions, ChatProvider, ChatRequest } from "./chat-provider.js";
import { NetworkException } from "./chat-exception.js";
import { type AssistantMessage, assistantMessage, type AssistantPart, text, type TextPart } from "./message.js";

/** A finished answer. */
export interface ChatCompletion {
  readonly message: AssistantMessage;
  /** The text parts, joined. */
  readonly text: string;
  readonly finishReason: FinishReason;
  readonly rawFinishReason?: string;
  readonly usage?: Usage;
  readonly model: string;
  readonly id?: string;
}

/**
 * Reads an answer to its end.
 *
 * @throws what the stream throws; and `truncated` when the stream ends without `message-end`, which a provider that keeps the contract never does.
 */
export async function collect(events: AsyncIterable<ChatEvent>): Promise<ChatCompletion> {
  const parts: AssistantPart[] = [];
  let start: { model: string; id?: string } = { model: "" };
  for await (const event of events) {
    if (event.type === "message-start") {
      const { type: _type, ...rest } = event;
      start = rest;
    } else if (event.type === "text-delta") {
      const before = parts[event.index];
      parts[event.index] = text(before?.type === "text" ? before.text + event.text : event.text);
    } else if (event.type === "part-end") {
      parts[event.index] = event.part;
    } else if (event.type === "message-end") {
      const { type: _type, ...end } = event;
      return { message: assistantMessage(parts), text: joinText(parts), ...end, ...start };
    }
  }
  throw endedEarly(parts);
}

/**
 * The answer's text as it is generated: plain strings that concatenate to the text parts. Leaving the loop cancels the request. Reasoning, refusals and tool
 * calls are passed over.
 *
 * @throws what the stream throws; and `truncated` when the stream ends without `message-end`.
 */
export async function* textOf(events: AsyncIterable<ChatEvent>): AsyncGenerator<string, void, undefined> {
  const streamed = new Set<number>();
  for await (const event of events) {
    if (event.type === "message-end") return;
    if (event.type === "text-delta") {
      streamed.add(event.index);
      yield event.text;
    } else if (event.type === "part-end" && event.part.type === "text" && !streamed.has(event.index)) {
      // A provider may send a part whole, without deltas.
      yield event.part.text;
    }
  }
  throw endedEarly([]);
}

/** One whole answer: {@link collect} over the provider's non-streaming form, where its API has one. */
export function complete(provider: ChatProvider, request: ChatRequest, options?: CallOptions): Promise<ChatCompletion> {
  return collect(provider.stream(request, { ...options, delivery: "whole" }));
}

function joinText(parts: readonly AssistantPart[]): string {
  return parts
    .filter((part): part is TextPart => part.type === "text")
    .map((part) => part.text)
    .join("");
}

function endedEarly(parts: readonly AssistantPart[]): NetworkException {
  const partial = assistantMessage(parts.filter(Boolean));
  return new NetworkException("truncated", "The answer ended without message-end.", { provider: "unknown", partial });
}
