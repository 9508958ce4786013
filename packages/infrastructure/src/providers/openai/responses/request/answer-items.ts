import type {
  AssistantPart,
  InvalidToolCallPart,
  Json,
  JsonObject,
  ProviderPart,
  ReasoningPart,
  RefusalPart,
  TextPart,
  ToolCallPart,
} from "@chatport/domain";
import { isJsonList, isJsonObject } from "../../../../http/json.js";
import { unsupported } from "../../../../http/request-checks.js";
import { vendor } from "../../vendor.js";
import type { InputItem, OutputMessage } from "../models/request-input.js";

/**
 * An earlier answer as the items that it came in, in their order; its history has been adapted to the API. What was kept of an item in
 * `providerMetadata.openai.item` goes back with it, never over what the part itself says:
 *
 * - Text and refusals are the content of their message item; those with the same `id` are one message. Neighbours without an item are the text of one message.
 * - Reasoning goes back whole if it holds what the server can read, its sealed thoughts or their text. A summary alone does not: nothing is stored, and the
 *   server refuses what it cannot look up ("Items are not persisted when `store` is set to false", github.com/anomalyco/opencode/issues/8987).
 * - Calls, and items of the server's own.
 *
 * @throws {RequestException} `unsupported` for a part of a kind that is not known.
 */
export function answerItemsOf(parts: readonly AssistantPart[], provider: string, place: string): InputItem[] {
  const items = new AnswerItems();
  for (const [index, part] of parts.entries()) {
    switch (part.type) {
      case "text":
      case "refusal":
        items.addWords(part);
        break;
      case "reasoning":
        items.add(...reasoningItemsOf(part));
        break;
      case "tool-call":
      case "invalid-tool-call":
        items.add(callItemOf(part));
        break;
      case "provider":
        items.add(...ownItemsOf(part));
        break;
      default:
        throw unknownKind(part, provider, `${place}.content[${index}]`);
    }
  }
  return items.all;
}

class AnswerItems {
  readonly all: InputItem[] = [];
  /** The contents of the answer's messages, by the ids of their items. */
  readonly #messages = new Map<Json, OutputMessage["content"]>();
  /** The last item, while it is text without an item. */
  #text: { role: "assistant"; content: string } | undefined;

  add(...items: readonly InputItem[]): void {
    if (items.length === 0) return;
    this.all.push(...items);
    this.#text = undefined;
  }

  addWords(part: TextPart | RefusalPart): void {
    const item = itemOf(part);
    if (item === undefined) return this.#addText(part.text);
    const { id } = item;
    const known = id === undefined ? undefined : this.#messages.get(id);
    if (known !== undefined) return addContent(known, part);
    const content = [contentOf(part)];
    this.add({ ...item, type: "message", role: "assistant", content });
    if (id !== undefined) this.#messages.set(id, content);
  }

  #addText(text: string): void {
    if (text === "") return;
    if (this.#text === undefined) {
      const message = { role: "assistant" as const, content: "" };
      this.add(message);
      this.#text = message;
    }
    this.#text.content += text;
  }
}

/** Adds to a message. A part without text is there for citations that came when their text had ended. */
function addContent(content: OutputMessage["content"], part: TextPart | RefusalPart): void {
  const last = content.at(-1);
  if (part.type !== "text" || part.text !== "" || last?.type !== "output_text") content.push(contentOf(part));
  else for (const annotation of annotationsOf(part)) last.annotations.push(annotation);
}

function contentOf(part: TextPart | RefusalPart): OutputMessage["content"][number] {
  if (part.type === "refusal") return { type: "refusal", refusal: part.text };
  const logprobs = part.providerMetadata?.[vendor]?.["logprobs"];
  return { type: "output_text", text: part.text, annotations: annotationsOf(part), ...(isJsonList(logprobs) && { logprobs }) };
}

function annotationsOf({ providerMetadata }: TextPart): JsonObject[] {
  const annotations = providerMetadata?.[vendor]?.["annotations"];
  return isJsonList(annotations) ? annotations.filter(isJsonObject) : [];
}

function reasoningItemsOf(part: ReasoningPart): InputItem[] {
  const item = itemOf(part);
  if (item === undefined) return [];
  const { summary } = item;
  return isReadable(item) ? [{ ...item, type: "reasoning", summary: isJsonList(summary) ? summary.filter(isJsonObject) : [] }] : [];
}

/** Whether the server can read a reasoning item that comes back: its sealed thoughts or their text. */
export function isReadable({ encrypted_content: sealed, content }: JsonObject): boolean {
  return (typeof sealed === "string" && sealed !== "") || (isJsonList(content) && content.length > 0);
}

function callItemOf(part: ToolCallPart | InvalidToolCallPart): InputItem {
  const { id, name, json } = part;
  return { ...itemOf(part), type: "function_call", call_id: id, name, arguments: json.trim() === "" ? "{}" : json };
}

/** The rules let only items through, which have a type. */
function ownItemsOf({ data }: ProviderPart): InputItem[] {
  const { type } = data;
  return typeof type === "string" ? [{ ...data, type }] : [];
}

function itemOf({ providerMetadata }: AssistantPart): JsonObject | undefined {
  const item = providerMetadata?.[vendor]?.["item"];
  return isJsonObject(item) ? item : undefined;
}

function unknownKind(part: never, provider: string, place: string): Error {
  return unsupported(provider, `${place} is ${JSON.stringify(part).slice(0, 80)}, of a kind that an assistant message cannot hold.`);
}
