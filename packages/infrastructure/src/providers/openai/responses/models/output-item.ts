import type { Json, JsonObject } from "@chatport/domain";
import * as z from "zod/mini";
import { isJsonObject } from "../../../../http/json.js";

/** An object that says what it is. */
export type TypedObject = JsonObject & { readonly type: string };

/** An output item, or a part of one, of any type: the API adds new ones without a new version. Its values are not walked: they are JSON already. */
export const typedObjectSchema = z.custom<TypedObject>(isTypedObject, "Expected an object with a type");

/** Any value that came out of `JSON.parse`. */
export const jsonSchema = z.custom<Json>((value) => value !== undefined);

const text = z.nullish(z.string());
const parts = z.nullish(z.array(typedObjectSchema));
const list = z.nullish(z.array(jsonSchema));

/** What the model says. */
export const messageItemSchema = z.looseObject({ id: text, status: text, content: parts });

/** What the model thought: a summary of it, or (gpt-oss, on servers of one's own) all of it as content. */
export const reasoningItemSchema = z.looseObject({ id: text, summary: parts, content: parts });

/** A call of one of the caller's functions. The API sends arguments as JSON text; a few servers send the object itself. */
export const functionCallItemSchema = z.looseObject({
  id: text,
  call_id: text,
  name: text,
  arguments: z.optional(jsonSchema),
  status: text,
});

/** Text of a message, a summary or reasoning, with what goes with it. */
export const textPartSchema = z.looseObject({ text, annotations: list, logprobs: list });

export const refusalPartSchema = z.looseObject({ refusal: text });

export type FunctionCallItem = z.infer<typeof functionCallItemSchema>;

function isTypedObject(value: unknown): value is TypedObject {
  return isJsonObject(value) && typeof value["type"] === "string";
}
