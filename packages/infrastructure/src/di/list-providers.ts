import { isConfigException } from "../config/config-exception.js";
import type { Configuration, ProviderSettings } from "../config/configuration.js";
import { withoutKeys } from "../config/key-shape.js";
import { describeOrigin } from "../config/origin.js";
import { presetOf } from "../config/preset-of.js";
import { judgeProvider } from "./judge-provider.js";
import { policyIn } from "./provider-policy.js";
import type { ProviderRegistry } from "./provider-registry.js";

/** A configured provider, for a list. What looks like a key is hidden, wherever it stands. */
export interface ListedProvider {
  readonly name: string;
  readonly type: string;
  /** The preset that its table builds on. */
  readonly preset?: string;
  /** The model that it is configured with, or else its preset's, or its type's default; absent when it has none. */
  readonly model?: string;
  /** Whether it is the one that answers. */
  readonly chosen: boolean;
  /** Where its table stands: `./chatport.toml line 3`. */
  readonly origin: string;
  /** What is wrong with its table. */
  readonly problem?: string;
}

/** The configured providers, in the order in which they are configured. */
export function listProviders(configuration: Configuration, registry: ProviderRegistry): readonly ListedProvider[] {
  return [...configuration.providers.values()].map((provider) => ({
    name: withoutKeys(provider.name),
    type: withoutKeys(provider.type),
    ...judged(provider, registry),
    chosen: provider.name === configuration.provider,
    origin: describeOrigin(provider.originOf(["type"])),
  }));
}

function judged(provider: ProviderSettings, registry: ProviderRegistry): Pick<ListedProvider, "preset" | "model" | "problem"> {
  try {
    const { config } = judgeProvider(provider, registry, () => {});
    const preset = presetOf(provider);
    const model = policyIn(config).model ?? preset?.model;
    return { ...(preset && { preset: preset.name }), ...(model !== undefined && { model: withoutKeys(model) }) };
  } catch (error) {
    if (isConfigException(error)) return { problem: error.message };
    throw error;
  }
}
