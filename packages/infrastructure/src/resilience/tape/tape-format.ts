import type { ChatEvent, ChatException, Json } from "@chatport/domain";
import * as z from "zod/mini";
import { parseJson } from "../../http/json.js";
import { isRecordedEvent } from "./recorded-event.js";

/** The version of the format that is written and read. */
export const tapeVersion = 1;

// A tape is JSON Lines (https://jsonlines.org): a header, then for each call a `call` line, its `event` lines, and one line that says how it ended.
const atMs = z.number();
const failureSchema = z.object({
  /** Absent for an error that is no ChatException. */
  code: z.optional(z.string()),
  message: z.string(),
  provider: z.optional(z.string()),
  status: z.optional(z.number()),
  providerCode: z.optional(z.string()),
  requestId: z.optional(z.string()),
  retryable: z.optional(z.boolean()),
  retryAfterMs: z.optional(z.number()),
  phase: z.optional(z.enum(["headers", "first-token", "idle", "total"])),
  excerpt: z.optional(z.string()),
});
const modelSchema = z.object({
  id: z.string(),
  displayName: z.exactOptional(z.string()),
  contextWindow: z.exactOptional(z.number()),
  maxOutputTokens: z.exactOptional(z.number()),
  ownedBy: z.exactOptional(z.string()),
  createdAt: z.exactOptional(z.number()),
});
const lineSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("tape"), version: z.number() }),
  z.object({
    type: z.literal("call"),
    /** SHA-256 of the request, in hexadecimal. */
    request: z.string(),
    provider: z.string(),
    /** What was asked, without its content: for people. */
    shape: z.optional(z.unknown()),
  }),
  z.object({ type: z.literal("event"), atMs, event: z.custom<ChatEvent>(isRecordedEvent) }),
  z.object({ type: z.literal("end"), atMs }),
  z.object({ type: z.literal("failure"), atMs, failure: failureSchema }),
  /** Aborted, or left by its reader. */
  z.object({ type: z.literal("left"), atMs }),
  z.object({ type: z.literal("models"), models: z.array(modelSchema) }),
]);

export type TapeLine = z.infer<typeof lineSchema>;
export type RecordedFailure = z.infer<typeof failureSchema>;
/** A line of a call: what came, and `atMs` milliseconds after it began. */
export type TapeMoment = Extract<TapeLine, { readonly atMs: number }>;

/**
 * Reads a tape's lines. Empty lines count for nothing, and neither does one that was cut while it was written: the last one, or one before a line that begins something new. A text
 * that is one line and no beginning of a header is some other file, which nobody should write to. An editor may have put a byte order mark at the beginning.
 *
 * @param refuse makes what is thrown for what is no tape of this version, naming the line
 */
export function parseTape(text: string, refuse: (what: string) => ChatException): readonly TapeLine[] {
  const strange = (position: number): ChatException => refuse(`line ${position + 1} is none of a tape's`);
  const lines: TapeLine[] = [];
  let cutAt: number | undefined;
  for (const [position, row] of text
    .replace(/^\uFEFF/u, "")
    .split("\n")
    .entries()) {
    if (row.trim() === "") continue;
    const value: Json | undefined = parseJson(row);
    const line = lineOf(value);
    if (line === undefined) {
      if (value !== undefined || !mayBeCut(row, lines.length)) throw strange(position);
      cutAt ??= position;
      continue;
    }
    // Whoever records writes all of a call at once, so that its rest never follows a cut line.
    if (cutAt !== undefined && "atMs" in line) throw strange(cutAt);
    cutAt = undefined;
    if (lines.length === 0 && line.type !== "tape") throw refuse("its first line is no header");
    if (line.type === "tape" && line.version !== tapeVersion) {
      throw refuse(`it has version ${line.version}, and this is version ${tapeVersion}`);
    }
    lines.push(line);
  }
  return lines;
}

function lineOf(value: Json | undefined): TapeLine | undefined {
  try {
    return z.safeParse(lineSchema, value).data;
  } catch (error) {
    // What nests deeper than the stack was never recorded.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whether a row that is no JSON may be one of a tape's lines, half written; the first one only ever was the header. */
function mayBeCut(row: string, linesBefore: number): boolean {
  return linesBefore > 0 ? row.startsWith("{") : JSON.stringify({ type: "tape", version: tapeVersion }).startsWith(row.trimEnd());
}
