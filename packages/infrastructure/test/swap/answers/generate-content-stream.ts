import { serverSentEvent } from "./server-sent-event.js";
import { strangeId } from "./strange-id.js";

/** Pieces of https://ai.google.dev/api/generate-content#method:-models.streamgeneratecontent, with sources, which have no place in a request. */
export function generateContentStream(name: string): string {
  const parts = [
    { text: `REASON${name}MARK`, thought: true, thoughtSignature: `STATETHOUGHT${name}MARK` },
    { text: `TEXT${name}MARK` },
    { executableCode: { language: "PYTHON", code: `CODE${name}MARK` } },
    { codeExecutionResult: { outcome: "OUTCOME_OK", output: `OUTPUT${name}MARK` } },
    { functionCall: { name: "weather", args: { city: `ARGUMENTS${name}MARK` } }, thoughtSignature: `STATE${name}MARK` },
    { functionCall: { id: strangeId(name), name: "weather", args: { city: `ALSO${name}MARK` } } },
  ];
  const sources = {
    citationMetadata: { citationSources: [{ uri: `https://example.com/CITATION${name}MARK` }] },
    groundingMetadata: { webSearchQueries: [`GROUNDING${name}MARK`] },
  };
  const chunk = (part: object, rest: object = {}): string =>
    serverSentEvent({ candidates: [{ index: 0, content: { role: "model", parts: [part] }, ...rest }], modelVersion: "m", responseId: "1" });
  return `${parts.map((part) => chunk(part)).join("")}${chunk({ text: "" }, { finishReason: "STOP", ...sources })}`;
}
