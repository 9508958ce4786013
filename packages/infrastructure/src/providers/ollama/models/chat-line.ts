import * as z from "zod/mini";

const text = z.nullish(z.string());
const count = z.nullish(z.number());

/**
 * A tool call. `arguments` is an object; servers that imitate Ollama send its text instead. Older servers send no `id`. What else stands in it is state to
 * echo.
 */
export const toolCallSchema = z.looseObject({
  id: z.optional(z.unknown()),
  function: z.looseObject({ name: text, arguments: z.optional(z.unknown()) }),
});

export const answerMessageSchema = z.looseObject({
  role: z.optional(z.unknown()),
  content: text,
  thinking: text,
  tool_calls: z.nullish(z.array(toolCallSchema)),
  /** In base64: of models that make images. */
  images: z.nullish(z.array(z.string())),
});

/**
 * One line of a streamed answer, and a whole answer too: ChatResponse and ChatStreamEvent of Ollama's OpenAPI description (github.com/ollama/ollama,
 * docs/openapi.yaml). The last line has `done: true`, the reason and the counts; counts of zero are left out.
 */
export const chatLineSchema = z.looseObject({
  model: text,
  message: z.nullish(answerMessageSchema),
  done: z.nullish(z.boolean()),
  done_reason: text,
  /** Tokens of the prompt. */
  prompt_eval_count: count,
  /** Tokens of the answer, thinking included. */
  eval_count: count,
  /** Per token, where they were asked for. */
  logprobs: z.nullish(z.array(z.unknown())),
});

export type ToolCall = z.infer<typeof toolCallSchema>;
export type AnswerMessage = z.infer<typeof answerMessageSchema>;
export type ChatLine = z.infer<typeof chatLineSchema>;
