// Chunks of OpenAI's Chat Completions API (https://platform.openai.com/docs/api-reference/chat-streaming), with its own fields and padding ("obfuscation"): 300 bytes or
// so for each token.
export const path = /\/v1\/chat\/completions$/u;
export const contentType = "text/event-stream; charset=utf-8";

export function head() {
  return chunk({ delta: { role: "assistant", content: "", refusal: null } });
}

export function textEvent(content) {
  return chunk({ delta: { content } });
}

export function tail(texts) {
  const usage = {
    prompt_tokens: 9,
    completion_tokens: texts.length,
    total_tokens: texts.length + 9,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
  };
  return `${chunk({ delta: {}, finish_reason: "stop" })}${chunk(undefined, usage)}data: [DONE]\n\n`;
}

function chunk(choice, usage = null) {
  const choices = choice === undefined ? [] : [{ index: 0, logprobs: null, finish_reason: null, ...choice }];
  return `data: ${JSON.stringify({
    id: "chatcmpl-CYp0tUqQ3sT7xW2nZfK9dLmR5vHbA",
    object: "chat.completion.chunk",
    created: 1_763_800_000,
    model: "gpt-5-mini-2025-08-07",
    service_tier: "default",
    system_fingerprint: null,
    choices,
    usage,
    obfuscation: "kT3vQz8w",
  })}\n\n`;
}
