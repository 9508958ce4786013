import type { Usage } from "@chatport/domain";
import { type ScriptedAnswer, type ScriptedError, scriptedModel, type ScriptedStep } from "@chatport/domain/testing";

type Spoken = Extract<ScriptedStep, { readonly deltas: readonly string[] }>;

/** The server-sent events that say one step of a script, in the form of OpenAI's Chat Completions. `callIndex` numbers the answer's calls. */
export function eventsOf(step: ScriptedStep, script: ScriptedAnswer, callIndex: number, echo: string): readonly string[] {
  switch (step.type) {
    case "text":
      return step.deltas.map((content) => chunk(script, { content }));
    case "reasoning":
      return step.deltas.map((text) => chunk(script, { reasoning_content: text }));
    case "refusal":
      return step.deltas.map((refusal) => chunk(script, { refusal }));
    case "tool-call":
      return callDeltas(step, callIndex).map((call) => chunk(script, { tool_calls: [call] }));
    case "usage":
      return [data({ ...envelope(script), object: "chat.completion.chunk", choices: [], usage: usageOf(step.usage) })];
    case "end":
      return step.finishReason === undefined ? [] : [chunk(script, {}, wireReason(step.finishReason))];
    case "error":
      return [data(errorBody(step, echo))];
    default:
      return [];
  }
}

/** What closes a stream. */
export const done = "data: [DONE]\n\n";

/** The whole answer that the steps up to the end make. */
export function wholeAnswer(script: ScriptedAnswer): object {
  const { steps } = script;
  const calls = steps.filter((step) => step.type === "tool-call");
  const usage = steps.findLast((step) => step.type === "usage")?.usage;
  const end = steps.find((step) => step.type === "end");
  const refusal = spoken(steps, "refusal");
  const reasoning = spoken(steps, "reasoning");
  return {
    ...envelope(script),
    object: "chat.completion",
    choices: [
      {
        index: 0,
        message: {
          role: "assistant",
          content: spoken(steps, "text"),
          refusal,
          ...(reasoning !== null && { reasoning_content: reasoning }),
          ...(calls.length > 0 && { tool_calls: calls.map(wholeCall) }),
        },
        logprobs: null,
        finish_reason: end?.finishReason === undefined ? null : wireReason(end.finishReason),
      },
    ],
    ...(usage !== undefined && { usage: usageOf(usage) }),
  };
}

/** An error's status, headers and body. */
export function errorAnswer(step: ScriptedError, echo: string): { status: number; headers: Record<string, string>; body: string } {
  const retryAfter = step.retryAfterMs === undefined ? {} : { "retry-after-ms": String(step.retryAfterMs) };
  return { status: errors[step.kind].status, headers: retryAfter, body: JSON.stringify(errorBody(step, echo)) };
}

export function modelList(script: ScriptedAnswer): object {
  const models = script.models ?? [script.model ?? scriptedModel];
  return { object: "list", data: models.map((id) => ({ id, object: "model", created: 1_700_000_000, owned_by: "script" })) };
}

const errors = {
  authentication: { status: 401, type: "invalid_request_error", code: "invalid_api_key" },
  "rate-limit": { status: 429, type: "requests", code: "rate_limit_exceeded" },
  "invalid-request": { status: 400, type: "invalid_request_error", code: "invalid_value" },
  unavailable: { status: 503, type: "server_error", code: null },
} as const;

function errorBody({ kind, message }: ScriptedError, echo: string): object {
  const { type, code } = errors[kind];
  return { error: { message: `${message}${echo}`, type, param: null, code } };
}

function envelope(script: ScriptedAnswer): object {
  return { id: "chatcmpl-scripted", created: 1_700_000_000, model: script.model ?? scriptedModel, system_fingerprint: null };
}

function chunk(script: ScriptedAnswer, delta: object, finishReason: string | null = null): string {
  const choices = [{ index: 0, delta, logprobs: null, finish_reason: finishReason }];
  return data({ ...envelope(script), object: "chat.completion.chunk", choices, usage: null });
}

function data(value: object): string {
  return `data: ${JSON.stringify(value)}\n\n`;
}

function callDeltas({ id, name, deltas }: Extract<ScriptedStep, { type: "tool-call" }>, index: number): readonly object[] {
  const first = { index, ...(id !== undefined && { id }), type: "function", function: { name, arguments: "" } };
  return [first, ...deltas.map((json) => ({ index, function: { arguments: json } }))];
}

function wholeCall({ id, name, deltas }: Extract<ScriptedStep, { type: "tool-call" }>): object {
  return { ...(id !== undefined && { id }), type: "function", function: { name, arguments: deltas.join("") } };
}

function spoken(steps: readonly ScriptedStep[], type: Spoken["type"]): string | null {
  const deltas = steps.flatMap((step) => (step.type === type ? step.deltas : []));
  return deltas.length === 0 ? null : deltas.join("");
}

function usageOf({ inputTokens, outputTokens, cachedInputTokens, reasoningTokens, cacheWriteTokens }: Usage): object {
  return {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    ...(inputTokens !== undefined && outputTokens !== undefined && { total_tokens: inputTokens + outputTokens }),
    prompt_tokens_details: { cached_tokens: cachedInputTokens, cache_write_tokens: cacheWriteTokens },
    completion_tokens_details: { reasoning_tokens: reasoningTokens },
  };
}

function wireReason(reason: string): string {
  return reason.replaceAll("-", "_");
}
