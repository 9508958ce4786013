import { ConfigException } from "./config-exception.js";
import { mayBeKey } from "./key-shape.js";
import type { SecretUse } from "./secret-source.js";

/** What is no reference: a key that stands in the configuration itself, a variable's name, written as a shell or a program would, or nothing. */
export function literalSecret(text: string, use: SecretUse): ConfigException {
  if (text.trim() === "") {
    const advice = `Write "env:NAME" for a key in an environment variable or "file:PATH" for one in a file, or leave the setting out.`;
    return new ConfigException("invalid-value", `"${use.key}" is empty. ${advice}`, { ...use, expected: "a reference" });
  }
  const variable = variableIn(text);
  if (variable !== undefined) {
    const nearest = `env:${variable}`;
    const sentence = `"${use.key}" holds no reference to a key: one in an environment variable is written "env:NAME".`;
    return new ConfigException("literal-secret", sentence, { ...use, expected: "a reference", nearest });
  }
  const advice = `Keys do not belong in a file that is shared or synchronised: put it in an environment variable and write "env:NAME", or in a file and write "file:PATH".`;
  return new ConfigException("literal-secret", `"${use.key}" holds the key itself. ${advice}`, { ...use, expected: "a reference" });
}

/**
 * The environment variable that `$NAME`, `${NAME}`, `%NAME%`, `$env:NAME`, `process.env.NAME` or the bare name of a key's variable means. It is repeated to the user, so that what may
 * be a key is none.
 */
function variableIn(text: string): string | undefined {
  const [, marked, bare] = variableForms.exec(text.trim()) ?? [];
  const name = marked ?? bare;
  return name === undefined || mayBeKey(name) ? undefined : name;
}

const variableForms =
  /^(?:(?:\$\{(?:env[:.])?|\$(?:env:)?|%|(?:process\.)?env\.|[Ee][Nn][Vv]:)([A-Z][A-Z0-9_]{3,})[}%]?|([A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*_(?:KEY|TOKEN|SECRET)(?:_\w{1,3})?))$/;
