import { type AssistantPart, type ChatEvent, type ChatException, isChatException, type MessageEndEvent } from "@chatport/domain";

/** What a consumer saw of one answer. */
export interface ObservedAnswer {
  readonly events: readonly ChatEvent[];
  readonly parts: readonly AssistantPart[];
  readonly end: MessageEndEvent | undefined;
  readonly exception: ChatException | undefined;
}

export async function observe(stream: AsyncIterable<ChatEvent>): Promise<ObservedAnswer> {
  const events: ChatEvent[] = [];
  let exception: ChatException | undefined;
  try {
    for await (const event of stream) events.push(event);
  } catch (error) {
    if (!isChatException(error)) throw error;
    exception = error;
  }
  const ended = events.flatMap((event) => (event.type === "part-end" ? [event] : []));
  const parts = ended.toSorted((a, b) => a.index - b.index).map(({ part }) => part);
  return { events, parts, end: events.find((event) => event.type === "message-end"), exception };
}

/** The text of all parts of a kind, joined. */
export function joined(parts: readonly AssistantPart[], type: "text" | "reasoning" | "refusal"): string {
  return parts.map((part) => (part.type === type ? part.text : "")).join("");
}
