import type { Message, SystemMessage, ToolMessage, UserPart } from "@chatport/domain";
import { unsupported } from "../../../http/request-checks.js";
import type { Content, GenerateContentRequest, RequestPart } from "../models.js";
import { vendor } from "../vendor.js";
import { wireMediaOf } from "./media.js";
import { modelParts } from "./model-content.js";
import { toolResultParts } from "./tool-results.js";

export interface ContentsMapping {
  /** The provider's name, for exceptions. */
  readonly provider: string;
  /** Whether the model refuses calls that nobody signed. */
  readonly wantsSignatures: boolean;
}

/**
 * A conversation that has been adapted to the API. System messages at its beginning are the system instruction. A later one keeps its place as a content of the user
 * that says what it is, since the API has one instruction for the whole conversation. A conversation that ends with an answer that waits to be continued goes out
 * without that answer and with its token.
 *
 * @throws {RequestException} `unsupported` for a message or a part of a kind that is not known.
 */
export function contentsOf(
  messages: readonly Message[],
  mapping: ContentsMapping,
): Pick<GenerateContentRequest, "contents" | "systemInstruction" | "continuationToken"> {
  const firstOther = messages.findIndex(({ role }) => role !== "system");
  const leading = messages.slice(0, firstOther === -1 ? messages.length : firstOther).filter(isSystem);
  const { rest, continuationToken } = withoutContinued(messages.slice(leading.length));
  const instruction = leading.flatMap(({ content }) => content.map(({ text }) => ({ text })));
  return {
    contents: rest.flatMap((message, index) => contentOf(message, index, rest, mapping)),
    ...(instruction.length > 0 && { systemInstruction: { parts: instruction } }),
    ...(continuationToken !== undefined && { continuationToken }),
  };
}

function contentOf(
  message: Message,
  index: number,
  messages: readonly Message[],
  { provider, wantsSignatures }: ContentsMapping,
): Content[] {
  switch (message.role) {
    case "system":
      return turn(
        "user",
        message.content.map(({ text }) => ({ text: `System instruction: ${text}` })),
      );
    case "user":
      return turn(
        "user",
        message.content.map((part, position) => userPart(part, provider, `messages[${index}].content[${position}]`)),
      );
    case "assistant":
      return turn("model", modelParts(message.content, wantsSignatures, provider));
    case "tool":
      // The first of a run speaks for all of it.
      return messages[index - 1]?.role === "tool" ? [] : turn("user", toolResultParts(runFrom(messages, index), provider));
    default:
      throw unsupported(
        provider,
        `A message is ${JSON.stringify(message satisfies never).slice(0, 80)}: it has the role system, user, assistant or tool.`,
      );
  }
}

/** A content without parts is refused, and says nothing. */
function turn(role: Content["role"], parts: RequestPart[]): Content[] {
  return parts.length === 0 ? [] : [{ role, parts }];
}

function userPart(part: UserPart, provider: string, place: string): RequestPart {
  switch (part.type) {
    case "text":
      return { text: part.text };
    case "image":
    case "file":
      return wireMediaOf(part, provider, place);
    default:
      throw unsupported(
        provider,
        `A user message holds ${JSON.stringify(part satisfies never).slice(0, 80)}: it holds text, images and files.`,
      );
  }
}

function runFrom(messages: readonly Message[], start: number): readonly ToolMessage[] {
  const run: ToolMessage[] = [];
  for (let index = start; index < messages.length; index++) {
    const message = messages[index];
    if (message?.role !== "tool") break;
    run.push(message);
  }
  return run;
}

/**
 * An answer that ended with `CONTINUATION` goes on when the same request is made again with its token. Several in a row are the pieces of one answer, of which the
 * last knows where it stopped.
 */
function withoutContinued(messages: readonly Message[]): { readonly rest: readonly Message[]; readonly continuationToken?: string } {
  const continuationToken = tokenOf(messages.at(-1));
  if (continuationToken === undefined) return { rest: messages };
  const last = messages.findLastIndex((message) => tokenOf(message) === undefined);
  return { rest: messages.slice(0, last + 1), continuationToken };
}

function tokenOf(message: Message | undefined): string | undefined {
  if (message?.role !== "assistant") return undefined;
  const tokens = message.content.map(({ providerMetadata }) => providerMetadata?.[vendor]?.["continuationToken"]);
  return tokens.findLast((token) => typeof token === "string");
}

function isSystem(message: Message): message is SystemMessage {
  return message.role === "system";
}
