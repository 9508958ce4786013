import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../../http/json-object-schema.js";

/** A function that the model may call; `parameters` is a JSON Schema. `strict` is always said: the API's default is true. */
const functionToolSchema = z.strictObject({
  type: z.literal("function"),
  name: z.string(),
  description: z.optional(z.string()),
  parameters: jsonObjectSchema,
  strict: z.boolean(),
});

/** A tool of the server's own (`web_search`, `mcp`, ...), as the wire has it: there are many, and more to come. */
export const serverToolSchema = z.looseObject({
  type: z.string().check(
    z.minLength(1),
    z.refine((type) => type !== "function", "Functions go in the request's tools"),
  ),
});

/** A tool, of the application's or of the server's own. */
export const responsesToolSchema = z.union([functionToolSchema, serverToolSchema]);

/** A choice of tools that the port has no words for: `{type: "web_search"}`, `{type: "allowed_tools", ...}`. */
export const wireToolChoiceSchema = z.looseObject({ type: z.string().check(z.minLength(1)) });

/** Which tool the model must, may or must not call. */
export const responsesToolChoiceSchema = z.union([z.enum(["none", "auto", "required"]), wireToolChoiceSchema]);

export type ResponsesTool = z.infer<typeof responsesToolSchema>;
export type ServerTool = z.infer<typeof serverToolSchema>;
export type ResponsesToolChoice = z.infer<typeof responsesToolChoiceSchema>;
