import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { Selection } from "./answerer.js";
import { exitCodes } from "./exit-code.js";

/** What was asked for on the command line. */
export interface CommandLine {
  /** The prompt's words, without `-`. Empty: the prompt comes from standard input or is typed. */
  readonly prompt: string;
  /** `-` was among the words: standard input is read whatever it is. */
  readonly readsInput: boolean;
  readonly selection: Selection;
  readonly system?: string;
  readonly json: boolean;
  readonly stream: boolean;
  readonly colour: boolean;
}

/** Where help and usage errors are written. */
export interface CommandLineOutputs {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Help, the version or an error was all there is to say, and has been written. */
export interface CommandLineEnd {
  readonly exitCode: number;
  /** What a program (`--json`) is still to be told. */
  readonly problem?: string;
}

/** Reads the arguments (without node and the script). */
export function readCommandLine(args: readonly string[], version: string, outputs: CommandLineOutputs): CommandLine | CommandLineEnd {
  const command = chatport(version).configureOutput({ writeOut: outputs.out, writeErr: outputs.err });
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { exitCode: exitCodes.success };
    return { exitCode: exitCodes.usage, ...(asksForJson(args) && { problem: error.message.replace(/^error: /, "") }) };
  }
  const { provider, model, config: configFile, system, json, stream, color } = command.opts<Flags>();
  const words = command.args;
  return {
    prompt: words.filter((word) => word !== "-").join(" "),
    readsInput: words.includes("-"),
    selection: { ...(provider && { provider }), ...(model && { model }), ...(configFile && { configFile }) },
    ...(system && { system }),
    json: json === true,
    stream,
    colour: color,
  };
}

/** Whether the flag is there, although the arguments could not be read. */
function asksForJson(args: readonly string[]): boolean {
  const separator = args.indexOf("--");
  return args.slice(0, separator === -1 ? args.length : separator).includes("--json");
}

interface Flags {
  readonly model?: string;
  readonly provider?: string;
  readonly system?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly stream: boolean;
  readonly color: boolean;
}

function chatport(version: string): Command {
  return new Command("chatport")
    .description("Chat with a model from the terminal. Without a prompt it opens a conversation.")
    .argument("[prompt...]", "what to ask; standard input, if any, is appended (- reads it even from a terminal)")
    .option("-m, --model <id>", "the model that answers; PROVIDER/MODEL chooses both", nonEmpty)
    .option("-p, --provider <name>", "a provider of the configuration", nonEmpty)
    .option("-s, --system <text>", "instructions to the model", nonEmpty)
    .option("--json", "print events as JSON, one a line; with --no-stream the whole answer as one line")
    .option("--no-stream", "print the answer when it is whole")
    .option("--config <file>", "a configuration file, in place of the usual ones", nonEmpty)
    .option("--no-color", "no colour, as with NO_COLOR")
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .addHelpText("after", moreHelp)
    .showHelpAfterError('(chatport --help tells more; a prompt that begins with "-" goes after "--")')
    .exitOverride();
}

function nonEmpty(value: string): string {
  if (value === "") throw new InvalidArgumentError("It is empty.");
  return value;
}

const moreHelp = `
Examples:
  chatport "What is a ChatProvider?"
  git diff | chatport "Write a commit message"
  chatport -s "Answer in French" -m gpt-5-mini "Hello"

Commands (-h tells more of each):
  chatport providers                                 the configured providers
  chatport models [-p NAME]                          the models of a provider
  chatport config path|show|explain KEY|validate     where files are, what counts and why, mistakes
  chatport config schema                             a JSON Schema, for editors
  chatport config trust [FILE]                       let ./chatport.toml decide where prompts and keys go

Environment:
  OPENAI_API_KEY     key for OpenAI, or for the server at OPENAI_BASE_URL
  OPENAI_BASE_URL    any OpenAI-compatible server, such as http://localhost:11434/v1
  CHATPORT_PROVIDER, CHATPORT_MODEL, CHATPORT_CONFIG    as the flags, which win
  ANTHROPIC_API_KEY, GEMINI_API_KEY, AZURE_OPENAI_API_KEY    keys of other vendors
  CHATPORT_PROBE=off looks for no model server on this machine
  NO_COLOR, FORCE_COLOR

Exit status:
  0 answered; 1 unexpected error; 2 wrong usage; 65 the request is at fault; 69 no whole answer could be had;
  76 the server broke the protocol; 77 the key was refused; 78 the configuration is wrong; 130 stopped by Ctrl-C

Keys are never taken from the command line, where other users could read them.`;
