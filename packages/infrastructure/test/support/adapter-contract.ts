import { chatProviderContract, type ContractSkips } from "@chatport/domain/testing";
import { withRetry } from "../../src/resilience/index.js";
import { scriptedHarness, type ScriptedHarnessOptions } from "../../src/testing/index.js";

/** What an adapter's contract is proved with, and what its API cannot show, each with the reason. */
export type AdapterContractOptions = Pick<ScriptedHarnessOptions, "start" | "provider"> & { readonly skip?: ContractSkips };

/** Runs the completion contract over an adapter as it is, and over one that is retried without waits. The provider itself must not retry. */
export function adapterContract(name: string, { start, provider, skip = {} }: AdapterContractOptions): void {
  const retried: ScriptedHarnessOptions["provider"] = (baseUrl, secret) =>
    withRetry(provider(baseUrl, secret), { baseDelayMs: 1, maxDelayMs: 1 });
  chatProviderContract(`the ${name}`, scriptedHarness({ start, provider }), { skip });
  chatProviderContract(`withRetry over the ${name}`, scriptedHarness({ start, provider: retried }), { skip });
}
