import { type ChatProviderHarness, fakeProviderHarness, type ScriptedAnswer, type ScriptedProvider } from "../../src/testing/index.js";
import { type AssistantMessage, type CallOptions, type ChatProvider, isChatException } from "../../src/index.js";

/** Starts FakeChatProvider on a script, optionally behind a wrapper, which may be a broken one. */
export function startFake(script: ScriptedAnswer, wrap: (fake: ChatProvider) => ChatProvider = (fake) => fake): Promise<ScriptedProvider> {
  return fakeProviderHarness((fake) => wrap(redacting(fake))).start(script);
}

/** The fake has no key, and so redacts none; a provider that has one keeps it out of what had arrived, too. */
function redacting(fake: ChatProvider): ChatProvider {
  return like(fake, {
    stream: (request, options) => {
      const stream = fake.stream(request, options);
      return {
        [Symbol.asyncIterator]: () => {
          const events = stream[Symbol.asyncIterator]();
          const next = () =>
            events.next().catch((error: unknown) => {
              if (isChatException(error) && error.partial) Object.assign(error, { partial: withoutKey(error.partial) });
              throw error;
            });
          return { ...events, next };
        },
      };
    },
  });
}

function withoutKey(partial: AssistantMessage): AssistantMessage {
  return JSON.parse(JSON.stringify(partial).replaceAll(fakeHarness.secret, "[redacted]"));
}

/** The harness of the fake itself. The secret is there to prove that the suite's search for it works. */
export const fakeHarness: ChatProviderHarness & { readonly secret: string } = {
  start: (script) => startFake(script),
  secret: "canary-of-the-fake",
};

/** A provider that behaves like another one, except for what is replaced. */
export function like(provider: ChatProvider, changes: Partial<ChatProvider>): ChatProvider {
  const { name, vendor, capabilities } = provider;
  const listModels = provider.listModels && {
    listModels: (options?: CallOptions) => provider.listModels?.(options) ?? Promise.resolve([]),
  };
  return { name, vendor, capabilities, stream: (request, options) => provider.stream(request, options), ...listModels, ...changes };
}
