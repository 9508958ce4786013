import type { AssistantPart, ChatEvent } from "@chatport/domain";
import { expect } from "vitest";
import type { ObservedAnswer } from "./observed-answer.js";

interface SeenPart {
  readonly kind: "text" | "reasoning" | "refusal" | "tool-call" | "whole";
  text: string;
  id?: string;
  name?: string;
  part?: AssistantPart;
}

/** Checks what a consumer saw of one answer against the completion contract: the order of events, the one outcome, and what an exception carries. */
export function expectLawful({ events, end, exception }: ObservedAnswer): void {
  expect([end, exception].filter((outcome) => outcome !== undefined)).toHaveLength(1);
  expect(events.filter(({ type }) => type === "message-end").length).toBeLessThanOrEqual(1);
  if (end !== undefined) expect(events.at(-1)).toBe(end);
  if (events.length > 0) expect(events[0]?.type).toBe("message-start");
  expect(events.filter(({ type }) => type === "message-start").length).toBeLessThanOrEqual(1);
  const parts = replay(events);
  for (const [index, seen] of parts.entries()) expectPart(seen, index);
  const lastUsage = events.findLast((event) => event.type === "usage")?.usage;
  if (end !== undefined) {
    expect(parts.every(({ part }) => part !== undefined)).toBe(true);
    expect(end.usage).toEqual(lastUsage);
    if (end.finishReason === "stop") expect(parts.filter(({ kind }) => kind === "tool-call")).toEqual([]);
  }
  if (exception !== undefined) {
    expect(exception.usage).toEqual(lastUsage);
    expectPartial(exception.partial?.content ?? [], parts);
  }
}

/** Follows the deltas; indices are dense and ascend, and nothing is added to a part that has ended. */
function replay(events: readonly ChatEvent[]): readonly SeenPart[] {
  const parts: SeenPart[] = [];
  const at = (index: number, kind: SeenPart["kind"]): SeenPart => {
    expect(index).toBeLessThanOrEqual(parts.length);
    const seen = (parts[index] ??= { kind, text: "" });
    expect(seen.part).toBeUndefined();
    expect(seen.kind).toBe(kind);
    return seen;
  };
  for (const event of events) {
    if (event.type === "text-delta") at(event.index, "text").text += event.text;
    else if (event.type === "reasoning-delta") at(event.index, "reasoning").text += event.text;
    else if (event.type === "refusal-delta") at(event.index, "refusal").text += event.text;
    else if (event.type === "tool-call-start") {
      expect(event.index).toBe(parts.length);
      Object.assign(at(event.index, "tool-call"), { id: event.id, name: event.name });
    } else if (event.type === "tool-call-delta") {
      expect(parts[event.index]).toBeDefined();
      at(event.index, "tool-call").text += event.json;
    } else if (event.type === "part-end") {
      const begun = parts[event.index];
      if (begun === undefined) expect(event.index).toBe(parts.length);
      at(event.index, begun?.kind ?? "whole").part = event.part;
    }
  }
  return parts;
}

function expectPart({ kind, part, text, id, name }: SeenPart, index: number): void {
  if (part === undefined || kind === "whole") return;
  const where = `part ${index}`;
  if (kind !== "tool-call") return expect(part, where).toMatchObject({ type: kind, text });
  expect(part, where).toMatchObject({ id, json: text, ...(name !== "" && { name }) });
  expect(id, where).not.toBe("");
  if (part.type === "tool-call") {
    expect(part.name, where).not.toBe("");
    expect(part.input, where).toEqual(text.trim() === "" ? {} : JSON.parse(text));
  } else if (part.type === "invalid-tool-call") {
    if (part.name !== "") expect(() => JSON.parse(text) as unknown, where).toThrow(SyntaxError);
  } else {
    expect(part.type, where).toBe("tool-call");
  }
}

/** What an exception says had arrived is what its consumer saw; a call that had not ended is never one to be run. */
function expectPartial(partial: readonly AssistantPart[], parts: readonly SeenPart[]): void {
  expect(partial).toHaveLength(parts.length);
  for (const [index, { kind, text, part, id }] of parts.entries()) {
    if (part !== undefined) expect(partial[index]).toEqual(part);
    else if (kind === "tool-call") expect(partial[index]).toMatchObject({ type: "invalid-tool-call", id, json: text });
    else expect(partial[index]).toMatchObject({ type: kind, text });
  }
}
