import { describe, test } from "vitest";
import { type ContractCaseId, contractCaseIds, type ContractGroup } from "./contract/contract-case-ids.js";
import type { ChatProviderHarness, ContractCase } from "./contract/contract-case.js";
import { contractCases } from "./contract/contract-cases.js";

/** What an adapter cannot be asked, with the reason: a whole group (`"tools"`) or one case (`"finish/content-filter"`). */
export type ContractSkips = Partial<Readonly<Record<ContractCaseId | ContractGroup, string>>>;

export interface ChatProviderContractOptions {
  /** Default: nothing is skipped. */
  readonly skip?: ContractSkips;
}

/**
 * Registers the completion contract as a vitest suite: what every provider and every decorator of a provider must keep.
 *
 * ```ts
 * chatProviderContract("acme", { start: startScriptedAcme, secret: "sk-test-canary" }, { skip: { tools: "Acme's API has no tools." } });
 * ```
 *
 * A skipped case shows its reason in its title.
 *
 * @throws {Error} when a skip has no reason, or names no case.
 */
export function chatProviderContract(name: string, harness: ChatProviderHarness, options: ChatProviderContractOptions = {}): void {
  const plan = contractPlan(options.skip);
  describe(`${name} keeps the completion contract`, () => {
    for (const { contractCase, skipped } of plan) {
      const title = `${contractCase.id}: ${contractCase.title}`;
      if (skipped === undefined) test(title, { timeout: 30_000 }, () => contractCase.run(harness));
      else test.skip(`${title} (skipped: ${skipped})`);
    }
  });
}

/** Every case, with the reason for those that are skipped. */
export function contractPlan(skip: ContractSkips = {}): readonly { readonly contractCase: ContractCase; readonly skipped?: string }[] {
  const groups = new Set(contractCaseIds.map(groupOf));
  for (const [key, reason] of Object.entries(skip)) {
    if (!groups.has(key) && !contractCaseIds.some((id) => id === key))
      throw new Error(`There is no contract case or group "${key}" to skip.`);
    if (!reason?.trim()) throw new Error(`Skipping "${key}" needs a reason.`);
  }
  const reasons = new Map(Object.entries(skip));
  return contractCases.map((contractCase) => {
    const skipped = reasons.get(contractCase.id) ?? reasons.get(groupOf(contractCase.id));
    return skipped === undefined ? { contractCase } : { contractCase, skipped };
  });
}

function groupOf(id: ContractCaseId): string {
  return id.slice(0, id.indexOf("/"));
}
