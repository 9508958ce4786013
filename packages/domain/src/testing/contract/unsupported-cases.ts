import { expect } from "vitest";
import type { ChatCapability } from "../../chat-capability.js";
import type { ChatRequest } from "../../chat-provider.js";
import { text } from "../../message.js";
import type { ContractCase } from "./contract-case.js";
import { completionOf, exceptionOf, plainRequest } from "./observation.js";
import { greet, scriptedCase, stop } from "./scripted-case.js";
import { toolRequest } from "./tool-scripts.js";

/** Rule 8: what cannot be expressed fails before any I/O, and what belongs to others is ignored. */
export const unsupportedCases: readonly ContractCase[] = [
  scriptedCase(
    "unsupported/before-sending",
    "a request that needs a capability the provider lacks fails with unsupported, and nothing is sent",
    [greet, stop],
    async ({ provider, observe, requests }) => {
      const capabilities = new Set<string>(provider.capabilities);
      for (const [capability, asking] of samples) {
        if (capabilities.has(capability)) continue;
        for (const delivery of ["stream", "whole"] as const) {
          for (const part of asking) {
            const exception = exceptionOf(await observe({ delivery }, { ...plainRequest, ...part }));
            expect(exception.code, `Without ${capability}`).toBe("unsupported");
          }
        }
      }
      expect(requests()).toBe(0);
    },
  ),

  scriptedCase(
    "unsupported/foreign-options",
    "another vendor's providerOptions are ignored",
    [greet, stop],
    async ({ observe, requests }) => {
      const providerOptions = { "chatport-contract-nobody": { extraBody: { unheardOf: true } } };
      await completionOf(await observe({}, { ...plainRequest, providerOptions }));
      expect(requests()).toBe(1);
    },
  ),
];

/** For each capability, requests that need it. A list of models is no request. */
const samplesOf: Readonly<Record<Exclude<ChatCapability, "model-listing">, readonly Partial<ChatRequest>[]>> = {
  tools: [toolRequest],
  "structured-output": [{ output: { name: "place", schema: { type: "object", properties: {} } } }],
  "image-input": [
    {
      messages: [
        { role: "user", content: [text("What is this?"), { type: "image", mediaType: "image/png", source: { base64: "iVBORw0KGgo=" } }] },
      ],
    },
    { messages: [{ role: "user", content: [{ type: "image", mediaType: "image/png", source: { url: "https://example.com/a.png" } }] }] },
  ],
  "file-input": [
    {
      messages: [
        { role: "user", content: [{ type: "file", mediaType: "application/pdf", name: "a.pdf", source: { base64: "JVBERi0xLjQK" } }] },
      ],
    },
  ],
  reasoning: [{ reasoning: "high" }],
  sampling: [{ temperature: 0.5 }, { topP: 0.5 }],
  "stop-sequences": [{ stopSequences: ["END"] }],
  seed: [{ seed: 7 }],
  "max-output-tokens": [{ maxOutputTokens: 64 }],
};

const samples: ReadonlyMap<string, readonly Partial<ChatRequest>[]> = new Map(Object.entries(samplesOf));
