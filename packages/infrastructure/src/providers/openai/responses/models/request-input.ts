import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../../http/json-object-schema.js";

const cacheBreakpoint = z.optional(z.strictObject({ mode: z.literal("explicit"), ttl: z.optional(z.enum(["30m", "12h"])) }));

export const inputTextSchema = z.strictObject({
  type: z.literal("input_text"),
  text: z.string(),
  prompt_cache_breakpoint: cacheBreakpoint,
});

/** An image by URL, `https:` or `data:`, or by the id of an uploaded one. */
export const inputImageSchema = z.strictObject({
  type: z.literal("input_image"),
  detail: z.enum(["auto", "low", "high", "original"]),
  image_url: z.optional(z.string().check(z.minLength(1))),
  file_id: z.optional(z.string()),
  prompt_cache_breakpoint: cacheBreakpoint,
});

/** A file: its bytes as a `data:` URL with a name, a URL that the server fetches, or the id of an uploaded one. */
export const inputFileSchema = z.strictObject({
  type: z.literal("input_file"),
  filename: z.optional(z.string()),
  file_data: z.optional(z.string()),
  file_url: z.optional(z.string()),
  file_id: z.optional(z.string()),
  detail: z.optional(z.enum(["auto", "low", "high"])),
  prompt_cache_breakpoint: cacheBreakpoint,
});

export const inputContentPartSchema = z.discriminatedUnion("type", [inputTextSchema, inputImageSchema, inputFileSchema]);

const inputContent = z.union([z.string(), z.array(inputContentPartSchema).check(z.minLength(1))]);

/** A message that was written for the model, or an answer of which nothing is known but its text. */
const inputMessageSchema = z.discriminatedUnion("role", [
  z.strictObject({ role: z.enum(["system", "developer", "user"]), content: inputContent }),
  z.strictObject({ role: z.literal("assistant"), content: z.string() }),
]);

/** A message of an earlier answer, sent back. Not strict, like all that goes back: what came with it (`id`, `status`, `phase`) must return unchanged. */
export const outputMessageSchema = z.looseObject({
  type: z.literal("message"),
  role: z.literal("assistant"),
  content: z
    .array(
      z.discriminatedUnion("type", [
        z.looseObject({ type: z.literal("output_text"), text: z.string(), annotations: z.array(jsonObjectSchema) }),
        z.looseObject({ type: z.literal("refusal"), refusal: z.string() }),
      ]),
    )
    .check(z.minLength(1)),
});

/** The API refuses a longer one: "string too long. Expected a string with maximum length 64" (github.com/AnswerDotAI/fastllm/issues/45). */
export const mostCallIdChars = 64;
const callId = z.string().check(z.minLength(1), z.maxLength(mostCallIdChars));

/** A call of an earlier answer, sent back. */
const functionCallSchema = z.looseObject({
  type: z.literal("function_call"),
  call_id: callId,
  name: z.string(),
  arguments: z.string(),
});

/** What a tool returned for one call. */
export const functionCallOutputSchema = z.strictObject({
  type: z.literal("function_call_output"),
  call_id: callId,
  output: inputContent,
});

/** What the model thought, sent back. */
const reasoningItemSchema = z.looseObject({ type: z.literal("reasoning"), summary: z.array(jsonObjectSchema) });

const modelled: ReadonlySet<string> = new Set(["message", "function_call", "function_call_output", "reasoning"]);

/** An item of any other type, of tools of the server's own say, as it came. */
const otherItemSchema = z.looseObject({
  type: z.string().check(z.refine((type) => !modelled.has(type), "Expected an item that is valid for its type")),
});

/** One item of a request's `input`. */
export const inputItemSchema = z.union([
  inputMessageSchema,
  outputMessageSchema,
  functionCallSchema,
  functionCallOutputSchema,
  reasoningItemSchema,
  otherItemSchema,
]);

export type InputTextPart = z.infer<typeof inputTextSchema>;
export type InputImagePart = z.infer<typeof inputImageSchema>;
export type InputFilePart = z.infer<typeof inputFileSchema>;
export type InputContentPart = z.infer<typeof inputContentPartSchema>;
export type OutputMessage = z.infer<typeof outputMessageSchema>;
export type FunctionCallOutput = z.infer<typeof functionCallOutputSchema>;
export type InputItem = z.infer<typeof inputItemSchema>;
