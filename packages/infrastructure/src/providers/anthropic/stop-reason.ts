import type { FinishReason } from "@chatport/domain";

/** Anthropic's word for why an answer ended (https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons) in the port's. */
export function toFinishReason(reason: string): FinishReason {
  return reasons.get(reason) ?? "other";
}

const reasons: ReadonlyMap<string, FinishReason> = new Map([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["max_tokens", "length"],
  ["model_context_window_exceeded", "length"],
  ["tool_use", "tool-calls"],
  ["pause_turn", "pause"],
  ["refusal", "content-filter"],
]);
