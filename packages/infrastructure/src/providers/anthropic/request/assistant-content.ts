import type { AssistantPart, JsonObject, ReasoningPart, TextPart, ToolCallPart } from "@chatport/domain";
import { callArguments } from "../../../http/call-arguments.js";
import { isJsonObject } from "../../../http/json.js";
import { type AssistantBlock, isTypedObject, type RequestText } from "../models.js";
import { vendor } from "../vendor.js";

/**
 * An earlier answer, in the blocks that it came in: thinking with its signature, calls and text with what the API put beside them, blocks of server tools as
 * they were.
 */
export function assistantBlocksOf(parts: readonly AssistantPart[]): AssistantBlock[] {
  return parts.flatMap((part) => {
    switch (part.type) {
      case "text":
      case "refusal":
        return textBlockOf(part.text, part.type === "text" ? citationsOf(part) : {});
      case "reasoning":
        return thinkingBlockOf(part);
      case "tool-call":
        return [toolUseBlockOf(part)];
      case "provider":
        // The history leaves out what is no block.
        return isTypedObject(part.data) ? [part.data] : [];
      case "invalid-tool-call":
        // The history leaves them out, with their results.
        return [];
    }
  });
}

/** A text block; none for blank text, which the API refuses. */
export function textBlockOf(text: string, extra: Pick<RequestText, "citations"> = {}): RequestText[] {
  return text.trim() === "" ? [] : [{ type: "text", text, ...extra }];
}

/** The history leaves out what another model thought. */
function thinkingBlockOf({ text, providerMetadata }: ReasoningPart): AssistantBlock[] {
  const { signature, redacted } = providerMetadata?.[vendor] ?? {};
  if (typeof redacted === "string") return [{ type: "redacted_thinking", data: redacted }];
  return typeof signature === "string" ? [{ type: "thinking", thinking: text, signature }] : [];
}

function citationsOf({ providerMetadata }: TextPart): Pick<RequestText, "citations"> {
  const citations = providerMetadata?.[vendor]?.["citations"];
  if (!Array.isArray(citations) || citations.length === 0) return {};
  return { citations: citations.filter(isJsonObject).map(withoutFileId) };
}

/** `file_id` is in the citations of answers and not in those of requests (`TextCitation` and `TextCitationParam` of Anthropic's own client). */
function withoutFileId({ file_id: _fileId, ...citation }: JsonObject): JsonObject {
  return citation;
}

function toolUseBlockOf(call: ToolCallPart): AssistantBlock {
  const { id, name, providerMetadata } = call;
  return { ...providerMetadata?.[vendor], type: "tool_use", id, name, input: callArguments(call) };
}
