import type { AssistantPart, InvalidToolCallPart, Json, JsonObject, ProviderMetadata, ToolCallPart } from "@chatport/domain";
import { isJsonList } from "../../../http/json.js";
import type { AssistantRequestMessage, RequestFunctionToolCall } from "../models.js";
import type { ReasoningField } from "../dialect.js";
import { unsupported } from "../../../http/request-checks.js";
import { ownFieldsOf } from "./own-parts.js";

/** How earlier answers are written. */
export interface AnswerMapping {
  /** The provider's name, for exceptions. */
  readonly provider: string;
  readonly reasoningField?: ReasoningField;
}

/**
 * An earlier answer, as it is sent back; its history has been adapted to the API. Text parts are joined, as are refusals. Opaque state in
 * `providerMetadata.openai` goes back: a call's on the call, beside the documented fields and never over them; of any other part `reasoning_details`,
 * `extra_content` and `thought_signature`, on the message. The rest of it, log probabilities say, is for readers, and servers refuse it.
 *
 * @throws {RequestException} `unsupported` for a part of a kind that is not known.
 */
export function assistantMessageOf(parts: readonly AssistantPart[], mapping: AnswerMapping, place: string): AssistantRequestMessage {
  for (const [index, part] of parts.entries()) requireKnown(part, mapping.provider, `${place}.content[${index}]`);
  const text = joinedText(parts, "text");
  const refusal = joinedText(parts, "refusal");
  const calls = parts.flatMap((part) => (isCall(part) ? [toolCallOf(part)] : []));
  const ownFields = ownFieldsOf(parts);
  const saysMore = refusal !== "" || calls.length > 0 || Object.keys(ownFields).length > 0;
  return {
    ...stateOf(parts),
    role: "assistant",
    // OpenAI answers calls and refusals with null, and reads them back so; an empty string is for an answer without anything.
    content: text === "" && saysMore ? null : text,
    ...reasoningOf(parts, mapping, calls.length > 0),
    ...(refusal === "" ? {} : { refusal }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
    ...ownFields,
  };
}

/**
 * Reasoning text under the server's own name for it. Beside a call the field is there even when empty: DeepSeek refuses a call without it
 * (https://api-docs.deepseek.com/guides/thinking_mode).
 */
function reasoningOf(parts: readonly AssistantPart[], { reasoningField }: AnswerMapping, hasCalls: boolean): JsonObject {
  const reasoning = joinedText(parts, "reasoning");
  return reasoningField === undefined || (reasoning === "" && !hasCalls) ? {} : { [reasoningField]: reasoning };
}

function joinedText(parts: readonly AssistantPart[], type: "text" | "refusal" | "reasoning"): string {
  return parts.flatMap((part) => (part.type === type ? [part.text] : [])).join("");
}

function isCall(part: AssistantPart): part is ToolCallPart | InvalidToolCallPart {
  return part.type === "tool-call" || part.type === "invalid-tool-call";
}

const documentedCallFields: ReadonlySet<string> = new Set(["id", "type", "function", "custom", "index"]);

function toolCallOf({ id, name, json, providerMetadata }: ToolCallPart | InvalidToolCallPart): RequestFunctionToolCall {
  return {
    ...fieldsOf(providerMetadata, (field) => !documentedCallFields.has(field)),
    id,
    type: "function",
    function: { name, arguments: json.trim() === "" ? "{}" : json },
  };
}

/** What servers put on a message for the next turn: OpenRouter's reasoning, Gemini's signatures. */
const stateFields: ReadonlySet<string> = new Set(["reasoning_details", "extra_content", "thought_signature"]);

/** The state of all parts in one: lists, such as `reasoning_details`, are joined; of the rest the last one holds. A call keeps its own. */
function stateOf(parts: readonly AssistantPart[]): JsonObject {
  const state: Record<string, Json> = {};
  for (const part of parts) {
    if (part.type === "tool-call" || part.type === "invalid-tool-call") continue;
    for (const [field, value] of Object.entries(fieldsOf(part.providerMetadata, (name) => stateFields.has(name)))) {
      const before = state[field];
      state[field] = isJsonList(before) && isJsonList(value) ? [...before, ...value] : value;
    }
  }
  return state;
}

function fieldsOf(metadata: ProviderMetadata | undefined, keep: (field: string) => boolean): JsonObject {
  return Object.fromEntries(Object.entries(metadata?.["openai"] ?? {}).filter(([field]) => keep(field)));
}

function requireKnown({ type }: AssistantPart, provider: string, place: string): void {
  switch (type) {
    case "text":
    case "reasoning":
    case "refusal":
    case "tool-call":
    case "invalid-tool-call":
    case "provider":
      return;
    default:
      throw unsupported(provider, `${place} is of the kind ${JSON.stringify(type)}, which an assistant message cannot hold.`);
  }
}
