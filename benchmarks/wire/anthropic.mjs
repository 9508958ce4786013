// Events of Anthropic's Messages API (https://platform.claude.com/docs/en/build-with-claude/streaming): one content block of text.
export const path = /\/v1\/messages$/u;
export const contentType = "text/event-stream; charset=utf-8";

export function head() {
  const usage = { input_tokens: 9, cache_creation_input_tokens: 0, cache_read_input_tokens: 0, output_tokens: 1, service_tier: "standard" };
  const message = {
    id: "msg_1nZdL29xx5MUA1yADyHTEsnR8uuvGzszyY",
    type: "message",
    role: "assistant",
    content: [],
    model: "claude-haiku-5-5",
    stop_reason: null,
    stop_sequence: null,
    usage,
  };
  return [
    event("message_start", { message }),
    event("content_block_start", { index: 0, content_block: { type: "text", text: "" } }),
    event("ping", {}),
  ].join("");
}

export function textEvent(text) {
  return event("content_block_delta", { index: 0, delta: { type: "text_delta", text } });
}

export function tail(texts) {
  return [
    event("content_block_stop", { index: 0 }),
    event("message_delta", { delta: { stop_reason: "end_turn", stop_sequence: null }, usage: { output_tokens: texts.length } }),
    event("message_stop", {}),
  ].join("");
}

function event(type, fields) {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
