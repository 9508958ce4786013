import { userMessage } from "@chatport/domain";
import { observe, type ObservedAnswer } from "../../../support/observed-answer.js";
import { utf8 } from "../../../support/pieces.js";
import { providerOf } from "./responses-streams.js";

export const request = { messages: [userMessage("hi")] };

/** What a consumer sees of a stream of this text. */
export function ask(text: string): Promise<ObservedAnswer> {
  return observe(providerOf([utf8(text)]).stream(request));
}

/** One event of a stream. */
export function event(type: string, fields: object = {}): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

export const start = event("response.created", { response: { id: "resp_1", model: "gpt-x", status: "in_progress" } });
export const end = (output: readonly object[] = [], fields: object = {}) =>
  event("response.completed", { response: { id: "resp_1", status: "completed", output, ...fields } });
export const message = (id: string, text: string, more: object = {}) => ({
  id,
  type: "message",
  role: "assistant",
  status: "completed",
  content: [{ type: "output_text", text, annotations: [] }],
  ...more,
});
export const call = (id: string, call_id: string, args: unknown, more: object = {}) => ({
  id,
  type: "function_call",
  call_id,
  name: "f",
  arguments: args,
  status: "completed",
  ...more,
});
export const added = (item: object, output_index?: number) => event("response.output_item.added", { output_index, item });
export const done = (item: object, output_index?: number) => event("response.output_item.done", { output_index, item });
export const text = (delta: string, place: object) => event("response.output_text.delta", { ...place, delta });
export const args = (delta: string, place: object) => event("response.function_call_arguments.delta", { ...place, delta });
