import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";

const number = z.optional(z.number());
const integer = z.optional(z.int());
const flag = z.optional(z.boolean());

/** `options` of a request: the runtime options that Ollama's npm client (0.6) declares. They replace those of the model's Modelfile. */
export const runtimeOptionsSchema = z.strictObject({
  numa: flag,
  num_ctx: z.optional(z.int().check(z.minimum(1))),
  num_batch: integer,
  num_gpu: integer,
  main_gpu: integer,
  low_vram: flag,
  f16_kv: flag,
  logits_all: flag,
  vocab_only: flag,
  use_mmap: flag,
  use_mlock: flag,
  embedding_only: flag,
  num_thread: integer,
  num_keep: integer,
  seed: integer,
  num_predict: integer,
  top_k: integer,
  top_p: number,
  min_p: number,
  tfs_z: number,
  typical_p: number,
  repeat_last_n: integer,
  temperature: number,
  repeat_penalty: number,
  presence_penalty: number,
  frequency_penalty: number,
  mirostat: integer,
  mirostat_tau: number,
  mirostat_eta: number,
  penalize_newline: flag,
  stop: z.optional(z.array(z.string())),
});

/** How long the model stays loaded: seconds, or a duration such as "5m"; 0 unloads it at once, a negative one keeps it. */
export const keepAliveSchema = z.union([z.string(), z.number()]);

/** Whether and how much the model thinks; the words are for models with levels, and others read them as true. */
export const thinkSchema = z.union([z.boolean(), z.enum(["low", "medium", "high"])]);

/** A call of an earlier answer, sent back. Not strict: what a server put beside the documented fields goes back unchanged. */
const sentToolCallSchema = z.looseObject({
  id: z.optional(z.string()),
  function: z.looseObject({ name: z.string(), arguments: jsonObjectSchema }),
});

const images = z.optional(z.array(z.string()));

/** A message of a request, by role. Images are in base64, without a `data:` prefix. */
export const requestMessageSchema = z.discriminatedUnion("role", [
  z.strictObject({ role: z.literal("system"), content: z.string() }),
  z.strictObject({ role: z.literal("user"), content: z.string(), images }),
  z.strictObject({
    role: z.literal("assistant"),
    content: z.string(),
    thinking: z.optional(z.string()),
    tool_calls: z.optional(z.array(sentToolCallSchema)),
    images,
  }),
  z.strictObject({ role: z.literal("tool"), content: z.string(), tool_name: z.string(), tool_call_id: z.string(), images }),
]);

export const requestToolSchema = z.strictObject({
  type: z.literal("function"),
  function: z.strictObject({ name: z.string(), description: z.optional(z.string()), parameters: jsonObjectSchema }),
});

/** The body of `POST /api/chat`, strictly (https://docs.ollama.com/api/chat). What is not in it goes through `extraBody`, beside the request. */
export const chatRequestSchema = z.strictObject({
  model: z.string().check(z.minLength(1)),
  messages: z.array(requestMessageSchema).check(z.minLength(1)),
  stream: z.boolean(),
  tools: z.optional(z.array(requestToolSchema)),
  format: z.optional(z.union([z.literal("json"), jsonObjectSchema])),
  think: z.optional(thinkSchema),
  keep_alive: z.optional(keepAliveSchema),
  logprobs: flag,
  top_logprobs: integer,
  options: z.optional(runtimeOptionsSchema),
});

export type RuntimeOptions = z.infer<typeof runtimeOptionsSchema>;
export type RequestToolCall = z.infer<typeof sentToolCallSchema>;
export type RequestMessage = z.infer<typeof requestMessageSchema>;
export type RequestTool = z.infer<typeof requestToolSchema>;
export type OllamaChatRequest = z.infer<typeof chatRequestSchema>;
