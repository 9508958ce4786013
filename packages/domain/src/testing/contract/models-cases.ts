import { expect } from "vitest";
import type { ContractCase } from "./contract-case.js";
import { isChatException } from "../../chat-exception.js";
import { scriptedCase } from "./scripted-case.js";

const listing = { steps: [], models: ["scripted-small", "scripted-large"] };

/** The optional list of models. */
export const modelsCases: readonly ContractCase[] = [
  scriptedCase("models/as-declared", "listModels exists exactly where the capability model-listing does", listing, async ({ provider }) => {
    expect(typeof provider.listModels === "function").toBe(provider.capabilities.has("model-listing"));
  }),

  scriptedCase("models/listed", "the models are those that the server lists", listing, async ({ provider, promptly }) => {
    if (provider.listModels === undefined) return;
    const models = await promptly(provider.listModels(), "listModels() must settle");
    expect(models.map(({ id }) => id)).toEqual(listing.models);
  }),

  scriptedCase("models/aborted", "a signal that has aborted keeps listModels from asking", listing, async ({ provider, promptly }) => {
    if (provider.listModels === undefined) return;
    const reason = new Error("changed my mind");
    const outcome = settledOf(provider.listModels({ signal: AbortSignal.abort(reason) }));
    expect(await promptly(outcome, "listModels() must settle"), "The abort's own reason is thrown").toBe(reason);
  }),

  scriptedCase(
    "models/aborted-while-waiting",
    "a signal that aborts ends listModels at once, with its reason",
    [{ type: "no-headers" }],
    async ({ provider, promptly }) => {
      if (provider.listModels === undefined) return;
      const controller = new AbortController();
      const reason = new Error("changed my mind");
      const outcome = settledOf(provider.listModels({ signal: controller.signal }));
      setTimeout(() => controller.abort(reason), 50);
      expect(await promptly(outcome, "The abort must end listModels()"), "The abort's own reason is thrown").toBe(reason);
    },
  ),

  scriptedCase(
    "models/error",
    "listModels throws what a call throws: the code, the server's words, the provider's name",
    [{ type: "error", kind: "authentication", message: "Who are you?" }],
    async ({ provider, promptly }) => {
      if (provider.listModels === undefined) return;
      const thrown = await promptly(settledOf(provider.listModels()), "listModels() must settle");
      if (!isChatException(thrown)) expect.fail(`A ChatException must be thrown, not: ${String(thrown)}`);
      expect(thrown).toMatchObject({ code: "authentication", provider: provider.name });
      expect(thrown.message).toContain("Who are you?");
    },
  ),
];

/** What a list of models came to: a word, or what was thrown. */
export async function settledOf(listed: Promise<unknown>): Promise<unknown> {
  try {
    await listed;
    return "listed";
  } catch (error) {
    return error;
  }
}
