import type { FinishReason, Usage } from "@chatport/domain";
import { type ScriptedAnswer, type ScriptedError, scriptedModel, type ScriptedStep } from "@chatport/domain/testing";

type ScriptedCall = Extract<ScriptedStep, { readonly type: "tool-call" }>;

/** The server-sent events that say one step of a script, in the form of Gemini's `streamGenerateContent`. A call's arguments come whole, spelled as in the script. */
export function eventsOf(step: ScriptedStep, script: ScriptedAnswer, echo: string): readonly string[] {
  switch (step.type) {
    case "text":
      return step.deltas.map((text) => chunk(script, [{ text }]));
    case "reasoning":
      return step.deltas.map((text) => chunk(script, [{ text, thought: true }]));
    case "tool-call":
      return [data(spelled(response(script, [callPart(step)]), [step]))];
    case "usage":
      return [data(JSON.stringify({ usageMetadata: usageOf(step.usage), ...envelope(script) }))];
    case "end":
      // The last chunk has an empty text, as Google's has.
      return step.finishReason === undefined ? [] : [chunk(script, [{ text: "" }], wireReasons[step.finishReason])];
    case "error":
      return [data(JSON.stringify(errorBody(step, echo)))];
    default:
      return [];
  }
}

/** The whole answer that the steps up to the end make, as JSON text. */
export function wholeAnswer(script: ScriptedAnswer): string {
  const { steps } = script;
  const parts = steps.flatMap((step) => {
    if (step.type === "text") return [{ text: step.deltas.join("") }];
    if (step.type === "reasoning") return [{ text: step.deltas.join(""), thought: true }];
    return step.type === "tool-call" ? [callPart(step)] : [];
  });
  const end = steps.find((step) => step.type === "end");
  const usage = steps.findLast((step) => step.type === "usage")?.usage;
  const answer = {
    ...response(script, parts, end?.finishReason && wireReasons[end.finishReason]),
    ...(usage !== undefined && { usageMetadata: usageOf(usage) }),
  };
  return spelled(
    answer,
    steps.filter((step) => step.type === "tool-call"),
  );
}

/** An error's status and body. A wait that is asked for is among the details (https://cloud.google.com/apis/design/errors#error_model). */
export function errorAnswer(step: ScriptedError, echo: string): { readonly status: number; readonly body: string } {
  return { status: errors[step.kind].code, body: JSON.stringify(errorBody(step, echo)) };
}

/** An error that says nothing but its message. */
export function errorDocument(message: string): object {
  return { error: { code: 500, message, status: "INTERNAL" } };
}

/** The list of models, one a page, so that who reads it must turn the pages. */
export function modelPage(script: ScriptedAnswer, pageToken: string | null): object {
  const models = script.models ?? [script.model ?? scriptedModel];
  const position = Number(pageToken ?? 0);
  const page = models.slice(position, position + 1).map((id) => ({
    name: `models/${id}`,
    displayName: id,
    inputTokenLimit: 1_048_576,
    outputTokenLimit: 65_536,
    supportedGenerationMethods: ["generateContent", "countTokens"],
  }));
  return { models: page, ...(position + 1 < models.length && { nextPageToken: String(position + 1) }) };
}

const errors = {
  authentication: { code: 400, status: "INVALID_ARGUMENT", reason: "API_KEY_INVALID" },
  "rate-limit": { code: 429, status: "RESOURCE_EXHAUSTED", reason: undefined },
  "invalid-request": { code: 400, status: "INVALID_ARGUMENT", reason: undefined },
  unavailable: { code: 503, status: "UNAVAILABLE", reason: undefined },
} as const;

const wireReasons: Readonly<Record<Exclude<FinishReason, "pause" | "other">, string>> = {
  stop: "STOP",
  length: "MAX_TOKENS",
  // Google has no reason of its own for calls.
  "tool-calls": "STOP",
  "content-filter": "SAFETY",
};

function errorBody({ kind, message, retryAfterMs }: ScriptedError, echo: string): object {
  const { code, status, reason } = errors[kind];
  const details = [
    ...(reason === undefined ? [] : [{ "@type": "type.googleapis.com/google.rpc.ErrorInfo", reason, domain: "googleapis.com" }]),
    ...(retryAfterMs === undefined ? [] : [{ "@type": "type.googleapis.com/google.rpc.RetryInfo", retryDelay: `${retryAfterMs / 1000}s` }]),
  ];
  return { error: { code, message: `${message}${echo}`, status, ...(details.length > 0 && { details }) } };
}

function envelope(script: ScriptedAnswer): object {
  return { modelVersion: script.model ?? scriptedModel, responseId: "scripted-response" };
}

function response(script: ScriptedAnswer, parts: readonly object[], finishReason?: string): object {
  const candidate = { content: { parts, role: "model" }, ...(finishReason !== undefined && { finishReason }), index: 0 };
  return { candidates: [candidate], ...envelope(script) };
}

function chunk(script: ScriptedAnswer, parts: readonly object[], finishReason?: string): string {
  return data(JSON.stringify(response(script, parts, finishReason)));
}

function data(json: string): string {
  return `data: ${json}\r\n\r\n`;
}

const placeholder = "scripted arguments";

function callPart({ id, name, deltas }: ScriptedCall): object {
  return { functionCall: { ...(id !== undefined && { id }), name, ...(deltas.length > 0 && { args: placeholder }) } };
}

/** The JSON of an answer, with each call's arguments exactly as they are scripted. */
function spelled(answer: object, calls: readonly ScriptedCall[]): string {
  return calls
    .filter(({ deltas }) => deltas.length > 0)
    .reduce((json, { deltas }) => json.replace(JSON.stringify(placeholder), () => deltas.join("")), JSON.stringify(answer));
}

function usageOf({ inputTokens, outputTokens, cachedInputTokens, reasoningTokens }: Usage): object {
  return {
    promptTokenCount: inputTokens,
    cachedContentTokenCount: cachedInputTokens,
    ...(outputTokens !== undefined && { candidatesTokenCount: outputTokens - (reasoningTokens ?? 0) }),
    thoughtsTokenCount: reasoningTokens,
  };
}
