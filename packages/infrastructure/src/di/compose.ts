// tsyringe refuses to load without it.
import "reflect-metadata";
import type { ChatProvider } from "@chatport/domain";
import { container, type DependencyContainer } from "tsyringe";
import { type Configuration, describeOrigin } from "../config/index.js";
import { withoutKeys } from "../config/key-shape.js";
import { builtInRegistry } from "./built-in-providers.js";
import { DisposalStack } from "./disposal-stack.js";
import { type ProviderRegistry, withPlugins } from "./provider-registry.js";
import { registerProviders } from "./register-providers.js";
import { tokens } from "./tokens.js";

export interface ComposeOptions {
  /** The provider types there are, to which the configuration's plugins are added. Default: the built-in ones. */
  readonly registry?: ProviderRegistry;
}

/** A provider that is ready to answer, and everything that was opened for it. */
export interface Composition extends AsyncDisposable {
  readonly provider: ChatProvider;
  /** The model that it was configured with, when it has models. */
  readonly model?: string;
  /** Who answers, for people: `openai (gpt-5-mini)`, `guide`. A name that looks like a key is hidden. */
  readonly description: string;
  /** Why this provider, for people: `./chatport.toml line 1`, `environment variable OPENAI_API_KEY`, `no provider is configured`. */
  readonly origin: string;
  /** What the user should know and what stops nothing, such as a key that others can read. */
  readonly warnings: readonly string[];
  /** Closes what was opened; the same as leaving an `await using` block. */
  dispose(): Promise<void>;
}

/**
 * Makes the chosen provider of a configuration, with retries, in a container of its own that nobody else sees. Does no network I/O.
 *
 * @throws {ConfigException} for settings that do not fit the provider's type, or a key that cannot be found.
 */
export function compose(configuration: Configuration, { registry = builtInRegistry() }: ComposeOptions = {}): Composition {
  const opened = new DisposalStack();
  const warnings: string[] = [...configuration.warnings];
  const child = container.createChildContainer();
  const models = new Map<string, string>();
  registerProviders(child, {
    configuration,
    registry: withPlugins(registry, configuration.plugins),
    opened,
    warn: (warning) => warnings.push(warning),
    onModel: (name, model) => models.set(name, model),
  });
  const provider = resolved(child, opened);
  const dispose = (): Promise<void> => opened[Symbol.asyncDispose]();
  const { origin } = configuration;
  const model = models.get(provider.name);
  return {
    provider,
    ...(model !== undefined && { model }),
    // Said when somebody asks: to look for keys in a name takes a good part of the time in which everything is composed.
    get description() {
      const shown = withoutKeys(provider.name);
      return model === undefined ? shown : `${shown} (${withoutKeys(model)})`;
    },
    get origin() {
      return origin.kind === "default" ? "no provider is configured" : describeOrigin(origin);
    },
    warnings,
    dispose,
    [Symbol.asyncDispose]: dispose,
  };
}

/** The chosen provider. Where it cannot be made, what was opened for it before (the first members of a fallback) is closed: nobody else gets hold of it. */
function resolved(child: DependencyContainer, opened: DisposalStack): ChatProvider {
  try {
    return child.resolve(tokens.ChatProvider);
  } catch (error) {
    // How closing ends says nothing about the mistake.
    opened[Symbol.asyncDispose]().catch(() => undefined);
    throw error;
  }
}
