export { ConfigException, type ConfigExceptionCode, type ConfigExceptionDetails, isConfigException } from "./config-exception.js";
export type { Surroundings } from "./config-locations.js";
export type { Configuration, ProviderSettings } from "./configuration.js";
export { type ConfigFlags, loadConfiguration, type LoadOptions } from "./load-configuration.js";
export { type DefaultOrigin, describeOrigin, type EnvironmentOrigin, type FileOrigin, type FlagOrigin, type Origin } from "./origin.js";
export type { FoundSecret, SecretSource, SecretUse } from "./secret-source.js";
