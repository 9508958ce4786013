import type { Usage } from "@chatport/domain";
import { type ScriptedAnswer, type ScriptedError, scriptedModel, type ScriptedStep } from "@chatport/domain/testing";
import { parseJson } from "../http/json.js";

/**
 * The server-sent events that say one step of a script, in the form of Anthropic's Messages API
 * (https://platform.claude.com/docs/en/build-with-claude/streaming). `index` numbers the answer's content blocks.
 */
export function eventsOf(step: ScriptedStep, index: number, echo: string): readonly string[] {
  switch (step.type) {
    case "text":
    case "reasoning":
    case "tool-call":
      return blockEvents(step, index);
    case "usage":
      return [event("message_delta", { delta: { stop_reason: null, stop_sequence: null }, usage: usageOf(step.usage) })];
    case "end":
      return step.finishReason === undefined ? [] : [event("message_delta", { delta: endOf(step.finishReason) })];
    case "error":
      return [event("error", errorFields(step, echo))];
    default:
      return [];
  }
}

/** What a stream begins with. */
export function messageStart(script: ScriptedAnswer): string {
  return event("message_start", { message: { ...envelope(script), content: [], stop_reason: null, stop_sequence: null } });
}

/** What closes a stream. */
export const messageStop = event("message_stop", {});

export const ping = event("ping", {});

/** Whether a step is a content block of its own. */
export function isBlock({ type }: ScriptedStep): boolean {
  return type === "text" || type === "reasoning" || type === "tool-call";
}

/** The whole answer that the steps up to the end make. */
export function wholeMessage(script: ScriptedAnswer): object {
  const { steps } = script;
  const usage = steps.findLast((step) => step.type === "usage")?.usage;
  const end = steps.find((step) => step.type === "end");
  return {
    ...envelope(script),
    content: steps.flatMap((step) =>
      step.type === "text" || step.type === "reasoning" || step.type === "tool-call" ? [wholeBlock(step)] : [],
    ),
    ...(end?.finishReason === undefined ? { stop_reason: null, stop_sequence: null } : endOf(end.finishReason)),
    ...(usage !== undefined && { usage: usageOf(usage) }),
  };
}

/** An error's status, headers and body (https://platform.claude.com/docs/en/api/errors). */
export function errorAnswer(step: ScriptedError, echo: string): { status: number; headers: Record<string, string>; body: string } {
  const retryAfter = step.retryAfterMs === undefined ? {} : { "retry-after": String(step.retryAfterMs / 1000) };
  return { status: errors[step.kind].status, headers: retryAfter, body: JSON.stringify({ type: "error", ...errorFields(step, echo) }) };
}

/** A page of `GET /v1/models` (https://platform.claude.com/docs/en/api/models/list). */
export function modelList(script: ScriptedAnswer): object {
  const models = script.models ?? [script.model ?? scriptedModel];
  const data = models.map((id) => ({ type: "model", id, display_name: id, created_at: "2026-01-01T00:00:00Z", max_tokens: 128_000 }));
  return { data, has_more: false, first_id: models[0] ?? null, last_id: models.at(-1) ?? null };
}

type Block = Extract<ScriptedStep, { readonly type: "text" | "reasoning" | "tool-call" }>;

const errors = {
  authentication: { status: 401, type: "authentication_error" },
  "rate-limit": { status: 429, type: "rate_limit_error" },
  "invalid-request": { status: 400, type: "invalid_request_error" },
  unavailable: { status: 529, type: "overloaded_error" },
} as const;

function errorFields({ kind, message }: ScriptedError, echo: string): object {
  return { error: { type: errors[kind].type, message: `${message}${echo}` }, request_id: `req_scripted${echo.trim()}` };
}

function envelope(script: ScriptedAnswer): object {
  return { id: "msg_scripted", type: "message", role: "assistant", model: script.model ?? scriptedModel };
}

function event(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}

function blockEvents(step: Block, index: number): readonly string[] {
  return [
    event("content_block_start", { index, content_block: emptyBlock(step) }),
    ...step.deltas.map((text) => event("content_block_delta", { index, delta: deltaOf(step, text) })),
    ...(step.type === "reasoning" ? [event("content_block_delta", { index, delta: { type: "signature_delta", signature } })] : []),
    event("content_block_stop", { index }),
  ];
}

function emptyBlock(step: Block): object {
  switch (step.type) {
    case "text":
      return { type: "text", text: "" };
    case "reasoning":
      return { type: "thinking", thinking: "", signature: "" };
    case "tool-call":
      return { type: "tool_use", ...(step.id !== undefined && { id: step.id }), name: step.name, input: {} };
  }
}

function deltaOf({ type }: Block, text: string): object {
  switch (type) {
    case "text":
      return { type: "text_delta", text };
    case "reasoning":
      return { type: "thinking_delta", thinking: text };
    case "tool-call":
      return { type: "input_json_delta", partial_json: text };
  }
}

const signature = "c2lnbmF0dXJl";

function wholeBlock(step: Block): object {
  const text = step.deltas.join("");
  switch (step.type) {
    case "text":
      return { type: "text", text };
    case "reasoning":
      return { type: "thinking", thinking: text, signature };
    case "tool-call":
      return { ...emptyBlock(step), input: text === "" ? {} : parseJson(text) };
  }
}

/** Anthropic counts what was read from the cache and written to it apart from the rest of the input. */
function usageOf({ inputTokens, outputTokens, cachedInputTokens, cacheWriteTokens, reasoningTokens }: Usage): object {
  return {
    ...(inputTokens !== undefined && { input_tokens: inputTokens - (cachedInputTokens ?? 0) - (cacheWriteTokens ?? 0) }),
    cache_read_input_tokens: cachedInputTokens,
    cache_creation_input_tokens: cacheWriteTokens,
    output_tokens: outputTokens,
    ...(reasoningTokens !== undefined && { output_tokens_details: { thinking_tokens: reasoningTokens } }),
  };
}

const reasons = { stop: "end_turn", length: "max_tokens", "tool-calls": "tool_use", "content-filter": "refusal" } as const;

function endOf(reason: keyof typeof reasons): object {
  return { stop_reason: reasons[reason], stop_sequence: null };
}
