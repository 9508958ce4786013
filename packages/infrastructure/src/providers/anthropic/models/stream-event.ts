import * as z from "zod/mini";
import { messageEndSchema, messageSchema, usageSchema } from "./answer.js";
import { typedObjectSchema } from "./typed-object.js";

/**
 * The events of a streamed answer, by their type (https://platform.claude.com/docs/en/build-with-claude/streaming). `ping` and `message_stop` hold nothing,
 * and `error` is read as any server's error.
 */
export const messageStartSchema = z.looseObject({ message: messageSchema });
export const contentBlockStartSchema = z.looseObject({ index: z.number(), content_block: typedObjectSchema });
export const contentBlockDeltaSchema = z.looseObject({ index: z.number(), delta: typedObjectSchema });
export const contentBlockStopSchema = z.looseObject({ index: z.number() });
export const messageDeltaSchema = z.looseObject({ delta: z.nullish(messageEndSchema), usage: z.nullish(usageSchema) });

/** The deltas that answers are made of. */
export const textDeltaSchema = z.looseObject({ text: z.string() });
export const thinkingDeltaSchema = z.looseObject({ thinking: z.string() });
export const inputJsonDeltaSchema = z.looseObject({ partial_json: z.string() });
