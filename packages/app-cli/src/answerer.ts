import type { ChatProvider } from "@chatport/domain";

/** What the command line chose; everything left out is the configuration's to decide. */
export interface Selection {
  readonly provider?: string;
  readonly model?: string;
  readonly configFile?: string;
}

/** The provider that will answer, and what a person should know about it. */
export interface Answerer {
  readonly provider: ChatProvider;
  /** Who answers and why, in a few words: "openai (gpt-5-mini), from environment variable OPENAI_API_KEY"; "guide". */
  readonly description: string;
  /** What must be told even in a log, such as that no model is configured and the guide answers. */
  readonly notices: readonly string[];
  readonly placeOf: SettingPlace;
  /** Frees what the provider holds. */
  close(): Promise<void>;
}

/**
 * Where a provider's key or address is configured, in words: "environment variable OPENAI_API_KEY", "./chatport.toml line 3". Where its table says nothing of
 * the key, the table; where it says nothing of the address, undefined. Undefined for a provider that is not configured.
 */
export type SettingPlace = (provider: string, setting: "key" | "address") => string | undefined;

/** Where the program gets its provider from: what this app needs of configuration, keys and adapters. The composition root implements it. */
export interface AnswererSource {
  /** @throws {SetupException} when the configuration cannot be used. */
  open(selection: Selection): Promise<Answerer>;
}

/** The configuration cannot be used; the message says what is wrong, where, and what to do. */
export class SetupException extends Error {
  constructor(message: string, options?: { readonly cause: unknown }) {
    super(message, options);
    this.name = "SetupException";
  }
}
