import type { ToolMessage, ToolResultPart } from "@chatport/domain";
import type { RequestMessage, UserContentPart } from "../models.js";
import { unsupported } from "../../../http/request-checks.js";
import { imageContentPartOf } from "./user-content.js";

/**
 * A run of tool messages: one wire message a result, then one user message with the images of all of them, because a wire result holds text alone and nothing
 * may stand between a call's results. The text parts of a result are joined by line breaks; the text of a failed one begins with "Error".
 *
 * @param start the place of the run's first message in the conversation.
 * @throws {RequestException} `unsupported` for a part of a kind that is not known.
 */
export function toolMessagesOf(run: readonly ToolMessage[], provider: string, start: number): RequestMessage[] {
  const results: RequestMessage[] = [];
  const pictures: UserContentPart[] = [];
  for (const [offset, message] of run.entries()) {
    for (const [index, result] of message.content.entries()) {
      const place = `messages[${start + offset}].content[${index}]`;
      const images = imagesOf(result, provider, place);
      results.push({ role: "tool", tool_call_id: result.callId, content: textOf(result, images.length) });
      if (images.length > 0) pictures.push({ type: "text", text: `Images in the result of ${nameOf(result)}:` }, ...images);
    }
  }
  return pictures.length === 0 ? results : [...results, { role: "user", content: pictures }];
}

/**
 * The text of a result, its parts joined by line breaks; that of a failed one begins with "Error".
 *
 * @param images how many images of the result are sent elsewhere
 */
export function textOf({ content, isError = false }: ToolResultPart, images: number): string {
  const text = content.flatMap((part) => (part.type === "text" ? [part.text] : [])).join("\n");
  const said = text === "" && images > 0 ? "The result is in the images that follow the tool results." : text;
  // The one way to say it: the wire has no flag. Most failing tools already begin so themselves.
  if (!isError || /^\s*error\b/iu.test(said)) return said;
  return said === "" ? "Error" : `Error: ${said}`;
}

function imagesOf({ content }: ToolResultPart, provider: string, place: string): UserContentPart[] {
  return content.flatMap((part, index) => {
    const at = `${place}.content[${index}]`;
    if (part.type === "text") return [];
    if (part.type === "image") return [imageContentPartOf(part, provider, at)];
    throw unsupported(provider, `${at} is ${JSON.stringify(part satisfies never).slice(0, 80)}: a tool result holds text and images.`);
  });
}

function nameOf({ name, callId }: ToolResultPart): string {
  return `the tool call ${name} (${callId})`;
}
