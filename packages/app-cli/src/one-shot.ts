import { type CallOptions, type ChatRequest, complete, systemMessage, userMessage } from "@chatport/domain";
import type { Answerer } from "./answerer.js";
import type { Outputs } from "./answer-writer.js";
import { exitCodes } from "./exit-code.js";
import { writeFailure } from "./failure-report.js";
import { writeEventLines, writeJsonLine } from "./json-lines.js";
import { askUntilEnd, showAnswer } from "./show-answer.js";

export interface OneShot {
  readonly prompt: string;
  readonly system?: string | undefined;
  readonly json: boolean;
  readonly stream: boolean;
}

/** Asks once and prints the answer; what had come of one that failed or was interrupted stays printed. Returns the exit status. */
export async function answerOnce(
  question: OneShot,
  { provider, placeOf }: Answerer,
  outputs: Outputs,
  signal: AbortSignal,
): Promise<number> {
  const request: ChatRequest = {
    messages: [...(question.system === undefined ? [] : [systemMessage(question.system)]), userMessage(question.prompt)],
  };
  const options: CallOptions = { signal, delivery: question.stream ? "stream" : "whole" };
  try {
    if (!question.json) await showAnswer(provider, request, options, outputs);
    else if (question.stream) await writeEventLines(askUntilEnd(provider, request, options), outputs.answer);
    else await writeJsonLine({ type: "completion", ...(await complete(provider, request, options)) }, outputs.answer);
    // The last words may not have been taken.
    signal.throwIfAborted();
    return exitCodes.success;
  } catch (error) {
    return await writeFailure(error, outputs, question.json, placeOf);
  }
}
