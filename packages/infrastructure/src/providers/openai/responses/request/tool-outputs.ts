import type { ToolMessage, ToolResultPart } from "@chatport/domain";
import { unsupported } from "../../../../http/request-checks.js";
import { textOf } from "../../request/tool-results.js";
import type { FunctionCallOutput, InputContentPart } from "../models/request-input.js";
import { inputImageOf, inputTextOf } from "./input-content.js";

/**
 * The results of tools, one item each: texts alone are joined by line breaks into a plain string; with images, or a cache breakpoint, they are a list, in its
 * order. There is no error flag: the text of a failed result begins with "Error".
 *
 * @throws {RequestException} `unsupported` for a part of a kind that is not known.
 */
export function toolOutputsOf({ content }: ToolMessage, provider: string, place: string): FunctionCallOutput[] {
  return content.map((result, index) => ({
    type: "function_call_output",
    call_id: result.callId,
    output: outputOf(result, provider, `${place}.content[${index}]`),
  }));
}

function outputOf(result: ToolResultPart, provider: string, place: string): string | InputContentPart[] {
  const parts = result.content.map((part, index) => outputPartOf(part, provider, `${place}.content[${index}]`));
  if (parts.every((part) => part.type === "input_text" && part.prompt_cache_breakpoint === undefined)) return textOf(result, 0);
  return result.isError === true ? markedAsFailed(result, parts) : parts;
}

/** With the word in its first text, or in one before all if it has none. */
function markedAsFailed(result: ToolResultPart, parts: readonly InputContentPart[]): InputContentPart[] {
  const first = parts.findIndex(({ type }) => type === "input_text");
  const text = textOf({ ...result, content: result.content.slice(first, first + 1) }, 0);
  if (first === -1) return [{ type: "input_text", text }, ...parts];
  return parts.map((part, index) => (index === first && part.type === "input_text" ? { ...part, text } : part));
}

function outputPartOf(part: ToolResultPart["content"][number], provider: string, place: string): InputContentPart {
  if (part.type === "text") return inputTextOf(part, provider, place);
  if (part.type === "image") return inputImageOf(part, provider, place);
  throw unsupported(provider, `${place} is ${JSON.stringify(part satisfies never).slice(0, 80)}: a tool result holds text and images.`);
}
