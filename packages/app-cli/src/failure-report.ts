import { type ChatException, type ChatExceptionCode, isChatException, type JsonObject } from "@chatport/domain";
import { SetupException } from "./answerer.js";
import { singleLine } from "./control-filter.js";
import { exitCodeOf, exitCodes } from "./exit-code.js";
import type { Outputs } from "./answer-writer.js";
import { Interruption } from "./interruption.js";
import { writeJsonLine } from "./json-lines.js";
import type { Output } from "./output.js";

/** A failure, as a person and as a program is told of it. */
interface FailureReport {
  readonly exitCode: number;
  /** One line: what went wrong, where, and what to do. */
  readonly line: string;
  /** The line that ends `--json` output. */
  readonly record: FailureRecord;
}

interface FailureRecord extends JsonObject {
  readonly type: "error";
  /** A `ChatExceptionCode`, `usage`, `configuration` or `unexpected`. */
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
}

/** Tells of a failure on standard error, and to a program (`json`) on standard output too. Returns the exit status. An interruption needs no words. */
export async function writeFailure(error: unknown, outputs: Outputs, json: boolean): Promise<number> {
  if (error instanceof Interruption) return error.exitCode;
  const { line, record, exitCode } = reportFailure(error);
  if (json) await writeJsonLine(record, outputs.answer);
  await outputs.notes.write(`${outputs.notes.styled("red", `chatport: ${line}`)}\n`);
  return exitCode;
}

/** Tells a program that it was used wrongly; the person has been told. */
export async function writeUsageFailure(message: string, answer: Output): Promise<void> {
  const record: FailureRecord = { type: "error", code: "usage", message: singleLine(message), retryable: false };
  await writeJsonLine(record, answer);
}

/** What to tell of whatever was thrown. */
function reportFailure(error: unknown): FailureReport {
  if (isChatException(error)) return reportChatException(error);
  const message = error instanceof Error ? error.message : String(error);
  const known = error instanceof SetupException;
  return {
    exitCode: known ? exitCodes.configuration : exitCodes.unexpected,
    line: singleLine(known ? message : `unexpected error: ${message}`),
    record: { type: "error", code: known ? "configuration" : "unexpected", message: singleLine(message), retryable: false },
  };
}

function reportChatException(exception: ChatException): FailureReport {
  const { code, provider, retryable, status, providerCode, requestId, retryAfterMs } = exception;
  const message = singleLine(exception.message);
  const attempts = (exception.attempts?.length ?? 0) + 1;
  const known = Object.entries({ provider, status, providerCode, requestId, retryAfterMs }).filter(([, value]) => value !== undefined);
  return {
    exitCode: exitCodeOf(code),
    line: singleLine(`${provider}: ${ended(message)} ${advice(exception)}${attempts === 1 ? "" : ` (${attempts} attempts)`}`),
    record: { type: "error", code, message, retryable, ...Object.fromEntries(known) },
  };
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

function advice({ code, message, partial, retryAfterMs }: ChatException): string {
  // What had begun well needs no other address and no other time.
  if (partial !== undefined && partial.content.length > 0 && breaksOff.has(code)) return "The answer above is not whole; ask again.";
  switch (code) {
    case "authentication":
      return "Check the key: OPENAI_API_KEY, or the provider's apiKey in chatport.toml.";
    case "permission":
      return "The key is valid but may not do this: check its project, or choose another model with --model.";
    case "rate-limit":
      return retryAfterMs === undefined ? "Try again later." : `Try again in ${Math.ceil(retryAfterMs / 1000)} s.`;
    case "quota":
      return "Check the plan and billing of the account behind the key.";
    case "network":
      return "Check the connection and the base URL (OPENAI_BASE_URL, or baseUrl in chatport.toml).";
    case "timeout":
    case "unavailable":
      return "Try again later.";
    case "truncated":
      return "Ask again.";
    case "malformed":
      return "Check that the base URL (OPENAI_BASE_URL, or baseUrl in chatport.toml) is that of a chat API.";
    case "context-overflow":
      return "Shorten the prompt, or choose a model with a larger context with --model.";
    case "not-found":
      // Our own message for a server that was named without a model lists its models, and says this itself.
      return message.includes("--model") ? "" : "Check the model's name (--model) and the base URL.";
    case "content-filter":
      return "Rephrase the prompt.";
    case "unsupported":
      return "Choose another provider with --provider.";
    case "invalid-request":
      return "";
  }
}

/** The codes of an answer that breaks off, when it had begun. */
const breaksOff: ReadonlySet<ChatExceptionCode> = new Set(["network", "timeout", "truncated", "malformed", "unavailable"]);
