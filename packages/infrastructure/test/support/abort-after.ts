import type { ChatEvent } from "@chatport/domain";

/** What a consumer sees that aborts as soon as it has so many events; 0 of them: before it asks for any. */
export async function abortAfter(
  count: number,
  reason: Error,
  stream: (signal: AbortSignal) => AsyncIterable<ChatEvent>,
): Promise<{ readonly events: readonly ChatEvent[]; readonly thrown: unknown }> {
  const controller = new AbortController();
  const events: ChatEvent[] = [];
  try {
    if (count === 0) controller.abort(reason);
    for await (const event of stream(controller.signal)) {
      events.push(event);
      if (events.length === count) controller.abort(reason);
    }
  } catch (thrown) {
    return { events, thrown };
  }
  return { events, thrown: undefined };
}
