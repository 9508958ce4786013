import type { Message } from "@chatport/domain";
import { answered, ending, opening, turnOf } from "./swap-conversation.js";
import type { SwapVendor } from "./swap-vendor.js";

/** A vendor that begins a conversation, and one that goes on with it: perhaps the same. */
export interface SwapPair {
  readonly name: string;
  readonly from: SwapVendor;
  readonly to: SwapVendor;
}

/** Every ordered pair. */
export function pairsOf(vendors: readonly SwapVendor[]): readonly SwapPair[] {
  return vendors.flatMap((from) => vendors.map((to) => ({ from, to, name: `${from.name} to ${to.name}` })));
}

/** The conversation that a vendor began, up to the question that another one is to answer. */
export async function conversationAfter(vendor: SwapVendor): Promise<readonly Message[]> {
  return [...opening, ...answered((await turnOf(vendor, opening)).answer), ...ending];
}

/** The body that the second vendor of a pair is sent. */
export async function bodyAfter(from: SwapVendor, to: SwapVendor): Promise<unknown> {
  return (await turnOf(to, await conversationAfter(from))).body;
}
