import type { Attempt, JsonObject, ModelInfo } from "@chatport/domain";
import type { Selection } from "../answerer.js";

/** What may be asked of the configuration, and done to it: what this app needs of it beside a provider. No value in it is a key. The composition root implements it. */
export interface Administration {
  providers(): Promise<readonly ConfiguredProvider[]>;
  /** The chosen provider's models. `onAttempt` hears of what failed on the way; without a `delayMs`, of a provider whose models are missing. */
  models(signal: AbortSignal, onAttempt: (attempt: Attempt) => void): Promise<readonly ModelInfo[]>;
  /** Where configuration files are looked for. */
  paths(): Promise<readonly ConfigurationPath[]>;
  settings(): Promise<readonly Setting[]>;
  /** One setting, or all of a table. */
  explain(key: string): Promise<readonly Setting[]>;
  validate(): Promise<readonly ConfigurationMistake[]>;
  /** What is no mistake and worth knowing, such as a file that others can change. */
  warnings(): Promise<readonly string[]>;
  /** The JSON Schema of a configuration file. */
  schema(): Promise<JsonObject>;
  /** Lets a project's file, as it is now, decide everything. */
  trust(file?: string): Promise<{ readonly path: string; readonly settings: readonly Pick<Setting, "key" | "value">[] }>;
  distrust(file?: string): Promise<{ readonly path: string }>;
}

/** Opens the configuration that a command line selects. All its methods throw `SetupException` when it cannot be used. */
export type AdministrationSource = (selection: Selection) => Promise<Administration>;

export interface ConfiguredProvider {
  readonly name: string;
  readonly type: string;
  readonly preset?: string;
  readonly model?: string;
  readonly chosen: boolean;
  readonly origin: string;
  readonly problem?: string;
}

export interface ConfigurationPath {
  readonly path: string;
  readonly scope: string;
  readonly exists: boolean;
  readonly trust?: "trusted" | "changed" | "unknown";
}

export interface Setting {
  readonly key: string;
  readonly value: ShownValue;
  readonly origin: string;
  readonly overrides: readonly { readonly value: ShownValue; readonly origin: string }[];
}

export type ShownValue = string | number | boolean | readonly ShownValue[];

export interface ConfigurationMistake {
  readonly message: string;
  readonly code: string;
  readonly file?: string;
  readonly line?: number;
  readonly key?: string;
}
