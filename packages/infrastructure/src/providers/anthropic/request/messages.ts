import type { Message, ToolResultPart, UserPart } from "@chatport/domain";
import { invalidRequest, unsupported } from "../../../http/request-checks.js";
import type { SystemMessages } from "../anthropic-config.js";
import type { RequestImage, RequestMessage, RequestText, RequestToolResult, UserBlock } from "../models.js";
import { assistantBlocksOf, textBlockOf } from "./assistant-content.js";
import { documentBlockOf, imageBlockOf } from "./media.js";

interface MessageMapping {
  readonly provider: string;
  readonly systemMessages: SystemMessages;
}

interface Conversation {
  readonly system?: RequestText[];
  readonly messages: RequestMessage[];
}

/**
 * The conversation in wire messages. Neighbours of one role become one message, as the API would make of them; in a user's, results of tools come first, which
 * the API demands.
 *
 * @throws {RequestException} `unsupported` or `invalid-request`, naming the part's place.
 */
export function conversationOf(messages: readonly Message[], mapping: MessageMapping): Conversation {
  const system: RequestText[] = [];
  const turns: RequestMessage[] = [];
  for (const [index, message] of messages.entries()) {
    const turn = messageOf(message, mapping.provider, `messages[${index}]`);
    if (turn.content.length === 0) continue;
    if (turn.role === "system" && (turns.length === 0 || mapping.systemMessages === "top")) system.push(...turn.content);
    else append(turns, turn);
  }
  for (const turn of turns) if (turn.role === "user") turn.content = resultsFirst(turn.content);
  return { ...(system.length > 0 && { system }), messages: turns };
}

function messageOf(message: Message, provider: string, place: string): RequestMessage {
  switch (message.role) {
    case "system":
      return { role: "system", content: message.content.flatMap((part) => textBlockOf(part.text)) };
    case "user":
      return { role: "user", content: userBlocksOf(message.content, provider, place) };
    case "assistant":
      return { role: "assistant", content: assistantBlocksOf(message.content) };
    case "tool":
      return {
        role: "user",
        content: message.content.map((result, index) => toolResultOf(result, provider, `${place}.content[${index}]`)),
      };
    default:
      throw unknownRole(message, provider, place);
  }
}

function append(turns: RequestMessage[], turn: RequestMessage): void {
  const last = turns.at(-1);
  if (last?.role === "user" && turn.role === "user") last.content.push(...turn.content);
  else if (last?.role === "assistant" && turn.role === "assistant") last.content.push(...turn.content);
  else if (last?.role === "system" && turn.role === "system") last.content.push(...turn.content);
  else turns.push(turn);
}

function resultsFirst(blocks: readonly UserBlock[]): UserBlock[] {
  return [...blocks.filter(({ type }) => type === "tool_result"), ...blocks.filter(({ type }) => type !== "tool_result")];
}

function userBlocksOf(parts: readonly UserPart[], provider: string, place: string): UserBlock[] {
  const blocks = parts.flatMap((part, index) => userBlockOf(part, provider, `${place}.content[${index}]`));
  if (blocks.length === 0) throw invalidRequest(provider, `${place} is empty: a user's message holds text, an image or a file.`);
  return blocks;
}

function userBlockOf(part: UserPart, provider: string, place: string): UserBlock[] {
  switch (part.type) {
    case "text":
      return textBlockOf(part.text);
    case "image":
      return [imageBlockOf(part, provider, place)];
    case "file":
      return [documentBlockOf(part, provider, place)];
    default:
      throw unknownPart(part, provider, place);
  }
}

/** What a failed tool said. The API refuses nothing: "content cannot be empty if `is_error` is true" (github.com/bytedance/trae-agent/issues/230). */
const failedWithoutWords: RequestText = { type: "text", text: "Error" };

function toolResultOf({ callId, content, isError }: ToolResultPart, provider: string, place: string): RequestToolResult {
  const blocks = content.flatMap((part, index): (RequestText | RequestImage)[] =>
    part.type === "text" ? textBlockOf(part.text) : [imageBlockOf(part, provider, `${place}.content[${index}]`)],
  );
  if (isError === true && blocks.length === 0) blocks.push(failedWithoutWords);
  return {
    type: "tool_result",
    tool_use_id: callId,
    ...(blocks.length > 0 && { content: blocks }),
    ...(isError === true && { is_error: true }),
  };
}

function unknownRole(message: never, provider: string, place: string): Error {
  return unsupported(
    provider,
    `${place} is ${JSON.stringify(message).slice(0, 80)}: a message has the role system, user, assistant or tool.`,
  );
}

function unknownPart(part: never, provider: string, place: string): Error {
  return unsupported(provider, `${place} is ${JSON.stringify(part).slice(0, 80)}: a user's message holds text, images and files.`);
}
