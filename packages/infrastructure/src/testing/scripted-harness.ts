import { inspect } from "node:util";
import type { ChatProvider } from "@chatport/domain";
import type { ChatProviderHarness, ScriptedAnswer } from "@chatport/domain/testing";
import type { ScriptedServer, ScriptedServerOptions } from "./scripted-server.js";

/** What {@link scriptedHarness} is made of. */
export interface ScriptedHarnessOptions {
  /** Starts a server that answers with the script: `startScriptedOpenAIServer`, or one of yours over `startScriptedServer`. */
  readonly start: (script: ScriptedAnswer, options: ScriptedServerOptions) => Promise<ScriptedServer>;
  /** Makes the provider that talks to that server, configured with the harness's secret as its key. */
  readonly provider: (baseUrl: string, secret: string) => ChatProvider;
  /** The key, which the server echoes and which must appear nowhere. Default: a canary in the form of a key. */
  readonly secret?: string;
}

/**
 * The harness of `chatProviderContract` over a scripted server and a provider that talks to it. Every case gets a server and a provider of its own; what an
 * exception shows is looked for with Node's `inspect`, too.
 */
export function scriptedHarness({ start, provider, secret = canary }: ScriptedHarnessOptions): ChatProviderHarness {
  return {
    secret,
    inspect: (value) => inspect(value, { depth: 20, showHidden: true }),
    start: async (script) => {
      const server = await start(script, { secret });
      return {
        provider: provider(server.baseUrl, secret),
        released: server.released,
        requests: () => server.requests(),
        close: () => server.close(),
      };
    },
  };
}

const canary = "sk-test-canary-5e1f8a90c3";
