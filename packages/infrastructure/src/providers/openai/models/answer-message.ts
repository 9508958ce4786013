import * as z from "zod/mini";
import { jsonObjectSchema } from "../../../http/json-object-schema.js";

const text = z.nullish(z.string());

/** An id: a string for OpenAI, a number for some compatible servers. */
export const identifierSchema = z.union([z.string(), z.number()]);

/** Arguments of a call: JSON text, or, against the specification, the object itself. */
export const callArgumentsSchema = z.nullish(z.union([z.string(), jsonObjectSchema]));

/**
 * One part of a content that is an array, as Mistral's reasoning models send it: `{type: "text", text}` and `{type: "thinking", thinking: [{type: "text", text}]}`.
 * Other kinds of part pass through.
 */
export const contentPartSchema = z.looseObject({
  type: text,
  text,
  thinking: z.nullish(z.union([z.string(), z.array(z.looseObject({ type: text, text }))])),
});

/** A message's or a delta's content. */
export const contentSchema = z.nullish(z.union([z.string(), z.array(contentPartSchema)]));

/** The call form that OpenAI retired in 2023 and a few servers still use. */
export const functionCallSchema = z.looseObject({ name: text, arguments: callArgumentsSchema });

/** A tool call, or a piece of one: `index` says which call a piece belongs to, where a server sends it. Gemini's compatible API keeps its thought signatures in `extra_content`. */
export const toolCallSchema = z.looseObject({
  index: z.nullish(z.number()),
  id: z.nullish(identifierSchema),
  type: z.optional(z.unknown()),
  function: z.nullish(functionCallSchema),
  custom: z.nullish(z.looseObject({ name: text, input: text })),
  extra_content: z.nullish(jsonObjectSchema),
});

const spoken = {
  // Nothing depends on it.
  role: z.optional(z.unknown()),
  content: contentSchema,
  refusal: text,
  /** Reasoning text: OpenRouter, vLLM, Groq and Cerebras say `reasoning`; DeepSeek, llama.cpp, xAI and others say `reasoning_content`. */
  reasoning: text,
  reasoning_content: text,
  /** OpenRouter's structured reasoning, to be echoed unchanged (https://openrouter.ai/docs/use-cases/reasoning-tokens). */
  reasoning_details: z.nullish(z.array(jsonObjectSchema)),
  function_call: z.nullish(functionCallSchema),
  annotations: z.nullish(z.array(jsonObjectSchema)),
  audio: z.nullish(jsonObjectSchema),
  extra_content: z.nullish(jsonObjectSchema),
};

/** A whole assistant message. */
export const messageSchema = z.looseObject({ ...spoken, tool_calls: z.nullish(z.array(toolCallSchema)) });

/** What one chunk adds to the message. */
export const deltaSchema = z.looseObject({ ...spoken, tool_calls: z.nullish(z.array(toolCallSchema)) });

export type ContentPart = z.infer<typeof contentPartSchema>;
export type FunctionCall = z.infer<typeof functionCallSchema>;
export type ToolCall = z.infer<typeof toolCallSchema>;
/** A piece of a tool call: the same shape, with pieces of its strings. */
export type ToolCallDelta = ToolCall;
export type Message = z.infer<typeof messageSchema>;
export type Delta = z.infer<typeof deltaSchema>;
