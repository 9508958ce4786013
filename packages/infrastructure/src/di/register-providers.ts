import type { ChatProvider } from "@chatport/domain";
import { type DependencyContainer, instanceCachingFactory } from "tsyringe";
import { ConfigException, type ConfigExceptionDetails } from "../config/config-exception.js";
import type { Configuration } from "../config/configuration.js";
import { dotted } from "../config/dotted.js";
import { nearestName } from "../names/nearest-name.js";
import { createProvider } from "./create-provider.js";
import type { Registration } from "./registration.js";
import { SecretLedger } from "./secret-ledger.js";
import { placesOf } from "./secret-use.js";
import { providerToken, tokens } from "./tokens.js";

/** Registers every configured provider, each made once and when first resolved, so that a mistake in one that is not used stops nobody. */
export function registerProviders(container: DependencyContainer, registration: Registration): void {
  const { configuration, registry } = registration;
  const making: string[] = [];
  const ledger = new SecretLedger();
  container.register(tokens.Configuration, { useValue: configuration });
  container.register(tokens.ProviderRegistry, { useValue: registry });
  for (const settings of configuration.providers.values()) {
    const make = (from: DependencyContainer): ChatProvider => {
      making.push(settings.name);
      try {
        const provider = (name: string): ChatProvider => {
          refuseCircle(name, making, configuration);
          return from.resolve(providerToken(name));
        };
        return createProvider(settings, { ...registration, provider, ledger });
      } finally {
        making.pop();
      }
    };
    container.register(providerToken(settings.name), { useFactory: instanceCachingFactory(make) });
  }
  container.register(tokens.ChatProvider, { useToken: providerToken(configuration.provider) });
}

function refuseCircle(name: string, making: readonly string[], { providers }: Configuration): void {
  if (making.includes(name)) throw circular(making.slice(making.indexOf(name)), providers);
  const by = making.at(-1) ?? name;
  if (providers.has(name)) return;
  const nearest = nearestName(name, providers.keys());
  throw new ConfigException("unknown-provider", `The provider "${by}" uses "${name}", which is not configured.`, {
    ...mentionOf(name, by, providers),
    expected: `one of ${[...providers.keys()].filter((other) => other !== by).join(", ")}`,
    ...(nearest === undefined ? {} : { nearest }),
  });
}

/** The same words for the same circle, whoever of it (or before it) was made first: it begins with the one that is configured first. */
function circular(members: readonly string[], providers: Configuration["providers"]): ConfigException {
  const start = members.indexOf([...providers.keys()].find((name) => members.includes(name)) ?? "");
  const circle = [...members.slice(start), ...members.slice(0, start)];
  const [name = "", by = name] = [circle[0], circle.at(-1)];
  const sentence = `The provider "${by}" would contain itself: ${[...circle, name].join(" → ")}.`;
  return new ConfigException("circular", sentence, mentionOf(name, by, providers));
}

/** Where a provider's table names another one; the table as a whole where its factory made the name up. */
function mentionOf(name: string, by: string, providers: Configuration["providers"]): ConfigExceptionDetails {
  const provider = providers.get(by);
  if (provider === undefined) return { provider: by };
  const path = placesOf(provider.settings, name).find(([setting]) => setting !== "type" && setting !== "model") ?? [];
  return { provider: by, origin: provider.originOf(path), key: dotted(["providers", by, ...path]) };
}
