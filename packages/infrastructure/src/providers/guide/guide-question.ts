import type { ChatRequest, UserMessage } from "@chatport/domain";
import { errorCodesIn } from "./error-codes.js";

/** What a conversation asks of the guide. */
export interface GuideQuestion {
  /** What the user asked last. */
  readonly text: string;
  /** What the user asked before that, newest first: follow-ups ("and with Docker?") lean on it. */
  readonly earlier: readonly string[];
  /** Whether the message is work for a language model: an instruction with a text to work on, or simply much text. */
  readonly isTask: boolean;
  /** Whether there are instructions of the system, which the guide cannot follow. */
  readonly hasInstructions: boolean;
}

/** Reads a request's messages as a question to the manual. Pure. */
export function questionOf(request: ChatRequest): GuideQuestion {
  const asked = request.messages.filter((message): message is UserMessage => message.role === "user").map(textOfMessage);
  const last = asked.at(-1) ?? "";
  // A prompt and what was piped in arrive as one message, parted by an empty line.
  const [instruction = "", ...rest] = last.split(/\n\s*\n/);
  const material = rest.join("\n\n");
  return {
    text: isTaskWith(instruction, material) ? instruction : last,
    earlier: asked
      .slice(0, -1)
      .map((message) => message.slice(0, questionLength))
      .toReversed(),
    isTask: isTaskWith(instruction, material) || last.length > questionLength,
    hasInstructions: request.messages.some(
      (message) => message.role === "system" && message.content.some((part) => part.text.trim() !== ""),
    ),
  };
}

/** In characters. Nobody asks a manual a longer question; it also bounds the work of the search. */
const questionLength = 1000;

/** In characters. What is longer is a text to work on, and not an error message to ask about. */
const quotationLength = 400;

const politeness = String.raw`(?:(?:please|kindly|now|hey|hi)[\s,]+)*(?:(?:can|could|would|will) you\s+(?:please\s+)?)?`;
const beginsWith = (verbs: string): RegExp => new RegExp(`^${politeness}(?:${verbs})\\b`, "i");

/** What the manual does as well, where the text is an error: it explains the error. */
const explaining = beginsWith("analy[sz]e|answer|debug|describe|explain|fix|help|read|review|solve");
const rewriting = beginsWith(
  "tl;?dr|summari[sz]e|translate|rewrite|rephrase|paraphrase|proofread|correct|shorten|condense|expand|extract|classify|categori[sz]e|convert|format|" +
    "refactor|improve|edit|count|list|continue|complete|compare|write|draft|compose|generate|reply|respond|sort|turn",
);
const speaksOfError = /\b(?:errors?|exceptions?|fail\w*|problem|wrong|crash\w*|log)\b/i;

function isTaskWith(instruction: string, material: string): boolean {
  const asked = instruction.trim();
  if (material.trim() === "") return false;
  if (rewriting.test(asked)) return true;
  if (errorCodesIn(material).length > 0) return material.length > (speaksOfError.test(asked) ? questionLength : quotationLength);
  return explaining.test(asked) || material.length > quotationLength;
}

function textOfMessage(message: UserMessage): string {
  return message.content
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n\n")
    .trim();
}
