import type { Json, JsonObject } from "@chatport/domain";
import * as z from "zod/mini";
import { isJsonObject } from "../../../http/json.js";

/** Any value that came out of `JSON.parse`. */
export const jsonSchema = z.custom<Json>((value) => value !== undefined);

/** An object that says what it is. */
export type TypedObject = JsonObject & { readonly type: string };

/** A content block, a delta or a tool of any type: the API adds new ones without a new version. */
export const typedObjectSchema = z.custom<TypedObject>(isTypedObject, "Expected an object with a type");

export function isTypedObject(value: unknown): value is TypedObject {
  return isJsonObject(value) && typeof value["type"] === "string";
}
