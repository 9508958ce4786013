import type { AssistantPart, InvalidToolCallPart, Json, JsonObject, ProviderMetadata, ToolCallPart } from "@chatport/domain";
import * as z from "zod/mini";
import type { AssistantRequestMessage, RequestFunctionToolCall } from "../models.js";
import { unsupported } from "./failures.js";

/**
 * An earlier answer, as it is sent back. Text parts are joined, as are refusals. Reasoning text stays away, and so do invalid calls that nothing answers and
 * provider parts of other vendors. Opaque state in `providerMetadata.openai` goes back: a call's on the call, beside the documented fields and never over
 * them; of any other part `reasoning_details`, `extra_content` and `thought_signature`, on the message. The rest of it, log probabilities say, is for
 * readers, and servers refuse it.
 *
 * @param answered the ids of all calls that the conversation holds a result for.
 * @throws {RequestException} `unsupported` for a part of a kind that is not known.
 */
export function assistantMessageOf(
  parts: readonly AssistantPart[],
  answered: ReadonlySet<string>,
  provider: string,
  place: string,
): AssistantRequestMessage {
  for (const [index, part] of parts.entries()) requireKnown(part, provider, `${place}.content[${index}]`);
  const text = joinedText(parts, "text");
  const refusal = joinedText(parts, "refusal");
  const calls = parts.flatMap((part) => (isSent(part, answered) ? [toolCallOf(part)] : []));
  const ownFields = ownFieldsOf(parts);
  const saysMore = refusal !== "" || calls.length > 0 || Object.keys(ownFields).length > 0;
  return {
    ...stateOf(parts),
    role: "assistant",
    // OpenAI answers calls and refusals with null, and reads them back so; an empty string is for an answer without anything.
    content: text === "" && saysMore ? null : text,
    ...(refusal === "" ? {} : { refusal }),
    ...(calls.length === 0 ? {} : { tool_calls: calls }),
    ...ownFields,
  };
}

function joinedText(parts: readonly AssistantPart[], type: "text" | "refusal"): string {
  return parts.flatMap((part) => (part.type === type ? [part.text] : [])).join("");
}

function isSent(part: AssistantPart, answered: ReadonlySet<string>): part is ToolCallPart | InvalidToolCallPart {
  return part.type === "tool-call" || (part.type === "invalid-tool-call" && answered.has(part.id));
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

const functionCallSchema = z.object({ name: z.string(), arguments: z.string() });
// A streamed answer's audio is kept as a list of pieces, of which the first has the id.
const audioSchema = z.union([
  z.object({ id: z.string() }),
  z.pipe(
    z.array(z.object({ id: z.optional(z.string()) })),
    z.transform((pieces) => ({ id: pieces.find(({ id }) => id !== undefined)?.id })),
  ),
]);

/** Of OpenAI's own provider parts, what a request has a field for: a call in the retired form, and the id of an audio answer. */
function ownFieldsOf(parts: readonly AssistantPart[]): Pick<AssistantRequestMessage, "function_call" | "audio"> {
  const fields: Pick<AssistantRequestMessage, "function_call" | "audio"> = {};
  for (const part of parts) {
    if (part.type !== "provider" || part.vendor !== "openai") continue;
    const call = functionCallSchema.safeParse(part.data["function_call"]);
    const audio = audioSchema.safeParse(part.data["audio"]);
    if (call.success) fields.function_call = call.data;
    if (audio.success && audio.data.id !== undefined) fields.audio = { id: audio.data.id };
  }
  return fields;
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
      state[field] = isList(before) && isList(value) ? [...before, ...value] : value;
    }
  }
  return state;
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value);
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
