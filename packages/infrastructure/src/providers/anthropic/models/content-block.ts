import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";
import { jsonSchema } from "./typed-object.js";

const text = z.nullish(z.string());

/** Text of an answer, whole or as its stream begins it. */
export const textBlockSchema = z.looseObject({ text, citations: z.nullish(z.array(jsonObjectSchema)) });

/** Thinking of an answer; the text is empty where the API leaves it out and gives the signature alone. */
export const thinkingBlockSchema = z.looseObject({ thinking: text, signature: text });

/** Thinking that the API gives encrypted alone. */
export const redactedThinkingBlockSchema = z.looseObject({ data: z.string() });

/** A call of one of the caller's tools. A stream begins with an empty `input` and sends its JSON in deltas. */
export const toolUseBlockSchema = z.looseObject({ id: text, name: text, input: z.optional(jsonSchema) });
