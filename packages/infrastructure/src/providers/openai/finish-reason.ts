import type { FinishReason } from "@chatport/domain";

/**
 * OpenAI's finish reasons and those of compatible servers: Together's `eos`, Mistral's `model_length`, and the Anthropic words that gateways pass on.
 * Anything else is `other`, with the server's own word in `rawFinishReason`.
 */
export function toFinishReason(raw: string): FinishReason {
  return finishReasons.get(raw.toLowerCase()) ?? "other";
}

/**
 * Finish reasons that report a failure: the answer was cut by the server, so it must not pass for a success. `error`: Mistral and OpenRouter.
 * `insufficient_system_resource`: DeepSeek (https://api-docs.deepseek.com/api/create-chat-completion). `abort`: vLLM and SGLang.
 */
export function isFailure(raw: string): boolean {
  return failures.has(raw.toLowerCase());
}

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ["stop", "stop"],
  ["eos", "stop"],
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["length", "length"],
  ["max_tokens", "length"],
  ["model_length", "length"],
  ["tool_calls", "tool-calls"],
  ["function_call", "tool-calls"],
  ["tool_use", "tool-calls"],
  ["content_filter", "content-filter"],
]);

const failures: ReadonlySet<string> = new Set(["error", "insufficient_system_resource", "abort"]);
