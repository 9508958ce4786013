import type { ChatEvent } from "@chatport/domain";
import * as z from "zod/mini";

/**
 * Whether a line's `event` is one of the port's events, whole: a tape may come from anywhere, and what is replayed from it goes through the same hands as a server's answer that an
 * adapter has judged.
 */
export function isRecordedEvent(value: unknown): value is ChatEvent {
  return z.safeParse(eventSchema, value).success;
}

/** More parts than any answer has; an index beyond it would only make somebody's list long. */
const mostParts = 100_000;

const index = z.int().check(z.minimum(0), z.maximum(mostParts));
const count = z.optional(z.number().check(z.minimum(0)));
const usage = z.object({
  inputTokens: count,
  outputTokens: count,
  cachedInputTokens: count,
  cacheWriteTokens: count,
  reasoningTokens: count,
});
const providerMetadata = z.optional(z.record(z.string(), z.record(z.string(), z.json())));
const spoken = { text: z.string(), providerMetadata };
const call = { id: z.string(), name: z.string(), json: z.string(), providerMetadata };
const part = z.discriminatedUnion("type", [
  z.object({ type: z.literal("text"), ...spoken }),
  z.object({ type: z.literal("reasoning"), ...spoken }),
  z.object({ type: z.literal("refusal"), ...spoken }),
  z.object({ type: z.literal("tool-call"), ...call, input: z.json() }),
  z.object({ type: z.literal("invalid-tool-call"), ...call }),
  z.object({ type: z.literal("provider"), vendor: z.string(), data: z.record(z.string(), z.json()), providerMetadata }),
]);
const eventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("message-start"), model: z.string(), id: z.optional(z.string()) }),
  z.object({ type: z.literal("text-delta"), index, text: z.string() }),
  z.object({ type: z.literal("reasoning-delta"), index, text: z.string() }),
  z.object({ type: z.literal("refusal-delta"), index, text: z.string() }),
  z.object({ type: z.literal("tool-call-start"), index, id: z.string(), name: z.string() }),
  z.object({ type: z.literal("tool-call-delta"), index, json: z.string() }),
  z.object({ type: z.literal("part-end"), index, part }),
  z.object({ type: z.literal("usage"), usage }),
  z.object({
    type: z.literal("message-end"),
    finishReason: z.enum(["stop", "length", "tool-calls", "content-filter", "pause", "other"]),
    rawFinishReason: z.optional(z.string()),
    usage: z.optional(usage),
  }),
]);
