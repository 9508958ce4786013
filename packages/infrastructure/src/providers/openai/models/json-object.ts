import type { JsonObject } from "@chatport/domain";
import * as z from "zod/mini";

/**
 * An object of any content, kept as it is. Its values are not walked: what comes out of `JSON.parse` is JSON already, and what goes in is typed.
 */
export const jsonObjectSchema = z.custom<JsonObject>(isObject, "Expected an object");

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
