import { Command, CommanderError, InvalidArgumentError } from "commander";
import type { Selection } from "../answerer.js";
import type { CommandLineEnd, CommandLineOutputs } from "../command-line.js";
import { exitCodes } from "../exit-code.js";

/** A command that asks nobody. */
export interface AdministrationCommand {
  readonly action: Action;
  readonly selection: Selection;
  readonly json: boolean;
  readonly colour: boolean;
}

export type Action =
  | { readonly name: "providers" | "models" | "path" | "show" | "validate" | "schema" }
  | { readonly name: "explain"; readonly key: string }
  | { readonly name: "trust"; readonly file?: string; readonly revoke: boolean };

/**
 * The arguments of such a command, which is one if the first word that is no flag and no flag's value names it; anything else is a prompt, and undefined. Flags
 * that stand before its name are put right behind it, so that of two the later still wins.
 */
export function administrationIn(args: readonly string[]): readonly string[] | undefined {
  let first = 0;
  // A dash by itself is standard input: a prompt begins there.
  while (args[first]?.startsWith("-") === true && args[first] !== "-") {
    if (ofChatAlone.test(args[first] ?? "")) return undefined;
    first += takesValue.has(args[first] ?? "") ? 2 : 1;
  }
  const flags = args.slice(0, first);
  if (flags.includes("--") || !commandNames.has(args[first] ?? "")) return undefined;
  const end = first + (args[first] === "config" && args[first + 1] !== "--" ? 2 : 1);
  return [...args.slice(first, end), ...flags, ...args.slice(end)];
}

/** Flags that none of these commands has: what follows them is a prompt. */
const ofChatAlone = /^(?:-s|--system(?:=|$)|--no-stream$)/;

/** The flags of a chat that are followed by their value. */
const takesValue: ReadonlySet<string> = new Set(["-m", "--model", "-p", "--provider", "--config"]);

const commandNames: ReadonlySet<string> = new Set(["providers", "models", "config"]);

/** Reads the arguments of such a command (without node and the script). */
export function readAdministrationCommand(args: readonly string[], outputs: CommandLineOutputs): AdministrationCommand | CommandLineEnd {
  let read: AdministrationCommand | undefined;
  const command = administration((found) => (read = found), outputs);
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { exitCode: exitCodes.success };
    return { exitCode: exitCodes.usage, ...(args.includes("--json") && { problem: error.message.replace(/^error: /, "") }) };
  }
  return read ?? { exitCode: exitCodes.usage };
}

interface Flags {
  readonly provider?: string;
  readonly model?: string;
  readonly config?: string;
  readonly json?: boolean;
  readonly revoke?: boolean;
  readonly color: boolean;
}

function administration(found: (command: AdministrationCommand) => void, { out, err }: CommandLineOutputs): Command {
  const program = settled(new Command("chatport"));
  const finish = (action: Action, { provider, model, config, json, color }: Flags): void =>
    found({
      action,
      selection: { ...(provider && { provider }), ...(model && { model }), ...(config && { configFile: config }) },
      json: json === true,
      colour: color,
    });
  const add = (parent: Command, name: string, description: string): Command =>
    settled(parent.command(name))
      .description(description)
      .option("--json", "print JSON, one object a line")
      .option("--config <file>", "a configuration file, in place of the usual ones", nonEmpty)
      .option("--no-color", "no colour, as with NO_COLOR");
  const addSelecting = (parent: Command, name: string, description: string): Command =>
    add(parent, name, description)
      .option("-p, --provider <name>", "as if this provider were chosen", nonEmpty)
      .option("-m, --model <id>", "as if this model were chosen", nonEmpty);

  addSelecting(program, "providers", "list the configured providers").action((flags: Flags) => finish({ name: "providers" }, flags));
  addSelecting(program, "models", "list the models of the provider").action((flags: Flags) => finish({ name: "models" }, flags));
  const config = settled(program.command("config")).description("look at the configuration");
  add(config, "path", "where configuration files are looked for").action((flags: Flags) => finish({ name: "path" }, flags));
  addSelecting(config, "show", "every setting and where it comes from").action((flags: Flags) => finish({ name: "show" }, flags));
  addSelecting(config, "explain", "where a setting comes from and what it overrode")
    .argument("<key>", 'such as "provider" or "providers.work.model"', nonEmpty)
    .action((key: string, flags: Flags) => finish({ name: "explain", key }, flags));
  add(config, "validate", "all mistakes; keys are not looked up").action((flags: Flags) => finish({ name: "validate" }, flags));
  settled(config.command("schema"))
    .description("the JSON Schema of a configuration file, for editors")
    .option("--no-color", "no colour, as with NO_COLOR")
    .action((flags: Flags) => finish({ name: "schema" }, flags));
  settled(config.command("trust"))
    .description("let a project's file, as it is now, decide where prompts and keys go")
    .argument("[file]", "default: ./chatport.toml", nonEmpty)
    .option("--revoke", "trust it no longer")
    .option("--json", "print JSON")
    .option("--no-color", "no colour, as with NO_COLOR")
    .action((file: string | undefined, flags: Flags) =>
      finish({ name: "trust", ...(file !== undefined && { file }), revoke: flags.revoke === true }, flags),
    );
  return program.configureOutput({ writeOut: out, writeErr: err });

  function settled(command: Command): Command {
    return command
      .configureOutput({ writeOut: out, writeErr: err })
      .helpOption("-h, --help", "print this help")
      .showHelpAfterError(`(${pathOf(command)} --help tells more; a prompt that begins with this word goes after "--", or in quotes)`)
      .exitOverride();
  }
}

/** A command as it is typed: "chatport config explain". */
function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}

function nonEmpty(value: string): string {
  if (value === "") throw new InvalidArgumentError("It is empty.");
  return value;
}
