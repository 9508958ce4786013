import { type ChatProvider, singleUse } from "@chatport/domain";
import { chatProviderContract, FakeChatProvider, fakeProviderHarness } from "@chatport/domain/testing";
import { withFallback, withRetry, withRouting } from "../../src/resilience/index.js";
import { keyless, oneOfSeveral, overOpenAI, prefixed } from "./harnesses.js";
import { busy } from "./scripted-provider.js";

/** A provider that is down: every attempt fails before anything is sent. */
function down({ name, vendor, capabilities }: ChatProvider): ChatProvider {
  return {
    name,
    vendor,
    capabilities,
    stream: () => singleUse(name, () => ({ next: () => Promise.reject(busy()) })),
    listModels: () => Promise.reject(busy()),
  };
}

/** The default stack, as a configuration composes it. The other members are never reached by what the contract asks for. */
function stack(provider: ChatProvider): ChatProvider {
  const retried = withRetry(provider, { maxDelayMs: 0 });
  return withRouting([withFallback([retried]), new FakeChatProvider("other", { name: "other" })]);
}

chatProviderContract(
  "withFallback, answering first",
  fakeProviderHarness((provider) => withFallback([provider])),
  { skip: { ...keyless, ...prefixed } },
);
chatProviderContract(
  "withFallback, after one that is down",
  fakeProviderHarness((provider) => withFallback([down(provider), provider])),
  { skip: { ...keyless, ...prefixed } },
);
chatProviderContract(
  "withRouting",
  fakeProviderHarness((provider) => withRouting([provider, new FakeChatProvider("other", { name: "other" })])),
  { skip: { ...keyless, ...oneOfSeveral } },
);
chatProviderContract("retry, fallback and routing", fakeProviderHarness(stack), { skip: { ...keyless, ...oneOfSeveral } });
chatProviderContract("retry, fallback and routing over the OpenAI provider", overOpenAI(stack), { skip: oneOfSeveral });
chatProviderContract(
  "retry, fallback and routing over the OpenAI provider, after one that is down",
  overOpenAI((provider) =>
    withRouting([withFallback([withRetry(down(provider), { maxDelayMs: 0 }), withRetry(provider, { maxDelayMs: 0 })])]),
  ),
  { skip: prefixed },
);
