import { expect } from "vitest";
import type { ScriptedStep } from "../scripted-answer.js";
import type { ContractCaseId } from "./contract-case-ids.js";
import type { ChatProviderHarness, ContractCase } from "./contract-case.js";
import { everythingIn } from "./everything-in.js";
import { settledOf } from "./models-cases.js";
import { exceptionOf, rehearse } from "./observation.js";
import { greet, stop } from "./scripted-case.js";

const message = "This key is not welcome:";

/** Rule 9: no key in anything that may be printed, even where the server echoed it. */
export const secretsCases: readonly ContractCase[] = [
  echoed("secrets/error-by-status", "an error status", [
    [{ type: "error", kind: "authentication", message }],
    [{ type: "error", kind: "invalid-request", message }],
    [{ type: "error", kind: "unavailable", message }],
  ]),
  echoed("secrets/error-in-stream", "an error inside a stream", [[greet, { type: "error", kind: "authentication", message }]]),
  echoed("secrets/wrong-body", "a wrong body", [
    [{ type: "wrong-body", body: "html", message }],
    [{ type: "wrong-body", body: "json-error", message }],
  ]),
  {
    id: "secrets/partial",
    title: "a key that the server echoes in an answer that breaks off is redacted in what had arrived",
    run: (harness) => {
      const deltas = ["Your key is ", secretOf(harness), ", isn't it?"];
      return rehearse(harness, { steps: [{ type: "text", deltas }, { type: "close" }] }, async ({ observe }) => {
        const exception = exceptionOf(await observe());
        expect(JSON.stringify(exception.partial), "What had arrived is told, without the key").toContain("Your key is ");
        expectNoSecret(harness, exception);
      });
    },
  },
  {
    id: "secrets/redirect",
    title: "a redirect is not followed, so that the key stays where it belongs",
    run: (harness) =>
      rehearse(harness, { steps: [{ type: "redirect" }, greet, stop] }, async ({ observe, requests }) => {
        for (const [position, delivery] of (["stream", "whole"] as const).entries()) {
          const exception = exceptionOf(await observe({ delivery }));
          expectNoSecret(harness, exception);
          expect(requests(), "Requests that the server took").toBe(position + 1);
        }
      }),
  },
  {
    id: "secrets/models",
    title: "a key that the server echoes where models are asked for is redacted everywhere",
    run: (harness) =>
      rehearse(harness, { steps: [{ type: "error", kind: "authentication", message }] }, async ({ provider, promptly }) => {
        if (provider.listModels === undefined) return;
        const thrown = await promptly(settledOf(provider.listModels()), "listModels() must settle");
        expect(thrown, "A refused list is an error").toBeInstanceOf(Error);
        expectNoSecret(harness, thrown);
      }),
  },
  {
    id: "secrets/provider",
    title: "the provider itself does not show its key",
    run: (harness) =>
      rehearse(harness, { steps: [greet, stop] }, async ({ provider, observe }) => {
        await observe();
        expectNoSecret(harness, provider);
      }),
  },
];

function echoed(id: ContractCaseId, where: string, scripts: readonly (readonly ScriptedStep[])[]): ContractCase {
  return {
    id,
    title: `a key that the server echoes in ${where} is redacted everywhere`,
    run: async (harness) => {
      for (const steps of scripts) {
        for (const delivery of steps.length === 1 ? (["stream", "whole"] as const) : (["stream"] as const)) {
          await rehearse(harness, { steps }, async ({ observe }) => {
            const exception = exceptionOf(await observe({ delivery }));
            expect(exception.message, "The server's own words are told, without the key").toContain(message);
            expectNoSecret(harness, exception);
          });
        }
      }
    },
  };
}

function secretOf({ secret }: ChatProviderHarness): string {
  if (!secret) expect.fail("The harness names no secret: give it one, or skip the group secrets with a reason");
  return secret;
}

function expectNoSecret(harness: ChatProviderHarness, value: unknown): void {
  const secret = secretOf(harness);
  const shown = everythingIn(value) + (harness.inspect?.(value) ?? "");
  const at = shown.indexOf(secret);
  if (at >= 0) expect.fail(`The key is shown: ${shown.slice(Math.max(0, at - 120), at)}[here]`);
}
