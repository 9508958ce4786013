import type { AssistantPart, ChatEvent } from "@chatport/domain";
import { parseJson } from "../../http/json.js";
import type { Redact } from "../../http/redaction.js";
import { redactJsonText } from "./redacted-json.js";
import type { TapeMoment } from "./tape-format.js";

type Delta = Extract<ChatEvent, { readonly index: number; readonly text: string } | { readonly json: string }>;

/**
 * Takes secrets out of a call's deltas, also where one is spread over several: the part's first delta then carries all of its text. Arguments of calls stay what they parse to. All
 * other texts are left to who writes the lines.
 */
export function redactedMoments(moments: readonly TapeMoment[], redact: Redact): readonly TapeMoment[] {
  const texts = new Map<number, string>();
  const ofCalls = new Set<number>();
  for (const delta of moments.flatMap(deltaIn)) {
    texts.set(delta.index, (texts.get(delta.index) ?? "") + textOf(delta));
    if ("json" in delta) ofCalls.add(delta.index);
  }
  const redacted = new Map([...texts].map(([index, text]) => [index, ofCalls.has(index) ? redactJsonText(text, redact) : redact(text)]));
  const rewritten = new Set<number>();
  return moments.flatMap((moment) => {
    const event = moment.type === "event" ? moment.event : undefined;
    if (event?.type === "part-end") return [{ ...moment, event: { ...event, part: redactedCall(event.part, redact) } }];
    if (event === undefined || !isDelta(event) || redacted.get(event.index) === texts.get(event.index)) return [moment];
    if (rewritten.has(event.index)) return [];
    rewritten.add(event.index);
    const text = redacted.get(event.index) ?? "";
    return [{ type: "event", atMs: moment.atMs, event: "json" in event ? { ...event, json: text } : { ...event, text } }];
  });
}

/** A call whose arguments are no JSON any more, as a number was a secret in broken text, is one that must never be run. */
function redactedCall(part: AssistantPart, redact: Redact): AssistantPart {
  if (part.type !== "tool-call" && part.type !== "invalid-tool-call") return part;
  const json = redactJsonText(part.json, redact);
  if (json === part.json || part.type === "invalid-tool-call") return { ...part, json };
  const { input: _input, ...call } = part;
  const input = parseJson(json);
  return input === undefined ? { ...call, type: "invalid-tool-call", json } : { ...part, json, input };
}

function deltaIn(moment: TapeMoment): readonly Delta[] {
  return moment.type === "event" && isDelta(moment.event) ? [moment.event] : [];
}

function textOf(delta: Delta): string {
  return "json" in delta ? delta.json : delta.text;
}

function isDelta(event: ChatEvent): event is Delta {
  return event.type.endsWith("-delta");
}
