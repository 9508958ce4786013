import { type ConfigLayer, layerFrom } from "./config-layer.js";
import { type KnownSurroundings, setting } from "./config-locations.js";
import { table } from "./config-table.js";
import type { Origin } from "./origin.js";

/** What is chosen outside of files: by the environment, and above it by flags. */
export interface Selection {
  /** Layers that set `provider`, the lower one first. */
  readonly provider: readonly ConfigLayer[];
  /** Models for the provider that is chosen in the end, the lower one first. */
  readonly models: readonly { readonly name: string; readonly origin: Origin }[];
}

/**
 * Reads `CHATPORT_PROVIDER`, `CHATPORT_MODEL`, `--provider` and `--model`. A model `PROVIDER/MODEL` whose first part is one of `names` chooses the provider, too,
 * unless its own source or a higher one chooses a provider: then it is a model's name as it is, such as those of OpenRouter.
 */
export function readSelection(
  flags: { readonly provider?: string | undefined; readonly model?: string | undefined },
  { env }: Pick<KnownSurroundings, "env">,
  names: readonly string[],
): Selection {
  const sources = [
    {
      provider: placed(setting(env, "CHATPORT_PROVIDER"), { kind: "environment", variable: "CHATPORT_PROVIDER" }),
      model: placed(setting(env, "CHATPORT_MODEL"), { kind: "environment", variable: "CHATPORT_MODEL" }),
    },
    {
      provider: placed(flags.provider, { kind: "flag", flag: "--provider" }),
      model: placed(flags.model, { kind: "flag", flag: "--model" }),
    },
  ];
  const read = sources.map(({ provider, model }, index) => {
    const isFree = sources.slice(index).every((source) => source.provider === undefined);
    const qualified = isFree && model !== undefined ? qualifiedModel(model.name, names) : undefined;
    return model === undefined || qualified === undefined
      ? { provider, model }
      : { provider: { name: qualified.provider, origin: model.origin }, model: { name: qualified.model, origin: model.origin } };
  });
  return {
    provider: read.flatMap(({ provider }) =>
      provider === undefined ? [] : [layerFrom(provider.origin, table({ provider: provider.name }))],
    ),
    models: read.flatMap(({ model }) => (model === undefined ? [] : [model])),
  };
}

function placed(name: string | undefined, origin: Origin): { readonly name: string; readonly origin: Origin } | undefined {
  return name === undefined ? undefined : { name, origin };
}

function qualifiedModel(name: string, providers: readonly string[]): { readonly provider: string; readonly model: string } | undefined {
  const provider = providers.find((candidate) => name.startsWith(`${candidate}/`) && name.length > candidate.length + 1);
  return provider === undefined ? undefined : { provider, model: name.slice(provider.length + 1) };
}
