import type { Json, JsonObject, ProviderMetadata, ProviderPart } from "@chatport/domain";
import { FilterHits } from "./filter-hits.js";
import type { ChatCompletionChunk, Choice, ContentPart, Delta } from "./models.js";
import { opaqueState } from "./opaque-state.js";
import { mergeReasoningDetails } from "./reasoning-details.js";
import { vendor } from "./vendor.js";

/**
 * What an answer holds beside text, reasoning and calls, so that it is kept instead of lost: citations, search results, generated images and what Azure's
 * content filters found become provider parts; `reasoning_details` and `extra_content` are opaque state to echo; token probabilities that were asked for go with their text.
 */
export class AnswerExtras {
  readonly #origin: string | undefined;
  readonly #lists = new Map<string, Json[]>();
  readonly #filterHits = new FilterHits();
  #functionCall: { name: string; arguments: string } | undefined;
  #reasoningDetails: JsonObject[] = [];
  #logprobs: Json[] = [];
  #extraContent: JsonObject | undefined;

  /** @param origin the server that answers, where it is known */
  constructor(origin?: string) {
    this.#origin = origin;
  }

  ofChunk(chunk: ChatCompletionChunk): void {
    // Named one by one: this runs for every chunk, and a lookup by a variable key costs several times as much.
    // Perplexity and xAI repeat these whole in every chunk.
    if (chunk["citations"]) this.#lists.set("citations", jsonOf(chunk["citations"]));
    if (chunk["search_results"]) this.#lists.set("search_results", jsonOf(chunk["search_results"]));
    if (chunk["prompt_filter_results"]) this.#filterHits.ofPrompt(chunk["prompt_filter_results"]);
    if (chunk["prompt_annotations"]) this.#filterHits.ofPrompt(chunk["prompt_annotations"]);
    const choice = chunk.choices?.find(({ index }) => !index);
    if (choice?.["content_filter_results"]) this.#filterHits.ofChoice(choice["content_filter_results"], choice["content_filter_offsets"]);
  }

  ofChoice({ logprobs }: Choice): void {
    // One by one: as arguments of one call, a long list would overflow the stack.
    for (const list of [logprobs?.content, logprobs?.refusal]) for (const item of jsonOf(list)) this.#logprobs.push(item);
  }

  ofDelta(delta: Delta): void {
    if (delta.reasoning_details) mergeReasoningDetails(this.#reasoningDetails, delta.reasoning_details);
    if (delta.extra_content) this.#extraContent = { ...this.#extraContent, ...delta.extra_content };
    if (delta.function_call) this.#addFunctionCall(delta.function_call.name ?? "", delta.function_call.arguments ?? "");
    // Citations of OpenAI and OpenRouter, and the images and sound of models that make such, come piece by piece.
    if (delta.annotations) this.#add("annotations", delta.annotations);
    if (delta["images"]) this.#add("images", delta["images"]);
    if (delta.audio) this.#add("audio", [delta.audio]);
  }

  /** A part of a content array that is neither text nor thinking, such as Mistral's references. */
  ofContentPart(part: ContentPart): void {
    this.#add("content", [part]);
  }

  /** Takes the opaque state that goes with a text-like part that ends now. */
  takeMetadata(kind: "text" | "reasoning" | "refusal"): ProviderMetadata | undefined {
    const data: Record<string, Json> = {};
    if (kind === "reasoning") {
      if (this.#reasoningDetails.length > 0) data["reasoning_details"] = this.#reasoningDetails;
      this.#reasoningDetails = [];
    } else {
      if (this.#logprobs.length > 0) data["logprobs"] = this.#logprobs;
      if (this.#extraContent !== undefined) data["extra_content"] = this.#extraContent;
      this.#logprobs = [];
      this.#extraContent = undefined;
    }
    return Object.keys(data).length === 0 ? undefined : opaqueState(data, this.#origin);
  }

  /** What has no other place, when the answer is complete. */
  parts(): readonly ProviderPart[] {
    const lists = [...this.#lists].filter(([, list]) => list.length > 0).map(([key, list]) => ({ [key]: list }));
    const parts = [...lists, ...this.#filterHits.parts].map((data) => this.#part(data));
    return this.#functionCall === undefined ? parts : [...parts, this.#part({ function_call: this.#functionCall })];
  }

  #part(data: JsonObject): ProviderPart {
    const part: ProviderPart = { type: "provider", vendor, data };
    return this.#origin === undefined ? part : { ...part, providerMetadata: opaqueState({}, this.#origin) };
  }

  #addFunctionCall(name: string, json: string | JsonObject): void {
    const call = (this.#functionCall ??= { name: "", arguments: "" });
    call.name ||= name;
    call.arguments += typeof json === "string" ? json : JSON.stringify(json);
  }

  #add(key: string, list: unknown): void {
    const items = this.#lists.get(key) ?? [];
    for (const item of jsonOf(list)) items.push(item);
    this.#lists.set(key, items);
  }
}

function jsonOf(list: unknown): Json[] {
  return Array.isArray(list) ? list.filter(isJson) : [];
}

/** Says in types what the loose schemas leave open: pieces of a parsed body are JSON. */
function isJson(value: unknown): value is Json {
  return value !== undefined;
}
