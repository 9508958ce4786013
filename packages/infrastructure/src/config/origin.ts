import { beginsLikeKey, withoutKeys, withoutWords } from "./key-shape.js";

/** Where a setting comes from. */
export type Origin = FileOrigin | EnvironmentOrigin | FlagOrigin | ServerOrigin | PresetOrigin | DefaultOrigin;

/** A line of a configuration file. */
export interface FileOrigin {
  readonly kind: "file";
  /** The file as people write it: `./chatport.toml`, `~/.config/chatport/config.toml`. */
  readonly file: string;
  /** The folder that the file is in: relative paths in the file start here. */
  readonly folder: string;
  /** From 1; absent when the whole file is meant. */
  readonly line?: number | undefined;
  /** `project`: came with the folder that one works in, so somebody else may have written it. */
  readonly scope: "user" | "project" | "chosen";
  /** Whether the user has trusted exactly this content; only for a project's file. */
  readonly trusted?: boolean;
}

export interface EnvironmentOrigin {
  readonly kind: "environment";
  readonly variable: string;
}

export interface FlagOrigin {
  readonly kind: "flag";
  /** With its dashes: `--model`. */
  readonly flag: string;
}

/** A model server that was found on this machine, since nothing is configured. */
export interface ServerOrigin {
  readonly kind: "server";
  readonly url: string;
}

/** A preset that the provider's table names. */
export interface PresetOrigin {
  readonly kind: "preset";
  readonly preset: string;
}

/** Nobody set it. */
export interface DefaultOrigin {
  readonly kind: "default";
}

/** An origin in words that follow "from": `./chatport.toml line 3`, `environment variable OPENAI_API_KEY`, `flag --model`, `the server at http://127.0.0.1:11434`, `the preset groq`, `the defaults`. */
export function describeOrigin(origin: Origin): string {
  switch (origin.kind) {
    case "file": {
      const file = shownFile(origin.file);
      return origin.line === undefined ? file : `${file} line ${origin.line}`;
    }
    case "environment":
      return `environment variable ${origin.variable}`;
    case "flag":
      return `flag ${origin.flag}`;
    case "server":
      return `the server at ${origin.url}`;
    case "preset":
      return `the preset ${origin.preset}`;
    case "default":
      return "the defaults";
  }
}

/** An origin as it may be printed, in which words that look like a key are hidden. */
export function shownOrigin(origin: Origin): Origin {
  switch (origin.kind) {
    case "file":
      return { ...origin, file: shownFile(origin.file), folder: shownFile(origin.folder) };
    case "environment":
      return { ...origin, variable: withoutKeys(origin.variable) };
    default:
      return origin;
  }
}

/** Folders often have random names, so that of a path only what begins like a key is hidden. */
function shownFile(path: string): string {
  return withoutWords(path, beginsLikeKey);
}
