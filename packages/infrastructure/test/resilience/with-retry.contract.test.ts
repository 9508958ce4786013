import { type ChatProvider, singleUse } from "@chatport/domain";
import { type ChatProviderHarness, chatProviderContract, FakeChatProvider } from "@chatport/domain/testing";
import { withRetry } from "../../src/resilience/index.js";
import { busy } from "./scripted-provider.js";

const options = { skip: { secrets: "the provider that it is tried with has no key and no server that could echo one" } };

chatProviderContract("withRetry", harness(), options);
chatProviderContract("withRetry after a failed attempt", harness(failingAtFirst), options);

function harness(wrap: (provider: ChatProvider) => ChatProvider = (provider) => provider): ChatProviderHarness {
  return {
    start: (script) => {
      const models = script.models?.map((id) => ({ id }));
      const fake = new FakeChatProvider(script, models ? { models } : {});
      return Promise.resolve({
        // Waits of no length: a script that fails is performed again at once, and fails again.
        provider: withRetry(wrap(fake), { maxDelayMs: 0 }),
        get released() {
          return Promise.all(fake.calls.map((call) => call.released)).then(() => {});
        },
        requests: () => fake.calls.length,
      });
    },
  };
}

/** The same provider; its very first attempt fails before anything is sent. */
function failingAtFirst(provider: ChatProvider): ChatProvider {
  let failed = false;
  const { name, vendor, capabilities } = provider;
  return {
    name,
    vendor,
    capabilities,
    stream: (request, callOptions) => {
      if (failed) return provider.stream(request, callOptions);
      failed = true;
      return singleUse(name, () => ({ next: () => Promise.reject(busy()) }));
    },
    listModels: async (callOptions) => (await provider.listModels?.(callOptions)) ?? [],
  };
}
