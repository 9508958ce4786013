import type { JsonObject } from "@chatport/domain";
import * as z from "zod/mini";
import { malformed } from "../../http/answer-failure.js";
import type { FailureContext } from "../../http/failure.js";

/** Reads an object of the wire in the shape that it should have. `text` is the event that it came in. */
export type ReadShape = <Schema extends z.ZodMiniType>(schema: Schema, value: JsonObject, text: string) => z.infer<Schema>;

/** A reader whose `malformed` exceptions name the place that is wrong. */
export function shapeReader(failure: () => FailureContext): ReadShape {
  return (schema, value, text) => {
    const read = z.safeParse(schema, value);
    if (read.success) return read.data;
    const [issue] = read.error.issues;
    const where = issue === undefined ? "" : ` (${issue.path.join(".")}: ${issue.message})`;
    throw malformed(`An event of the stream has the wrong shape${where}`, text, false, failure());
  };
}
