import type { AssistantPart, ChatRequest, FilePart, ImagePart, Message, TextPart, ToolCallPart, ToolResultPart } from "@chatport/domain";
import { callArguments } from "../../../http/call-arguments.js";
import { unsupported } from "../../../http/request-checks.js";
import type { RequestMessage, RequestToolCall } from "../models.js";
import { vendor } from "../vendor.js";
import { imageOf, imagesIn } from "./images.js";

/**
 * The messages, one after the other, each where it stands. Answers of which nothing is left to say are left out.
 *
 * @throws {RequestException} `unsupported` for what a message of Ollama cannot hold.
 */
export function messagesOf(messages: ChatRequest["messages"], provider: string): RequestMessage[] {
  return messages.flatMap((message, index) => wireMessagesOf(message, provider, `messages[${index}]`));
}

function wireMessagesOf(message: Message, provider: string, place: string): readonly RequestMessage[] {
  switch (message.role) {
    case "system":
      return [{ role: "system", ...contentOf(message.content, provider, place, "\n") }];
    case "user":
      return [{ role: "user", ...contentOf(message.content, provider, place, "\n") }];
    case "assistant":
      return assistantMessagesOf(message.content, provider, place);
    case "tool":
      return message.content.map((result, index) => toolMessageOf(result, provider, `${place}.content[${index}]`));
    default:
      throw unsupported(provider, `${place} has the role ${roleOf(message)}, which Ollama does not know.`);
  }
}

function roleOf({ role }: { readonly role: unknown }): string {
  return JSON.stringify(role);
}

/** The text in one, and the images apart: a message of Ollama's has one place for each. */
function contentOf(
  parts: readonly (TextPart | ImagePart | FilePart)[],
  provider: string,
  place: string,
  separator: string,
): { content: string; images?: string[] } {
  const images = parts.flatMap((part, index) => imagesOf(part, provider, `${place}.content[${index}]`));
  const content = parts.flatMap((part) => (part.type === "text" ? [part.text] : [])).join(separator);
  return images.length === 0 ? { content } : { content, images };
}

function imagesOf(part: TextPart | ImagePart | FilePart, provider: string, place: string): readonly string[] {
  switch (part.type) {
    case "text":
      return [];
    case "image":
    case "file":
      // An image stays an image, whichever part it came in; other files are refused before.
      return [imageOf(part, provider, place)];
    default:
      throw unsupported(provider, `${place} is ${JSON.stringify(part).slice(0, 80)}, which such a message cannot hold in Ollama.`);
  }
}

function assistantMessagesOf(parts: readonly AssistantPart[], provider: string, place: string): readonly RequestMessage[] {
  const content = joined(parts, "text");
  const thinking = joined(parts, "reasoning");
  const calls = parts.flatMap((part, index) => callsOf(part, provider, `${place}.content[${index}]`));
  const images = parts.flatMap((part) => (part.type === "provider" ? imagesIn(part.data) : []));
  if (content === "" && thinking === "" && calls.length === 0 && images.length === 0) return [];
  return [
    {
      role: "assistant",
      content,
      ...(thinking !== "" && { thinking }),
      ...(calls.length > 0 && { tool_calls: calls }),
      ...(images.length > 0 && { images }),
    },
  ];
}

function joined(parts: readonly AssistantPart[], type: "text" | "reasoning"): string {
  return parts.flatMap((part) => (part.type === type ? [part.text] : [])).join("");
}

/** Refusals and invalid calls do not come here: the history's rules turn the ones into text and leave the others out. */
function callsOf(part: AssistantPart, provider: string, place: string): readonly RequestToolCall[] {
  switch (part.type) {
    case "tool-call":
      return [callOf(part)];
    case "text":
    case "reasoning":
    case "refusal":
    case "invalid-tool-call":
    case "provider":
      return [];
    default:
      throw unsupported(
        provider,
        `${place} is ${JSON.stringify(part satisfies never).slice(0, 80)}, which an answer cannot hold in Ollama.`,
      );
  }
}

function callOf(call: ToolCallPart): RequestToolCall {
  const { id, name, providerMetadata } = call;
  return { ...providerMetadata?.[vendor], id, function: { name, arguments: callArguments(call) } };
}

/** One message a result, with its images. There is no flag for a failed tool: its text begins with "Error". */
function toolMessageOf(result: ToolResultPart, provider: string, place: string): RequestMessage {
  const { content, ...rest } = contentOf(result.content, provider, place, "\n");
  const failed = result.isError === true && !/^\s*error\b/iu.test(content);
  const said = failed ? (content === "" ? "Error" : `Error: ${content}`) : content;
  return { role: "tool", content: said, tool_name: result.name, tool_call_id: result.callId, ...rest };
}
