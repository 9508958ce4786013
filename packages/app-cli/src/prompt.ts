import type { CommandLine } from "./command-line.js";
import { readStandardInput, type ReadingOptions, standardInputKind } from "./standard-input.js";

/**
 * The prompt of a one-shot call: the command line's words, and after a blank line what standard input holds. Undefined: there is none.
 *
 * A terminal is read only when `-` asks for it. A pipe is read to its end, however slow its writer is; after three seconds of silence `tell` hears what
 * is being waited for. A socket beside a prompt that is silent for a second is given up: programs that start others pass one and often never write to it
 * nor close it (Node.js's `execFile`).
 */
export async function readPrompt(
  commandLine: CommandLine,
  input: NodeJS.ReadStream,
  signal: AbortSignal,
  tell: (note: string) => void,
): Promise<string | undefined> {
  const kind = standardInputKind();
  const reads = commandLine.readsInput || (kind !== "terminal" && kind !== "closed");
  const givesUp = kind === "socket" && commandLine.prompt !== "" && !commandLine.readsInput;
  const onSilence: ReadingOptions["onSilence"] = () => {
    if (kind !== "terminal") {
      tell(givesUp ? "nothing came on standard input: going on without it" : "waiting for standard input (end it with </dev/null)");
    }
    return !givesUp;
  };
  const piped = reads ? await readStandardInput(input, { signal, onSilence, silentMs: givesUp ? 1000 : 3000 }) : "";
  const prompt = [commandLine.prompt, piped].filter((part) => part.trim() !== "").join("\n\n");
  return prompt === "" ? undefined : prompt;
}
