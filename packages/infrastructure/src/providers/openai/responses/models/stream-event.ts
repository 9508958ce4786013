import * as z from "zod/mini";
import { jsonSchema, typedObjectSchema } from "./output-item.js";
import { responseSchema } from "./response.js";

const index = z.nullish(z.number());
const place = { item_id: z.nullish(z.string()), output_index: index };
const inItem = { ...place, content_index: index, summary_index: index };
const list = z.nullish(z.array(jsonSchema));

/**
 * The events of a streamed answer, by what they hold (https://platform.openai.com/docs/api-reference/responses-streaming). An `error` is read as any server's
 * error. Where an event belongs is told loosely: an index that is missing is 0.
 */
export const lifecycleEventSchema = z.looseObject({ response: z.nullish(responseSchema) });
export const itemEventSchema = z.looseObject({ output_index: index, item: z.nullish(typedObjectSchema) });
export const partEventSchema = z.looseObject({ ...inItem, part: z.nullish(typedObjectSchema) });
export const deltaEventSchema = z.looseObject({ ...inItem, delta: z.string(), logprobs: list });
export const textDoneEventSchema = z.looseObject({ ...inItem, text: z.nullish(z.string()) });
export const refusalDoneEventSchema = z.looseObject({ ...inItem, refusal: z.nullish(z.string()) });
export const argumentsDoneEventSchema = z.looseObject({ ...place, arguments: z.optional(jsonSchema) });
export const annotationEventSchema = z.looseObject({ ...inItem, annotation: z.optional(jsonSchema) });
