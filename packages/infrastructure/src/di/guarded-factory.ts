import { type ChatProvider, isChatException, type ProviderFactory } from "@chatport/domain";
import { isConfigException } from "../config/config-exception.js";
import type { FactoryFailure } from "./factory-failure.js";
import { guardedSchema } from "./guarded-schema.js";
import { providerLack } from "./provider-lack.js";

/**
 * The same factory, which keeps its promises: whatever its schema or its `create` does, they give what the interface says, or throw a `ConfigException`, or the `ChatException`
 * that the factory threw itself. Third parties write factories, in plain JavaScript too, and what one does wrong must not look like a mistake of the program.
 */
export function guardedFactory(factory: ProviderFactory, failure: FactoryFailure): ProviderFactory {
  return {
    type: factory.type,
    configSchema: guardedSchema(factory.configSchema, failure),
    create(config, dependencies): ChatProvider {
      try {
        const provider = factory.create(config, dependencies);
        const lack = providerLack(provider);
        if (lack === undefined) return provider;
        throw failure(`its create() gave ${lack}`);
      } catch (error) {
        // What the dependencies throw has its place already.
        throw isConfigException(error) || isChatException(error) ? error : failure("its create() threw", { error });
      }
    },
  };
}
