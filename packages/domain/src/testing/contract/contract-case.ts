import type { ChatProvider } from "../../chat-provider.js";
import type { ScriptedAnswer } from "../scripted-answer.js";
import type { ContractCaseId } from "./contract-case-ids.js";

/** What an adapter's author gives the suite. */
export interface ChatProviderHarness {
  /** Starts a server that answers every request with the script, and a provider that talks to it. */
  start(script: ScriptedAnswer): Promise<ScriptedProvider>;
  /**
   * The key that the provider was configured with, and that the server echoes behind every error message: it must appear nowhere. Needed by the group
   * `secrets`; a provider without a key skips that group.
   */
  readonly secret?: string;
  /** How a crash report would print a value: Node's `util.inspect`. Default: a walk over all properties, which sees about the same. */
  readonly inspect?: (value: unknown) => string;
  /** How long something that must happen promptly may take, in milliseconds. Default 2,000. */
  readonly patience?: number;
}

/** A provider and what its server saw. */
export interface ScriptedProvider {
  readonly provider: ChatProvider;
  /** Resolves once a request has been taken and none is in flight any more: answered to its end, or closed by the client. */
  readonly released: Promise<void>;
  /** How many chat requests the server has taken. */
  readonly requests: () => number;
  /** Frees what `start` opened; called at the end of every case. */
  close?(): void | Promise<void>;
}

/** One rule of the completion contract, as something that can be run. */
export interface ContractCase {
  readonly id: ContractCaseId;
  /** The rule, as a sentence about the provider. */
  readonly title: string;
  /** Rejects when the provider breaks the rule. */
  run(harness: ChatProviderHarness): Promise<void>;
}
