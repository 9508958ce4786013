// Lines of Ollama's /api/chat (https://docs.ollama.com/api/chat, https://docs.ollama.com/api/streaming).
export const path = /\/api\/chat$/u;
export const contentType = "application/x-ndjson";

export function head() {
  return "";
}

export function textEvent(content) {
  return line({ message: { role: "assistant", content }, done: false });
}

export function tail(texts) {
  return line({
    message: { role: "assistant", content: "" },
    done: true,
    done_reason: "stop",
    total_duration: 174_560_334,
    load_duration: 101_397_084,
    prompt_eval_count: 9,
    prompt_eval_duration: 13_074_791,
    eval_count: texts.length,
    eval_duration: 52_479_709,
  });
}

function line(fields) {
  return `${JSON.stringify({ model: "qwen3:8b", created_at: "2026-11-22T08:52:19.385406455Z", ...fields })}\n`;
}
