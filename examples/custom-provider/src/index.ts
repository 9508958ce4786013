import type { ProviderFactory } from "@chatport/domain";
import { echoWireTable, type EchoWireTable } from "./echo-wire-config.js";
import { createEchoWireProvider } from "./echo-wire-provider.js";

export type { EchoWireConfig } from "./echo-wire-config.js";
export { createEchoWireProvider } from "./echo-wire-provider.js";
export { echoWireHistoryRules } from "./echo-wire-request.js";

/** `type = "echo-wire"`. Makes the bare adapter, without I/O; who composes providers adds the retries. */
const echoWireProviderFactory: ProviderFactory<EchoWireTable> = {
  type: "echo-wire",
  configSchema: echoWireTable,
  create: ({ type: _type, retry: _retry, apiKey, ...settings }, { name, secret }) =>
    createEchoWireProvider({ ...settings, name, ...(apiKey !== undefined && { apiKey: secret(apiKey) }) }),
};

// oxlint-disable-next-line import/no-default-export -- A plug-in is what its package exports as default.
export default echoWireProviderFactory;
