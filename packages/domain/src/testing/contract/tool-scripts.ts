import type { ChatRequest } from "../../chat-provider.js";
import type { ScriptedStep } from "../scripted-answer.js";
import { plainRequest } from "./observation.js";

/** A scripted call. */
export type ScriptedCall = Extract<ScriptedStep, { readonly type: "tool-call" }>;

/** A request that offers the tool which the scripts call. */
export const toolRequest: ChatRequest = {
  ...plainRequest,
  tools: [
    {
      name: "weather",
      description: "The weather at a place.",
      inputSchema: { type: "object", properties: { city: { type: "string" }, days: { type: "array", items: { type: "integer" } } } },
    },
  ],
};

/** A call in several deltas, cut where it hurts, with blanks that an adapter must keep. */
export const callStep: ScriptedCall = {
  type: "tool-call",
  id: "call_paris",
  name: "weather",
  deltas: ['{"city": "Par', "is \\", '"é\\"","da', 'ys":[1,2', "]}"],
};

/** The part that a whole call becomes. */
export function callOf(step: ScriptedCall): Readonly<Record<string, unknown>> {
  const json = step.deltas.join("");
  return { type: "tool-call", name: step.name, input: JSON.parse(json), json, ...(step.id === undefined ? {} : { id: step.id }) };
}
