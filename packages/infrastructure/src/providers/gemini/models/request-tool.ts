import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";

/** A function that the model may call (https://ai.google.dev/api/caching#FunctionDeclaration). */
export const functionDeclarationSchema = z.strictObject({
  name: z.string(),
  description: z.optional(z.string()),
  parametersJsonSchema: z.optional(jsonObjectSchema),
});

/** The request's functions, or one of the server's own tools, such as `{googleSearch: {}}`. */
export const requestToolSchema = z.union([z.strictObject({ functionDeclarations: z.array(functionDeclarationSchema) }), jsonObjectSchema]);

export const functionCallingConfigSchema = z.strictObject({
  mode: z.enum(["AUTO", "ANY", "NONE", "VALIDATED"]),
  allowedFunctionNames: z.optional(z.array(z.string())),
});

export const toolConfigSchema = z.strictObject({
  functionCallingConfig: z.optional(functionCallingConfigSchema),
  retrievalConfig: z.optional(jsonObjectSchema),
  includeServerSideToolInvocations: z.optional(z.boolean()),
});

export type FunctionDeclaration = z.infer<typeof functionDeclarationSchema>;
export type RequestTool = z.infer<typeof requestToolSchema>;
export type ToolConfig = z.infer<typeof toolConfigSchema>;
