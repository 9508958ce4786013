import type { Attempt, ModelInfo } from "@chatport/domain";
import { singleLine } from "../control-filter.js";
import { exitCodes } from "../exit-code.js";
import type { Outputs } from "../answer-writer.js";
import { writeJsonLine } from "../json-lines.js";
import type { Administration, ConfigurationMistake, ConfigurationPath, ConfiguredProvider, Setting, ShownValue } from "./administration.js";
import type { Action } from "./administration-command.js";

/** Carries a command out and prints what it found: lines for a person, or JSON. Returns the exit status; throws what the configuration or the provider throws. */
export async function runAdministration(
  action: Action,
  administration: Administration,
  outputs: Outputs,
  { json, signal }: { readonly json: boolean; readonly signal: AbortSignal },
): Promise<number> {
  const print = async <Item extends object>(items: readonly Item[], line: (item: Item) => string): Promise<number> => {
    for (const item of items) {
      if (json) await writeJsonLine(item, outputs.answer);
      else await outputs.answer.write(`${line(item).split("\n").map(safeLine).join("\n")}\n`);
    }
    return exitCodes.success;
  };
  switch (action.name) {
    case "providers":
      return print(await administration.providers(), providerLine);
    case "models":
      return print(await administration.models(signal, (attempt) => tellMissing(attempt, outputs)), modelLine);
    case "path":
      return print(await administration.paths(), pathLine);
    case "show":
      return print(await administration.settings(), settingLine);
    case "explain":
      return print(await administration.explain(action.key), explanation);
    case "trust":
      if (action.revoke) return print([await administration.distrust(action.file)], ({ path }) => `${path} is not trusted any more`);
      return print([await administration.trust(action.file)], trustLines);
    case "schema":
      await outputs.answer.write(`${JSON.stringify(await administration.schema(), undefined, 2)}\n`);
      return exitCodes.success;
    case "validate":
      return tellMistakes(await administration.validate(), await administration.warnings(), outputs, json);
  }
}

/** A line that a terminal only shows, with its indentation. */
function safeLine(line: string): string {
  const text = line.trimStart();
  return " ".repeat(line.length - text.length) + singleLine(text);
}

function providerLine({ name, type, preset, model, chosen, origin, problem }: ConfiguredProvider): string {
  const what = [type, preset === undefined ? undefined : `preset ${preset}`, model].filter((word) => word !== undefined).join(", ");
  return `${chosen ? "*" : " "} ${name} (${what}), from ${origin}${problem === undefined ? "" : ` - ${problem}`}`;
}

function modelLine({ id }: ModelInfo): string {
  return id;
}

/** A provider of several that cannot list leaves a gap, which a list does not show by itself. */
function tellMissing({ provider, exception, delayMs }: Attempt, { notes }: Outputs): void {
  // It is asked again.
  if (delayMs !== undefined) return;
  notes.post(`${notes.styled("yellow", singleLine(`chatport: the models of ${provider} are missing: ${exception.message}`))}\n`);
}

function pathLine({ path, scope, exists, trust }: ConfigurationPath): string {
  const state = exists
    ? trust && { trusted: "trusted", changed: "changed since it was trusted", unknown: "not trusted" }[trust]
    : "not there";
  return `${path} (${[scope, state].filter((word) => word !== undefined).join(", ")})`;
}

function settingLine({ key, value, origin }: Pick<Setting, "key" | "value" | "origin">): string {
  return `${key} = ${written(value)} # ${origin}`;
}

function explanation(setting: Setting): string {
  const overridden = setting.overrides.map(({ value, origin }) => `  overrides ${written(value)}, from ${origin}`);
  return [`${setting.key} = ${written(setting.value)}, from ${setting.origin}`, ...overridden].join("\n");
}

function trustLines({ path, settings }: { readonly path: string; readonly settings: readonly Pick<Setting, "key" | "value">[] }): string {
  const sets = settings.map(({ key, value }) => `  ${key} = ${written(value)}`);
  return [`${path} is trusted as it is now${sets.length === 0 ? "; nothing in it needs trust" : " and sets:"}`, ...sets].join("\n");
}

/** As TOML would have it: JSON's strings and arrays are TOML's, too. */
function written(value: ShownValue): string {
  return JSON.stringify(value);
}

async function tellMistakes(
  mistakes: readonly ConfigurationMistake[],
  warnings: readonly string[],
  { answer, notes }: Outputs,
  json: boolean,
): Promise<number> {
  for (const message of warnings.map(singleLine)) {
    if (json) await writeJsonLine({ type: "warning", message }, answer);
    else await notes.write(`${notes.styled("yellow", `chatport: ${message}`)}\n`);
  }
  for (const { message, code, file, line, key } of mistakes) {
    if (json) await writeJsonLine({ type: "mistake", code, message: singleLine(message), file, line, key }, answer);
    else await notes.write(`${notes.styled("red", `chatport: ${singleLine(message)}`)}\n`);
  }
  if (mistakes.length > 0) return exitCodes.configuration;
  // A script reads the status; a person would wonder at nothing.
  if (notes.isTerminal) await notes.write(`${notes.styled("dim", "chatport: no mistakes")}\n`);
  return exitCodes.success;
}
