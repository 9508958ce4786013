import type { JsonObject } from "@chatport/domain";
import type { TypedObject } from "../models/answer.js";

/** What of an item goes beside its part, to be echoed: everything but what the part itself holds. */
export function fieldsOf(item: TypedObject, held: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(item).filter(([key, value]) => value !== null && !held.includes(key)));
}

/** The same for an item that is not done: `in_progress` will not be true any more. */
export function fieldsSoFar(item: TypedObject, held: readonly string[]): JsonObject {
  return fieldsOf(item, [...held, "status"]);
}
