import type { ChatProvider } from "../chat-provider.js";
import type { ChatProviderHarness } from "./contract/contract-case.js";
import { FakeChatProvider } from "./fake-chat-provider.js";
import type { ScriptedAnswer } from "./scripted-answer.js";

/**
 * The contract's harness over a {@link FakeChatProvider}, for what wraps a provider: a decorator keeps the contract where it is tried over one that does.
 *
 * ```ts
 * chatProviderContract("withLogging", fakeProviderHarness((provider) => withLogging(provider)), {
 *   skip: { secrets: "The provider that it is tried with has no key and no server that could echo one." },
 * });
 * ```
 *
 * `wrap` gets the script, too, in case that what it does depends on it. Default: the fake itself.
 */
export function fakeProviderHarness(
  wrap: (provider: ChatProvider, script: ScriptedAnswer) => ChatProvider = (provider) => provider,
): ChatProviderHarness {
  return {
    start: (script) => {
      const models = script.models?.map((id) => ({ id }));
      const fake = new FakeChatProvider(script, models ? { models } : {});
      return Promise.resolve({
        provider: wrap(fake, script),
        get released() {
          return Promise.all(fake.calls.map((call) => call.released)).then(() => {});
        },
        requests: () => fake.calls.length,
      });
    },
  };
}
