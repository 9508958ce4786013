import type { ChatProvider } from "@chatport/domain";
import { type DependencyContainer, instanceCachingFactory } from "tsyringe";
import { ConfigException } from "../config/config-exception.js";
import type { Configuration } from "../config/configuration.js";
import { nearestName } from "../config/nearest-name.js";
import { createProvider } from "./create-provider.js";
import type { Registration } from "./registration.js";
import { providerToken, tokens } from "./tokens.js";

/** Registers every configured provider, each made once and when first resolved, so that a mistake in one that is not used stops nobody. */
export function registerProviders(container: DependencyContainer, registration: Registration): void {
  const { configuration, registry } = registration;
  const making: string[] = [];
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
        return createProvider(settings, { ...registration, provider });
      } finally {
        making.pop();
      }
    };
    container.register(providerToken(settings.name), { useFactory: instanceCachingFactory(make) });
  }
  container.register(tokens.ChatProvider, { useToken: providerToken(configuration.provider) });
}

function refuseCircle(name: string, making: readonly string[], { providers }: Configuration): void {
  const by = making.at(-1) ?? name;
  const details = { provider: by, origin: providers.get(by)?.originOf(["providers"]) ?? { kind: "default" as const } };
  if (making.includes(name)) {
    throw new ConfigException("circular", `The provider "${by}" would contain itself: ${[...making, name].join(" → ")}.`, details);
  }
  if (providers.has(name)) return;
  const nearest = nearestName(name, providers.keys());
  throw new ConfigException("unknown-provider", `The provider "${by}" uses "${name}", which is not configured.`, {
    ...details,
    ...(nearest === undefined ? {} : { nearest }),
  });
}
