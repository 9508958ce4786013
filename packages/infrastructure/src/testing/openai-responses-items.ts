import type { Usage } from "@chatport/domain";
import { type ScriptedAnswer, type ScriptedEnd, scriptedModel, type ScriptedStep } from "@chatport/domain/testing";

/** A step that is an output item of its own. */
export type ItemStep = Extract<ScriptedStep, { readonly deltas: readonly string[] }>;

/** An output item as it is when it has this text. */
export function itemOf(step: ItemStep, index: number, text: string): object {
  const id = itemId(step, index);
  switch (step.type) {
    case "text":
      return { id, type: "message", status: "completed", role: "assistant", content: [outputText(text)] };
    case "refusal":
      return { id, type: "message", status: "completed", role: "assistant", content: [{ type: "refusal", refusal: text }] };
    case "reasoning":
      return { id, type: "reasoning", summary: [{ type: "summary_text", text }], encrypted_content: "gAAAAABscripted" };
    case "tool-call": {
      const { id: call_id, name } = step;
      return { id, type: "function_call", status: "completed", ...(call_id !== undefined && { call_id }), name, arguments: text };
    }
  }
}

/** What an item is without until it has come. */
export function emptied({ type }: ItemStep): object {
  if (type === "tool-call") return { arguments: "" };
  return type === "reasoning" ? { summary: [] } : { content: [] };
}

/** Which of an item's texts its pieces belong to. */
export function innerPlace({ type }: ItemStep): object {
  if (type === "tool-call") return {};
  return type === "reasoning" ? { summary_index: 0 } : { content_index: 0 };
}

export function itemId({ type }: ItemStep, index: number): string {
  const prefix = type === "tool-call" ? "fc" : type === "reasoning" ? "rs" : "msg";
  return `${prefix}_scripted${index}`;
}

/** A response (https://platform.openai.com/docs/api-reference/responses/object) without why it is incomplete. */
export function responseOf(script: ScriptedAnswer, status: string, output: readonly object[], usage: Usage | undefined): object {
  return {
    id: "resp_scripted",
    object: "response",
    created_at: 1_700_000_000,
    status,
    error: null,
    incomplete_details: null,
    model: script.model ?? scriptedModel,
    output,
    store: false,
    usage: usage === undefined ? null : usageOf(usage),
  };
}

/** A response that is cut says why, or (an end that names no reason) does not. */
export function statusOf({ finishReason }: ScriptedEnd): "completed" | "incomplete" {
  return finishReason === "stop" || finishReason === "tool-calls" ? "completed" : "incomplete";
}

export function detailsOf({ finishReason }: ScriptedEnd): object | null {
  if (finishReason === "length") return { reason: "max_output_tokens" };
  return finishReason === "content-filter" ? { reason: "content_filter" } : null;
}

function outputText(text: string): object {
  return { type: "output_text", text, annotations: [], logprobs: [] };
}

function usageOf({ inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens }: Usage): object {
  return {
    input_tokens: inputTokens,
    input_tokens_details: { cached_tokens: cachedInputTokens, cache_write_tokens: cacheWriteTokens },
    output_tokens: outputTokens,
    output_tokens_details: { reasoning_tokens: reasoningTokens },
    ...(inputTokens !== undefined && outputTokens !== undefined && { total_tokens: inputTokens + outputTokens }),
  };
}
