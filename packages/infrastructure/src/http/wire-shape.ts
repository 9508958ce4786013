import type { JsonObject } from "@chatport/domain";
import * as z from "zod/mini";
import { malformed } from "./answer-failure.js";
import type { FailureContext } from "./failure.js";

/** Reads an object of the wire in the shape that it should have. `text` is the event that it came in. */
export type ReadShape = <Schema extends z.ZodMiniType>(schema: Schema, value: JsonObject, text: string) => z.infer<Schema>;

/** A reader whose `malformed` exceptions name the place that is wrong. */
export function shapeReader(failure: () => FailureContext): ReadShape {
  return (schema, value, text) => {
    const read = z.safeParse(schema, value);
    if (read.success) return read.data;
    throw malformed(`An event of the stream has the wrong shape${placeOfIssue(read.error)}`, text, false, failure());
  };
}

/** The place that is wrong and what is expected there, to be put behind a sentence: ` (candidates.0: Invalid input)`. Empty where nothing is known of it. */
export function placeOfIssue(error: z.core.$ZodError | undefined): string {
  const issue = error?.issues[0];
  return issue === undefined ? "" : ` (${issue.path.map(String).join(".")}: ${issue.message})`;
}
