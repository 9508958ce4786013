import type { FinishReason } from "@chatport/domain";

/**
 * Gemini's finish reasons (https://ai.google.dev/api/generate-content#FinishReason) in the port's terms. `CONTINUATION` waits to be called again. A malformed or
 * unexpected call is `other`, since nothing can be run. Whatever is not known is `other` too, with the server's own word in `rawFinishReason`.
 */
export function toFinishReason(raw: string): FinishReason {
  return finishReasons.get(raw) ?? "other";
}

/** Whether a reason is the documented default of its kind, "unused": the server has not said why the answer ended, or that the prompt was blocked. */
export function isUnspecified(raw: string): boolean {
  return raw === "" || raw.endsWith("_UNSPECIFIED");
}

/** The server's own model failed: the answer must not pass for a success. */
export const failureReason = "MALFORMED_RESPONSE";

/** Which of two reasons of one answer holds: older models say STOP on every chunk, so it yields to any other; a failure yields to none. */
export function strongerReason(before: string | undefined, next: string): string {
  if (before === undefined || next === failureReason) return next;
  return before === failureReason || next === "STOP" ? before : next;
}

const finishReasons: ReadonlyMap<string, FinishReason> = new Map([
  ["STOP", "stop"],
  ["MAX_TOKENS", "length"],
  ["CONTINUATION", "pause"],
  ["SAFETY", "content-filter"],
  ["RECITATION", "content-filter"],
  ["BLOCKLIST", "content-filter"],
  ["PROHIBITED_CONTENT", "content-filter"],
  ["SPII", "content-filter"],
  ["MODEL_ARMOR", "content-filter"],
  ["IMAGE_SAFETY", "content-filter"],
  ["IMAGE_PROHIBITED_CONTENT", "content-filter"],
  ["IMAGE_RECITATION", "content-filter"],
]);
