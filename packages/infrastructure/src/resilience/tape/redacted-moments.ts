import type { ChatEvent } from "@chatport/domain";
import type { Redact } from "../../http/redaction.js";
import type { TapeMoment } from "./tape-format.js";

type Delta = Extract<ChatEvent, { readonly index: number; readonly text: string } | { readonly json: string }>;

/** Takes secrets out of a call's deltas, also where one is spread over several: the part's first delta then carries all of its text. What is in one line is left to who writes it. */
export function redactedMoments(moments: readonly TapeMoment[], redact: Redact): readonly TapeMoment[] {
  const texts = new Map<number, string>();
  for (const { index, text } of deltasOf(moments)) texts.set(index, (texts.get(index) ?? "") + text);
  const redacted = new Map([...texts].map(([index, text]) => [index, redact(text)]));
  const rewritten = new Set<number>();
  return moments.flatMap((moment) => {
    const event = moment.type === "event" ? moment.event : undefined;
    if (event === undefined || !isDelta(event) || redacted.get(event.index) === texts.get(event.index)) return [moment];
    if (rewritten.has(event.index)) return [];
    rewritten.add(event.index);
    const text = redacted.get(event.index) ?? "";
    return [{ type: "event", atMs: moment.atMs, event: "json" in event ? { ...event, json: text } : { ...event, text } }];
  });
}

function deltasOf(moments: readonly TapeMoment[]): readonly { readonly index: number; readonly text: string }[] {
  return moments.flatMap((moment) => {
    if (moment.type !== "event" || !isDelta(moment.event)) return [];
    return [{ index: moment.event.index, text: "json" in moment.event ? moment.event.json : moment.event.text }];
  });
}

function isDelta(event: ChatEvent): event is Delta {
  return event.type.endsWith("-delta");
}
