import { spawnSync } from "node:child_process";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { isAbsolute, resolve } from "node:path";
import { Secret } from "@chatport/domain";
import { ConfigException, type ConfigExceptionDetails } from "./config-exception.js";
import { expandHome, type KnownSurroundings, setting } from "./config-locations.js";
import { hidden, mayBeKey, withoutKeys } from "./key-shape.js";
import { literalSecret } from "./literal-secret.js";
import type { Origin } from "./origin.js";

/** Who needs a secret, for the words of an error, and where its reference was written. */
export interface SecretUse {
  readonly origin: Origin;
  readonly provider: string;
  /** The setting, with dots: `providers.work.apiKey`. */
  readonly key: string;
}

/** A secret, and what the user should know about the way it is kept. */
export interface FoundSecret {
  readonly secret: Secret;
  readonly warning?: string;
}

/** Finds the secrets behind references. */
export interface SecretSource {
  /**
   * The secret behind a reference:
   *
   * - `env:NAME`: an environment variable
   * - `file:PATH`: a file's text without its last line break; `~` is the home folder, a relative path starts at the configuration file
   * - `command:["pass", "show", "openai"]`: what a program prints, without its last line break; a JSON array, so that no shell reads it; it runs in the configuration file's folder
   *
   * @throws {ConfigException} `literal-secret` when it is no reference, `secret` when it leads nowhere, `untrusted` when it stands in a project file that the user has not trusted.
   */
  find(reference: string, use: SecretUse): FoundSecret;
}

/** Whether a setting has the form of a reference, and is not a key itself. */
export function isSecretReference(value: string): boolean {
  return /^(?:env|file|command):/.test(value);
}

/**
 * Refuses what cannot be a reference, without looking for what it leads to.
 *
 * @throws {ConfigException} `literal-secret` for what is no reference, `secret` for a command that is no JSON array.
 */
export function refuseUnfitReference(reference: string, use: SecretUse): void {
  if (!isSecretReference(reference)) throw literalSecret(reference, use);
  const [, command] = /^command:([^]*)$/.exec(reference) ?? [];
  if (command !== undefined) parseCommand(command, use);
}

/** Whether what a reference means hangs on the folder of the file that it stands in. */
export function startsAtItsFile(reference: string): boolean {
  const [, scheme, rest = ""] = /^(file|command):([^]*)$/.exec(reference) ?? [];
  return scheme === "command" || (scheme === "file" && !isAbsolute(rest) && !/^~(?:[/\\]|$)/.test(rest));
}

/** Whether somebody else may have written a setting: it stands in a project's file that the user has not trusted. */
export function isUntrusted(origin: Origin): boolean {
  return origin.kind === "file" && origin.scope === "project" && origin.trusted !== true;
}

/** References resolve against these surroundings. */
export function createSecretSource(surroundings: KnownSurroundings): SecretSource {
  return {
    find(reference, use) {
      const [, scheme, rest = ""] = /^(env|file|command):([^]*)$/.exec(reference) ?? [];
      if (scheme !== undefined && isUntrusted(use.origin)) throw untrustedReference(use);
      if (scheme === "env") return fromEnvironment(rest, use, surroundings);
      if (scheme === "file") return fromFile(rest, use, surroundings);
      if (scheme === "command") return fromCommand(rest, use, surroundings);
      throw literalSecret(reference, use);
    },
  };
}

/** A reference of somebody else's, who has no say in which secret is read, where it is looked for, or what is run to find it. */
export function untrustedReference(use: SecretUse): ConfigException {
  return new ConfigException("untrusted", `"${use.key}" refers to a secret, which only a file that you trust may do.`, use);
}

/** Longer than any key; a larger file is some other file. */
const maximumBytes = 64 * 1024;

/** Long enough to unlock a password store by hand. */
const commandMs = 60_000;

function fromEnvironment(name: string, use: SecretUse, { env }: KnownSurroundings): FoundSecret {
  // A name that is none, or that nobody would give a variable, may be a key that was put behind `env:`; it is not repeated.
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) throw notFound(use, `"env:" wants the name of an environment variable after it`);
  const value = setting(env, name);
  const shown = mayBeKey(name) ? hidden : name;
  if (value === undefined) throw notFound(use, `the environment variable ${shown} is not set`, shown === name ? { variable: name } : {});
  return { secret: secretFrom(value, use, `the environment variable ${shown}`) };
}

function fromFile(name: string, use: SecretUse, surroundings: KnownSurroundings): FoundSecret {
  if (name === "") throw notFound(use, `"file:" wants a path after it`);
  const expanded = expandHome(name, surroundings, (reason) => notFound(use, reason));
  const path = resolve(folderOf(use.origin, surroundings), expanded);
  const { text, mode } = readSmallFile(path, name, use);
  const secret = secretFrom(text.replace(/\r?\n$/, ""), use, `the file ${name}`);
  const open = surroundings.platform !== "win32" && (mode & 0o077) !== 0;
  return open ? { secret, warning: `Others on this machine can read the key in ${withoutKeys(name)}: run chmod 600 on it.` } : { secret };
}

function readSmallFile(path: string, name: string, use: SecretUse): { readonly text: string; readonly mode: number } {
  let descriptor: number | undefined;
  try {
    descriptor = openSync(path, "r");
    const facts = fstatSync(descriptor);
    const buffer = new Uint8Array(maximumBytes + 1);
    const length = readSync(descriptor, buffer);
    if (length > maximumBytes) throw notFound(use, `the file ${name} is too large to be a key`);
    return { text: new TextDecoder().decode(buffer.subarray(0, length)), mode: facts.mode };
  } catch (error) {
    if (error instanceof ConfigException) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    throw notFound(use, `the file ${name} cannot be read (${code})`, { cause: error });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function fromCommand(json: string, use: SecretUse, surroundings: KnownSurroundings): FoundSecret {
  const [program, ...args] = parseCommand(json, use);
  const { status, error, stdout } = spawnSync(program, args, {
    cwd: folderOf(use.origin, surroundings),
    env: { ...surroundings.env },
    encoding: "utf8",
    // What is piped into the application is the user's prompt, not the program's.
    stdio: ["ignore", "pipe", "inherit"],
    timeout: commandMs,
    maxBuffer: maximumBytes,
    windowsHide: true,
  });
  // The error itself is not passed on: it holds all arguments, and what was printed.
  if (error !== undefined)
    throw notFound(use, `the command ${program} failed (${"code" in error ? String(error.code) : "unknown reason"})`);
  if (status !== 0) throw notFound(use, `the command ${program} ended with ${status === null ? "a signal" : `exit code ${status}`}`);
  return { secret: secretFrom(stdout.replace(/\r?\n$/, ""), use, `the command ${program}`) };
}

function parseCommand(json: string, use: SecretUse): readonly [string, ...string[]] {
  let words: unknown;
  try {
    words = JSON.parse(json);
  } catch {
    words = undefined;
  }
  if (isCommand(words)) return words;
  throw notFound(use, `"command:" wants a JSON array of strings after it, as in 'command:["pass", "show", "openai"]'`);
}

function isCommand(words: unknown): words is [string, ...string[]] {
  return Array.isArray(words) && words.length > 0 && words.every((word) => typeof word === "string") && words[0] !== "";
}

function secretFrom(value: string, use: SecretUse, source: string): Secret {
  if (value === "") throw notFound(use, `${source} is empty`);
  // It goes into a header, where these end the line or are refused with an error that quotes them. A space ends a bearer token (RFC 6750, section 2.1).
  if (/[^\x21-\x7E]/.test(value)) {
    throw notFound(use, `${source} holds more than a key: a space, a line break, or letters that no key has`);
  }
  return new Secret(value);
}

function folderOf(origin: Origin, { cwd }: KnownSurroundings): string {
  return origin.kind === "file" ? origin.folder : cwd;
}

function notFound(use: SecretUse, reason: string, details: ConfigExceptionDetails = {}): ConfigException {
  return new ConfigException("secret", `No key for the provider "${use.provider}": ${reason}.`, { ...use, ...details });
}
