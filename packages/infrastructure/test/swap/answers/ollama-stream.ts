import { strangeId } from "./strange-id.js";

/** Lines of https://github.com/ollama/ollama/blob/main/docs/api.md#generate-a-chat-completion, with an image of a model that makes such. */
export function ollamaStream(name: string): string {
  const call = (mark: string): object => ({ function: { name: "weather", arguments: { city: `${mark}${name}MARK` } } });
  const messages = [
    { role: "assistant", content: "", thinking: `REASON${name}MARK` },
    { role: "assistant", content: `TEXT${name}MARK` },
    { role: "assistant", content: "", images: [`IMAGE${name}MARK`] },
    { role: "assistant", content: "", tool_calls: [call("ARGUMENTS"), { id: strangeId(name), ...call("ALSO") }] },
  ];
  return [
    ...messages.map((message) => lineOf({ message, done: false })),
    lineOf({ message: { role: "assistant", content: "" }, done: true, done_reason: "stop" }),
  ].join("");
}

function lineOf(fields: object): string {
  return `${JSON.stringify({ model: "m", created_at: "2026-01-01T00:00:00Z", ...fields })}\n`;
}
