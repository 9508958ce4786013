import { type ChatEvent, type ChatProvider, singleUse } from "@chatport/domain";
import { chatProviderContract, fakeProviderHarness } from "@chatport/domain/testing";
import { withRetry } from "../../src/resilience/index.js";
import { keyless as skip } from "./harnesses.js";
import { busy } from "./scripted-provider.js";

/** Waits of no length: a script that fails is performed again at once, and fails again. */
const retried = (provider: ChatProvider): ChatProvider => withRetry(provider, { maxDelayMs: 0 });

chatProviderContract("withRetry", fakeProviderHarness(retried), { skip });
chatProviderContract(
  "withRetry after a failed attempt",
  fakeProviderHarness((provider) => retried(failingAtFirst(provider, []))),
  { skip },
);
chatProviderContract(
  "withRetry after an attempt that failed before it showed anything",
  fakeProviderHarness((provider) => retried(failingAtFirst(provider, [{ type: "message-start", model: "the-first", id: "lost" }]))),
  { skip },
);

/** The same provider; its very first attempt fails behind these events, and sends nothing. */
function failingAtFirst(provider: ChatProvider, events: readonly ChatEvent[]): ChatProvider {
  let failed = false;
  const { name, vendor, capabilities } = provider;
  return {
    name,
    vendor,
    capabilities,
    stream: (request, callOptions) => {
      if (failed) return provider.stream(request, callOptions);
      failed = true;
      return singleUse(name, () => {
        const rest = [...events];
        return {
          next: async () => {
            const value = rest.shift();
            if (value === undefined) throw busy();
            return { done: false, value };
          },
        };
      });
    },
    listModels: async (callOptions) => (await provider.listModels?.(callOptions)) ?? [],
  };
}
