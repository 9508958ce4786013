import { expect } from "vitest";
import type { ChatEvent } from "../../chat-event.js";
import type { AssistantPart } from "../../message.js";

/**
 * The grammar of a stream: `message-start` first and once; indices dense and ascending; each part opened by its own kind and ended once, with the text or the
 * arguments that its deltas add up to; one `message-end`, last, after every part has ended.
 */
export function expectGrammar(events: readonly ChatEvent[]): void {
  expect(events[0]?.type, "message-start comes first").toBe("message-start");
  expect(count(events, "message-start"), "message-start comes once").toBe(1);
  expect(count(events, "message-end"), "message-end comes once").toBe(1);
  expect(events.at(-1)?.type, "nothing follows message-end").toBe("message-end");
  expectParts(events);
}

function expectParts(events: readonly ChatEvent[]): void {
  const parts: PartSoFar[] = [];
  for (const event of events) {
    if (!("index" in event)) continue;
    if (event.index === parts.length) parts.push({ kind: undefined, received: "", deltas: 0, ended: false, id: undefined });
    const part = parts[event.index];
    if (part === undefined) expect.fail(`Indices are dense and ascend: ${event.index} came when ${parts.length} was next`);
    expect(part.ended, `Nothing comes for part ${event.index} after its part-end (${event.type})`).toBe(false);
    if (event.type === "part-end") {
      expectEnd(part, event.part);
      part.ended = true;
    } else {
      take(part, event);
    }
  }
  parts.forEach((part, index) => expect(part.ended, `Part ${index} has its part-end`).toBe(true));
}

interface PartSoFar {
  kind: "text" | "reasoning" | "refusal" | "tool-call" | undefined;
  received: string;
  deltas: number;
  ended: boolean;
  id: string | undefined;
}

type Delta = Exclude<Extract<ChatEvent, { readonly index: number }>, { readonly type: "part-end" }>;

function take(part: PartSoFar, event: Delta): void {
  const kind = kindOf(event);
  if (event.type === "tool-call-start") {
    expect(part.kind, "tool-call-start opens its part").toBeUndefined();
    expect(event.id, "A call has an id").not.toBe("");
    part.id = event.id;
  } else {
    if (kind === "tool-call") expect(part.kind, "tool-call-start comes before tool-call-delta").toBe("tool-call");
    part.received += event.type === "tool-call-delta" ? event.json : event.text;
    part.deltas += 1;
  }
  expect(part.kind ?? kind, "A part's deltas are of one kind").toBe(kind);
  part.kind = kind;
}

function kindOf(event: Delta): NonNullable<PartSoFar["kind"]> {
  switch (event.type) {
    case "text-delta":
      return "text";
    case "reasoning-delta":
      return "reasoning";
    case "refusal-delta":
      return "refusal";
    case "tool-call-start":
    case "tool-call-delta":
      return "tool-call";
  }
}

function expectEnd(sofar: PartSoFar, part: AssistantPart): void {
  if (sofar.kind === undefined) return; // It came whole, without deltas.
  expect(part.type.replace("invalid-", ""), "A part ends as what it began as").toBe(sofar.kind);
  if (part.type === "tool-call" || part.type === "invalid-tool-call") expect(part.id, "A call keeps its id").toBe(sofar.id);
  if (sofar.deltas === 0) return;
  if (part.type === "tool-call" || part.type === "invalid-tool-call")
    expect(part.json, "Deltas add up to the arguments").toBe(sofar.received);
  else if (part.type !== "provider") expect(part.text, "Deltas add up to the part's text").toBe(sofar.received);
}

function count(events: readonly ChatEvent[], type: ChatEvent["type"]): number {
  return events.filter((event) => event.type === type).length;
}
