import { inspect } from "node:util";
import { chatProviderContract, type ScriptedAnswer, type ScriptedProvider } from "@chatport/domain/testing";
import { answeringProvider } from "../../../src/providers/guide/answering-provider.js";

const inMemory = "The guide has no server: its answer is made in memory, whole, without waiting.";
const textOnly = "The guide answers in text that ends with stop, and nothing else.";

chatProviderContract(
  "The guide",
  { start, inspect },
  {
    skip: {
      body: inMemory,
      bytes: inMemory,
      truncated: inMemory,
      errors: inMemory,
      "cancel/before-headers": inMemory,
      "cancel/before-first-token": inMemory,
      "cancel/between-deltas": inMemory,
      "cancel/whole": inMemory,
      "cancel/return-before-headers": inMemory,
      "deadlines/headers": inMemory,
      "deadlines/first-token": inMemory,
      "deadlines/idle": inMemory,
      "deadlines/idle-despite-keep-alive": inMemory,
      "deadlines/idle-begins-anew": inMemory,
      "deadlines/total": inMemory,
      "deadlines/total-over-events": inMemory,
      "deadlines/whole-has-total-alone": inMemory,
      "delivery/whole-error": inMemory,
      "delivery/whole-wrong-body": inMemory,
      "delivery/whole-truncated": inMemory,
      "finish/server-keeps-connection": inMemory,
      "finish/nothing-after-end-marker": inMemory,
      "events/reasoning": textOnly,
      "events/refusal": textOnly,
      "events/several-parts": textOnly,
      "finish/length": textOnly,
      "delivery/whole-finish": textOnly,
      "finish/content-filter": textOnly,
      "finish/end-marker-alone": textOnly,
      "finish/error-after-reason": inMemory,
      "events/model": "The guide has no model; it always answers as guide.",
      tools: "The guide has no tools; it refuses them as unsupported.",
      "usage/reported": "The guide uses no tokens.",
      "usage/cumulative": "The guide uses no tokens.",
      "usage/on-exception": "The guide uses no tokens.",
      "usage/on-timeout": "The guide uses no tokens.",
      "usage/before-abort": "The guide uses no tokens.",
      "usage/held-at-abort": "The guide uses no tokens.",
      models: "The guide has no models to list.",
      secrets: "The guide has no key.",
    },
  },
);

/** The guide's answer is a text that is made in memory: a script's texts are all of it. */
async function start(script: ScriptedAnswer): Promise<ScriptedProvider> {
  let asked = 0;
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const answer = async (): Promise<string> => {
    asked += 1;
    release();
    return script.steps.flatMap((step) => (step.type === "text" ? step.deltas : [])).join("");
  };
  return { provider: answeringProvider("guide", answer), released, requests: () => asked };
}
