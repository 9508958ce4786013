import type { JsonObject, ProviderMetadata } from "@chatport/domain";
import { stateOf } from "../../http/history.js";
import { vendor } from "./vendor.js";

/** State to echo next turn, marked with the server that made it, where that is known, and with the model, where it is of use to no other. */
export function opaqueState(state: JsonObject, origin: string | undefined, model?: string): ProviderMetadata {
  return origin === undefined ? { [vendor]: state } : stateOf(vendor, origin, state, model);
}
