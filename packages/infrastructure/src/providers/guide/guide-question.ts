import type { ChatRequest, UserMessage } from "@chatport/domain";

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

const taskVerbs =
  /^(?:(?:please|kindly|now|hey|hi)[\s,]+)*(?:(?:can|could|would|will) you\s+(?:please\s+)?)?(?:tl;?dr|summari[sz]e|translate|rewrite|rephrase|paraphrase|proofread|correct|shorten|condense|expand|extract|classify|categori[sz]e|convert|format|review|refactor|improve|fix|edit|count|list|continue|complete|analy[sz]e|explain|describe|compare|answer|write|draft|compose|generate|read|reply|respond|sort|turn)\b/i;

function isTaskWith(instruction: string, material: string): boolean {
  return material.trim() !== "" && (taskVerbs.test(instruction.trim()) || material.length > quotationLength);
}

function textOfMessage(message: UserMessage): string {
  return message.content
    .flatMap((part) => (part.type === "text" ? [part.text] : []))
    .join("\n\n")
    .trim();
}
