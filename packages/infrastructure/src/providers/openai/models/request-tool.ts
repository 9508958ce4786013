import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";

/** A function that the model may call; `parameters` is a JSON Schema. */
export const functionToolSchema = z.strictObject({
  type: z.literal("function"),
  function: z.strictObject({
    name: z.string(),
    description: z.optional(z.string()),
    parameters: z.optional(jsonObjectSchema),
    strict: z.nullish(z.boolean()),
  }),
});

/** A tool that takes free text, or text of a grammar. */
export const customToolSchema = z.strictObject({
  type: z.literal("custom"),
  custom: z.strictObject({
    name: z.string(),
    description: z.optional(z.string()),
    format: z.optional(
      z.discriminatedUnion("type", [
        z.strictObject({ type: z.literal("text") }),
        z.strictObject({
          type: z.literal("grammar"),
          grammar: z.strictObject({ definition: z.string(), syntax: z.enum(["lark", "regex"]) }),
        }),
      ]),
    ),
  }),
});

export const requestToolSchema = z.discriminatedUnion("type", [functionToolSchema, customToolSchema]);

/** Which tool the model must, may or must not call. */
export const requestToolChoiceSchema = z.union([
  z.enum(["none", "auto", "required"]),
  z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("function"), function: z.strictObject({ name: z.string() }) }),
    z.strictObject({ type: z.literal("custom"), custom: z.strictObject({ name: z.string() }) }),
    z.strictObject({
      type: z.literal("allowed_tools"),
      allowed_tools: z.strictObject({ mode: z.enum(["auto", "required"]), tools: z.array(jsonObjectSchema) }),
    }),
  ]),
]);

/** The retired form of a tool, for servers that know no other. */
export const functionDefinitionSchema = z.strictObject({
  name: z.string(),
  description: z.optional(z.string()),
  parameters: z.optional(jsonObjectSchema),
});

export type RequestTool = z.infer<typeof requestToolSchema>;
export type RequestToolChoice = z.infer<typeof requestToolChoiceSchema>;
