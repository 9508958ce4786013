import type { ChatProvider } from "@chatport/domain";
import type { InjectionToken } from "tsyringe";
import type { Configuration } from "../config/index.js";
import type { ProviderRegistry } from "./provider-registry.js";

/** What an application may resolve from a container that {@link registerProviders} has filled. Each token is the typed namesake of its interface. */
export const tokens: {
  /** The provider that answers. */
  readonly ChatProvider: InjectionToken<ChatProvider>;
  readonly Configuration: InjectionToken<Configuration>;
  readonly ProviderRegistry: InjectionToken<ProviderRegistry>;
} = {
  ChatProvider: Symbol("ChatProvider"),
  Configuration: Symbol("Configuration"),
  ProviderRegistry: Symbol("ProviderRegistry"),
};

/** The token of one configured provider, by its name. */
export function providerToken(name: string): InjectionToken<ChatProvider> {
  return `chatport.ChatProvider:${name}`;
}
