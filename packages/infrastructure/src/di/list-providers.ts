import { isConfigException } from "../config/config-exception.js";
import type { Configuration, ProviderSettings } from "../config/configuration.js";
import { withoutKeys } from "../config/key-shape.js";
import { describeOrigin } from "../config/origin.js";
import { presetOf } from "../config/preset-of.js";
import { judgeProvider } from "./judge-provider.js";
import { policyIn } from "./provider-policy.js";
import type { ProviderRegistry } from "./provider-registry.js";
import { mistakesOf } from "./validate-providers.js";

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

/** The configured providers, in the order in which they are configured. Keys are not looked up. @param registry with the types of the plug-ins */
export async function listProviders(configuration: Configuration, registry: ProviderRegistry): Promise<readonly ListedProvider[]> {
  const listed: ListedProvider[] = [];
  for (const provider of configuration.providers.values()) {
    const table = judged(provider, registry);
    const problem = table.problem ?? (await problemBeyond(provider, { ...configuration, plugins: [] }, registry));
    listed.push({
      name: withoutKeys(provider.name),
      type: withoutKeys(provider.type),
      ...(problem === undefined ? table : { problem }),
      chosen: provider.name === configuration.provider,
      origin: describeOrigin(provider.originOf(["type"])),
    });
  }
  return listed;
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

/** What a table by itself does not show: a provider that it names and that is not there, the circle that it leads into. What is wrong with a provider that it contains stands at that one. */
async function problemBeyond(
  { name }: ProviderSettings,
  configuration: Configuration,
  registry: ProviderRegistry,
): Promise<string | undefined> {
  const shown = withoutKeys(name);
  const mistakes = await mistakesOf(name, configuration, registry);
  return mistakes.find(({ provider, code }) => provider === shown || code === "circular")?.message;
}
