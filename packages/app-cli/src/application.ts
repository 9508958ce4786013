import { setImmediate } from "node:timers/promises";
import type { AdministrationSource } from "./administration/administration.js";
import { administrationIn, readAdministrationCommand } from "./administration/administration-command.js";
import { runAdministration } from "./administration/run-administration.js";
import type { Answerer, AnswererSource } from "./answerer.js";
import type { Outputs } from "./answer-writer.js";
import { type CommandLine, readCommandLine } from "./command-line.js";
import { exitCodes } from "./exit-code.js";
import { writeFailure, writeUsageFailure } from "./failure-report.js";
import { listenForSignals, outputFailed } from "./interruption.js";
import { answerOnce } from "./one-shot.js";
import { Output, type OutputStream } from "./output.js";
import { readPrompt } from "./prompt.js";

/** The three standard streams. */
export interface StandardStreams {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
}

export interface Application {
  /** Arguments, without node and the script. */
  readonly args: readonly string[];
  readonly version: string;
  readonly streams: StandardStreams;
  readonly source: AnswererSource;
  readonly administration: AdministrationSource;
}

/** The whole program. Returns the exit status; nothing is thrown. */
export async function runApplication({ args, version, streams, source, administration }: Application): Promise<number> {
  const { stdin, stdout, stderr } = streams;
  // Help is written before there is an Output to judge errors, and a reader that has gone is none.
  for (const stream of [stdout, stderr]) stream.on("error", () => {});
  const writers = { out: (text: string) => stdout.write(text), err: (text: string) => stderr.write(text) };
  const command = administrationIn(args);
  const commandLine = command === undefined ? readCommandLine(args, version, writers) : readAdministrationCommand(command, writers);
  if ("exitCode" in commandLine) {
    if (commandLine.problem !== undefined) await writeUsageFailure(commandLine.problem, new Output(stdout, false, () => {}));
    return commandLine.exitCode;
  }
  const interruption = new AbortController();
  const interrupt = (reason: Error): void => interruption.abort(reason);
  const outputs: Outputs = {
    answer: new Output(stdout, commandLine.colour, (error) => interrupt(outputFailed(error))),
    notes: new Output(stderr, commandLine.colour, () => {}),
  };
  const stopListening = listenForSignals(interrupt);
  try {
    const { signal } = interruption;
    if (!("action" in commandLine)) return await answer(commandLine, { stdin, stdout, source, outputs, signal });
    const status = await runAdministration(commandLine.action, await administration(commandLine.selection), outputs, {
      ...commandLine,
      signal,
    });
    // What could not be written, to a full disk, has not been done.
    signal.throwIfAborted();
    return status;
  } catch (error) {
    await heardSignals();
    return await writeFailure(interruption.signal.aborted ? interruption.signal.reason : error, outputs, commandLine.json);
  } finally {
    stopListening();
  }
}

/** Resolves when a signal that has come is told of: while a key's command runs, nothing is, and a Ctrl-C ends the command too. */
async function heardSignals(): Promise<void> {
  // Signals are read between two rounds of immediates.
  await setImmediate();
  await setImmediate();
}

interface Surroundings {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: OutputStream;
  readonly source: AnswererSource;
  readonly outputs: Outputs;
  readonly signal: AbortSignal;
}

async function answer(commandLine: CommandLine, { stdin, stdout, source, outputs, signal }: Surroundings): Promise<number> {
  const isConversation =
    commandLine.prompt === "" && !commandLine.readsInput && !commandLine.json && stdin.isTTY && outputs.answer.isTerminal;
  const tell = (note: string): void => outputs.notes.post(`${outputs.notes.styled("dim", `chatport: ${note}`)}\n`);
  const prompt = isConversation ? undefined : await readPrompt(commandLine, stdin, signal, tell);
  if (!isConversation && prompt === undefined) {
    const problem = 'there is no prompt: pass one ("chatport hello") or pipe one in; chatport --help tells more';
    if (commandLine.json) await writeUsageFailure(problem, outputs.answer);
    await outputs.notes.write(`chatport: ${problem}\n`);
    return exitCodes.usage;
  }
  const answerer = await source.open(commandLine.selection);
  try {
    signal.throwIfAborted();
    introduce(answerer, outputs, tell);
    if (prompt !== undefined) return await answerOnce({ ...commandLine, prompt }, answerer, outputs, signal);
    // Loaded when needed: a one-shot answer should not wait for a line editor.
    const { converse } = await import("./conversation/converse.js");
    const { provider, placeOf } = answerer;
    return await converse({ ...commandLine, provider, placeOf, outputs, stdin, stdout, signal });
  } finally {
    await answerer.close();
  }
}

/** Says who answers: to a person who watches, always; in a log, only what must be known. */
function introduce({ description, notices }: Answerer, { notes }: Outputs, tell: (note: string) => void): void {
  if (notes.isTerminal) tell(description);
  for (const notice of notices) tell(notice);
}
