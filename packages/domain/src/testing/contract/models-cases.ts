import { expect } from "vitest";
import type { ContractCase } from "./contract-case.js";
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
    const outcome = provider.listModels({ signal: AbortSignal.abort(reason) }).then(
      () => "listed",
      (error: unknown) => error,
    );
    expect(await promptly(outcome, "listModels() must settle"), "The abort's own reason is thrown").toBe(reason);
  }),
];
