import type { Json, JsonObject } from "./json.js";

/**
 * Opaque state by vendor, to be echoed in the next turn: reasoning signatures, thought signatures, tool-call fields that only one vendor knows.
 * Applications keep it and never read it.
 */
export type ProviderMetadata = Readonly<Record<string, JsonObject>>;

interface PartBase {
  readonly providerMetadata?: ProviderMetadata;
}

/** Text, as Markdown where the author writes Markdown. */
export interface TextPart extends PartBase {
  readonly type: "text";
  readonly text: string;
}

/** Where an image or a file comes from: bytes in base64 (no `data:` prefix), or a URL that the provider fetches. */
export type MediaSource = { readonly base64: string } | { readonly url: string };

/** An image that the model is to see. */
export interface ImagePart extends PartBase {
  readonly type: "image";
  readonly source: MediaSource;
  /** IANA media type, such as `image/png`. */
  readonly mediaType: string;
}

/** A document or an audio clip that the model is to read. */
export interface FilePart extends PartBase {
  readonly type: "file";
  readonly source: MediaSource;
  /** IANA media type, such as `application/pdf`. */
  readonly mediaType: string;
  readonly name?: string;
}

/** What the model thought before it answered, as far as the provider tells. */
export interface ReasoningPart extends PartBase {
  readonly type: "reasoning";
  readonly text: string;
}

/** The model's own words when it declines. */
export interface RefusalPart extends PartBase {
  readonly type: "refusal";
  readonly text: string;
}

/** A tool that the model asks the application to run. */
export interface ToolCallPart extends PartBase {
  readonly type: "tool-call";
  readonly id: string;
  readonly name: string;
  /** The parsed arguments; empty arguments are `{}`. */
  readonly input: Json;
  /** The arguments exactly as received. */
  readonly json: string;
}

/** A call whose arguments are cut or broken: to be shown, never to be run. Nothing repairs it. */
export interface InvalidToolCallPart extends PartBase {
  readonly type: "invalid-tool-call";
  readonly id: string;
  readonly name: string;
  /** The arguments exactly as received. */
  readonly json: string;
}

/** What a tool returned for one call. */
export interface ToolResultPart extends PartBase {
  readonly type: "tool-result";
  readonly callId: string;
  readonly name: string;
  readonly content: readonly (TextPart | ImagePart)[];
  /** True when the tool failed. Default false. */
  readonly isError?: boolean;
}

/** What only one vendor knows (server tools, citations, generated images): kept, not lost. */
export interface ProviderPart extends PartBase {
  readonly type: "provider";
  readonly vendor: string;
  readonly data: JsonObject;
}

export type UserPart = TextPart | ImagePart | FilePart;
export type AssistantPart = TextPart | ReasoningPart | RefusalPart | ToolCallPart | InvalidToolCallPart | ProviderPart;

export interface SystemMessage {
  readonly role: "system";
  readonly content: readonly TextPart[];
}

export interface UserMessage {
  readonly role: "user";
  readonly content: readonly UserPart[];
}

export interface AssistantMessage {
  readonly role: "assistant";
  readonly content: readonly AssistantPart[];
}

export interface ToolMessage {
  readonly role: "tool";
  readonly content: readonly ToolResultPart[];
}

/** One message of a conversation: a value. Identity, order and time belong to conversations. */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** A text part. */
export function text(value: string): TextPart {
  return { type: "text", text: value };
}

/** A system message: instructions to the model. */
export function systemMessage(content: string | readonly TextPart[]): SystemMessage {
  return { role: "system", content: parts(content) };
}

/** A user message: `userMessage("hi")`, or parts with images and files. */
export function userMessage(content: string | readonly UserPart[]): UserMessage {
  return { role: "user", content: parts(content) };
}

/** An assistant message: what a model answered, or an example of how it should. */
export function assistantMessage(content: string | readonly AssistantPart[]): AssistantMessage {
  return { role: "assistant", content: parts(content) };
}

/** A tool message: the results of the calls that the preceding assistant message made. */
export function toolMessage(...results: readonly ToolResultPart[]): ToolMessage {
  return { role: "tool", content: results };
}

/** The result of one call, from the call itself, so that id and name cannot be mixed up. */
export function toolResult(
  call: Pick<ToolCallPart, "id" | "name">,
  content: string | ToolResultPart["content"],
  isError = false,
): ToolResultPart {
  const result = { type: "tool-result", callId: call.id, name: call.name, content: parts(content) } as const;
  return isError ? { ...result, isError } : result;
}

function parts<Part>(content: string | readonly Part[]): readonly (Part | TextPart)[] {
  return typeof content === "string" ? [text(content)] : content;
}
