export { ConfigException, type ConfigExceptionCode, type ConfigExceptionDetails, isConfigException } from "./config-exception.js";
export type { Surroundings } from "./config-locations.js";
export { type ConfigPath, configPaths } from "./config-paths.js";
export type { Configuration, ProviderSettings } from "./configuration.js";
export type { LocalProbe, LocalServer } from "./local-servers.js";
export { type ConfigFlags, loadConfiguration, type LoadOptions } from "./load-configuration.js";
export {
  type DefaultOrigin,
  describeOrigin,
  type EnvironmentOrigin,
  type FileOrigin,
  type FlagOrigin,
  type Origin,
  type PresetOrigin,
  type ServerOrigin,
} from "./origin.js";
export type { Plugin } from "./plugins.js";
export { distrustProjectFile, type TrustedFile, trustProjectFile, type TrustOptions } from "./project-trust.js";
export type { SettingProvenance, SettingSource } from "./provenance.js";
export type { FoundSecret, SecretSource, SecretUse } from "./secret-source.js";
export type { ShownValue } from "./shown-value.js";
export type { TrustState } from "./trust-store.js";
