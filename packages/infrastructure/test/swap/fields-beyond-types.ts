import { isJsonObject } from "../../src/http/json.js";

/** A field of a request that a server knows of and the types of its vendor's npm client do not. The rest of the request is checked as ever, and so is the field. */
export interface FieldBeyondType {
  /** Where it stands; `[]` is any place in a list. */
  readonly path: string;
  /** What its value is, as a type. */
  readonly type: string;
  readonly reason: string;
}

export const reasoningDetails: FieldBeyondType = {
  path: "messages[].reasoning_details",
  type: "readonly { readonly type: string; readonly [field: string]: unknown }[]",
  reason: "OpenRouter's, to be sent back unmodified: https://openrouter.ai/docs/use-cases/reasoning-tokens",
};

export const callSignature: FieldBeyondType = {
  path: "messages[].tool_calls[].extra_content",
  type: "{ readonly google: { readonly thought_signature: string } }",
  reason: "Google's, in its OpenAI-compatible API: https://ai.google.dev/gemini-api/docs/thought-signatures",
};

export const reasoningText: FieldBeyondType = {
  path: "messages[].reasoning_content",
  type: "string",
  reason: "DeepSeek's and others', asked for by the dialect's reasoningField: https://api-docs.deepseek.com/guides/thinking_mode",
};

export const ollamaCallIds: readonly FieldBeyondType[] = ["messages[].tool_calls[].id", "messages[].tool_call_id"].map((path) => ({
  path,
  type: "string",
  reason: "ToolCall.ID and Message.ToolCallID of the server (github.com/ollama/ollama, api/types.go), which its JavaScript client lacks.",
}));

/** A field that was taken out of a value, and where it stood. */
export interface TakenField {
  readonly path: string;
  readonly type: string;
  readonly value: unknown;
}

/** A value without some of its fields, and these apart. */
export function withoutFields(
  value: unknown,
  fields: readonly FieldBeyondType[],
  path = "",
): { readonly rest: unknown; readonly taken: readonly TakenField[] } {
  const taken: TakenField[] = [];
  const restOf = (child: unknown, at: string): unknown => {
    const inside = withoutFields(child, fields, at);
    taken.push(...inside.taken);
    return inside.rest;
  };
  if (Array.isArray(value)) return { rest: value.map((item, index) => restOf(item, `${path}[${index}]`)), taken };
  if (!isJsonObject(value)) return { rest: value, taken };
  const rest = Object.entries(value).flatMap(([key, child]) => {
    const at = path === "" ? key : `${path}.${key}`;
    const field = fields.find((candidate) => candidate.path === at.replaceAll(/\[\d+\]/gu, "[]"));
    if (field === undefined) return [[key, restOf(child, at)] as const];
    taken.push({ path: at, type: field.type, value: child });
    return [];
  });
  return { rest: Object.fromEntries(rest), taken };
}
