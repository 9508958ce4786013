// Events of OpenAI's Responses API (https://platform.openai.com/docs/api-reference/responses-streaming): one message with one part of text. The whole text comes four
// times again at the end, as it does there.
export const path = /\/v1\/responses$/u;
export const contentType = "text/event-stream; charset=utf-8";

export function head() {
  return [
    event("response.created", 0, { response: response("in_progress", []) }),
    event("response.in_progress", 1, { response: response("in_progress", []) }),
    event("response.output_item.added", 2, { output_index: 0, item: message("in_progress", []) }),
    event("response.content_part.added", 3, { ...place, part: textPart("") }),
  ].join("");
}

export function textEvent(delta, position) {
  return event("response.output_text.delta", position + 4, { ...place, delta, logprobs: [], obfuscation: "kT3vQz8w" });
}

export function tail(texts) {
  const text = texts.join("");
  const item = message("completed", [textPart(text)]);
  const next = texts.length + 4;
  const usage = {
    input_tokens: 9,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens: texts.length,
    output_tokens_details: { reasoning_tokens: 0 },
    total_tokens: texts.length + 9,
  };
  return [
    event("response.output_text.done", next, { ...place, text, logprobs: [] }),
    event("response.content_part.done", next + 1, { ...place, part: textPart(text) }),
    event("response.output_item.done", next + 2, { output_index: 0, item }),
    event("response.completed", next + 3, { response: { ...response("completed", [item]), usage } }),
  ].join("");
}

const messageId = "msg_68f1d0c2a4b48193a1b2c3d4e5f60718096efa2dd1d5c7b2";
const place = { item_id: messageId, output_index: 0, content_index: 0 };

function event(type, sequenceNumber, fields) {
  return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: sequenceNumber, ...fields })}\n\n`;
}

function message(status, content) {
  return { id: messageId, type: "message", status, role: "assistant", content };
}

function textPart(text) {
  return { type: "output_text", annotations: [], logprobs: [], text };
}

function response(status, output) {
  return {
    id: "resp_68f1d0c1b9a48193b0a1c2d3e4f506170a96efa2dd1d5c7b2",
    object: "response",
    created_at: 1_763_800_000,
    status,
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: null,
    model: "gpt-5-mini-2025-08-07",
    output,
    parallel_tool_calls: true,
    previous_response_id: null,
    reasoning: { effort: "medium", summary: null },
    service_tier: "default",
    store: true,
    temperature: 1,
    text: { format: { type: "text" }, verbosity: "medium" },
    tool_choice: "auto",
    tools: [],
    top_p: 1,
    truncation: "disabled",
    usage: null,
    metadata: {},
  };
}
