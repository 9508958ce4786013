import { serverSentEvent } from "./server-sent-event.js";
import { strangeId } from "./strange-id.js";

/** Pieces of https://platform.openai.com/docs/api-reference/chat-streaming, with an audio answer's id and a citation, which has no place in a request. */
export function chatCompletionStream(name: string): string {
  return streamOf([
    { role: "assistant", content: `TEXT${name}MARK` },
    { refusal: `REFUSAL${name}MARK` },
    { audio: { id: `AUDIO${name}MARK` } },
    { annotations: [{ type: "url_citation", url_citation: { url: `https://example.com/CITATION${name}MARK` } }] },
    { tool_calls: [callOf(name, 0, `call_${name}`, "ARGUMENTS")] },
    { tool_calls: [callOf(name, 1, strangeId(name), "ALSO")] },
  ]);
}

/**
 * The same of servers that say more: reasoning as OpenRouter tells it (https://openrouter.ai/docs/use-cases/reasoning-tokens), and signatures on calls as Google's
 * OpenAI-compatible API has them (https://ai.google.dev/gemini-api/docs/openai).
 */
export function reasoningChatCompletionStream(name: string): string {
  const reasoning = { type: "reasoning.text", index: 0, text: `REASON${name}MARK`, signature: `STATE${name}MARK` };
  const signature = { extra_content: { google: { thought_signature: `STATECALL${name}MARK` } } };
  return streamOf([
    { role: "assistant", reasoning: `REASON${name}MARK`, reasoning_details: [reasoning] },
    { content: `TEXT${name}MARK` },
    { refusal: `REFUSAL${name}MARK` },
    { tool_calls: [{ ...callOf(name, 0, `call_${name}`, "ARGUMENTS"), ...signature }] },
    { tool_calls: [callOf(name, 1, strangeId(name), "ALSO")] },
  ]);
}

function callOf(name: string, index: number, id: string, mark: string): object {
  return { index, id, type: "function", function: { name: "weather", arguments: `{"city":"${mark}${name}MARK"}` } };
}

function streamOf(deltas: readonly object[]): string {
  const chunk = (choice: object): string =>
    serverSentEvent({ id: "1", object: "chat.completion.chunk", created: 1, model: "m", choices: [{ index: 0, ...choice }] });
  const said = deltas.map((delta) => chunk({ delta, finish_reason: null })).join("");
  return `${said}${chunk({ delta: {}, finish_reason: "tool_calls" })}data: [DONE]\n\n`;
}
