import type { ToolMessage, ToolResultPart } from "@chatport/domain";
import { unsupported } from "../../../http/request-checks.js";
import type { FunctionResponse, RequestPart } from "../models.js";
import { wireMediaOf } from "./media.js";

/**
 * The results of one or more tool messages as parts of one content: the API wants as many results in a turn as there were calls. The text of a result, its parts
 * joined by line breaks, is its `output`, that of a failed one its `error`; images go along as parts of the result, which models from Gemini 3 on take
 * (https://ai.google.dev/gemini-api/docs/function-calling#multimodal).
 *
 * @throws {RequestException} `unsupported` for a part of a kind that is not known.
 */
export function toolResultParts(messages: readonly ToolMessage[], provider: string): RequestPart[] {
  return messages.flatMap(({ content }) => content.map((result) => ({ functionResponse: functionResponseOf(result, provider) })));
}

function functionResponseOf(result: ToolResultPart, provider: string): FunctionResponse {
  const text: string[] = [];
  const parts: NonNullable<FunctionResponse["parts"]> = [];
  for (const [position, part] of result.content.entries()) {
    if (part.type === "text") text.push(part.text);
    else if (part.type === "image") parts.push(wireMediaOf(part, provider, `content[${position}] of the result of ${result.name}`));
    else
      throw unsupported(
        provider,
        `The result of ${result.name} holds ${JSON.stringify(part satisfies never).slice(0, 80)}: a tool result holds text and images.`,
      );
  }
  return {
    id: result.callId,
    name: result.name,
    response: { [result.isError === true ? "error" : "output"]: text.join("\n") },
    ...(parts.length > 0 && { parts }),
  };
}
