import type { Configuration } from "../config/configuration.js";
import type { DisposalStack } from "./disposal-stack.js";
import type { ProviderRegistry } from "./provider-registry.js";

/** What the providers of a container are made from, and what is reported while they are made. */
export interface Registration {
  readonly configuration: Configuration;
  readonly registry: ProviderRegistry;
  readonly opened: DisposalStack;
  readonly warn: (warning: string) => void;
  /** Told of the model that a provider was configured with. */
  readonly onModel: (provider: string, model: string) => void;
}
