import type { JsonObject, ProviderMetadata } from "@chatport/domain";
import { stateOf } from "../../http/history.js";
import { vendor } from "./vendor.js";

/** State to echo next turn, marked with the server that made it, where that is known. */
export function opaqueState(state: JsonObject, origin: string | undefined): ProviderMetadata {
  return origin === undefined ? { [vendor]: state } : stateOf(vendor, origin, state);
}
