import { type ChatException, isChatException, type JsonObject } from "@chatport/domain";
import { type SettingPlace, SetupException } from "./answerer.js";
import { singleLine } from "./control-filter.js";
import { exitCodeOf, exitCodes } from "./exit-code.js";
import { advice } from "./failure-advice.js";
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

/**
 * Tells of a failure on standard error, and to a program (`json`) on standard output too. Returns the exit status. An interruption needs no words.
 *
 * @param placeOf where the settings of providers stand. Default: unknown.
 */
export async function writeFailure(
  error: unknown,
  outputs: Outputs,
  json: boolean,
  placeOf: SettingPlace = () => undefined,
): Promise<number> {
  if (error instanceof Interruption) return error.exitCode;
  const { line, record, exitCode } = reportFailure(error, placeOf);
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
function reportFailure(error: unknown, placeOf: SettingPlace): FailureReport {
  if (isChatException(error)) return reportChatException(error, placeOf);
  const message = error instanceof Error ? error.message : String(error);
  const known = error instanceof SetupException;
  return {
    exitCode: known ? exitCodes.configuration : exitCodes.unexpected,
    line: singleLine(known ? message : `unexpected error: ${message}`),
    record: { type: "error", code: known ? "configuration" : "unexpected", message: singleLine(message), retryable: false },
  };
}

function reportChatException(exception: ChatException, placeOf: SettingPlace): FailureReport {
  const { code, provider, retryable, status, providerCode, requestId, retryAfterMs } = exception;
  const message = singleLine(exception.message);
  const known = Object.entries({ provider, status, providerCode, requestId, retryAfterMs }).filter(([, value]) => value !== undefined);
  return {
    exitCode: exitCodeOf(code),
    line: singleLine(`${provider}: ${ended(message)} ${advice(exception, placeOf)}${earlier(exception)}`),
    record: { type: "error", code, message, retryable, ...Object.fromEntries(known) },
  };
}

function ended(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** What had failed before: how often this provider, and with which words each other one. */
function earlier({ provider, attempts = [] }: ChatException): string {
  const own = attempts.filter((attempt) => attempt.provider === provider);
  const others = attempts.filter((attempt) => attempt.provider !== provider);
  const last = new Map(others.map((attempt) => [attempt.provider, attempt.exception]));
  const told = [...last].map(([name, exception]) => ` Before that, ${name}: ${ended(singleLine(exception.message))}`);
  return `${own.length === 0 ? "" : ` (${own.length + 1} attempts)`}${told.join("")}`;
}
