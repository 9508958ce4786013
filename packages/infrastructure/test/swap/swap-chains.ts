import type { Message } from "@chatport/domain";
import { answered, opening, turnOf } from "./swap-conversation.js";
import type { SwapVendor } from "./swap-vendor.js";

/** Three vendors that answer one after the other, and the first of them again. */
export interface SwapChain {
  readonly name: string;
  readonly vendors: readonly [first: SwapVendor, second: SwapVendor, third: SwapVendor];
}

/** Every order of three different vendors. */
export function chainsOf(vendors: readonly SwapVendor[]): readonly SwapChain[] {
  return vendors.flatMap((first) =>
    vendors.flatMap((second) =>
      vendors.flatMap((third) =>
        new Set([first, second, third]).size === 3
          ? [{ name: [first, second, third, first].map(({ name }) => name).join(" to "), vendors: [first, second, third] }]
          : [],
      ),
    ),
  );
}

/** The conversation when all three have answered, and the body that the first is sent then. */
export async function wayBack({ vendors }: SwapChain): Promise<{ readonly messages: readonly Message[]; readonly body: unknown }> {
  const messages = [...opening];
  for (const vendor of vendors) messages.push(...answered((await turnOf(vendor, messages)).answer));
  return { messages, body: (await turnOf(vendors[0], messages)).body };
}
