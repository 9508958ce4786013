import type { Deadlines, Secret } from "@chatport/domain";
import type { Limits } from "./limits.js";

/** What every provider over HTTP is made from, whoever's API it speaks. */
export interface HttpProviderConfig {
  /** The model of requests that name none. */
  readonly model: string;
  /** The provider's name in events and exceptions. Default: its vendor's. */
  readonly name?: string;
  /** Sent to the base URL's origin alone, in the header that the API wants it in, and never in a URL. Default: no such header. */
  readonly apiKey?: Secret | string;
  /** Further headers of every request; they replace the client's own of the same name. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Replaces the platform's `fetch`: for proxies and tests. A function that makes another `Request` of the one it gets passes its second argument on to `fetch`,
   * too: the signal is in there, and Node may forget that of a `Request` in between.
   */
  readonly fetch?: typeof globalThis.fetch;
  /** Replaces single deadlines; see `Deadlines` for units and defaults. */
  readonly deadlines?: Partial<Deadlines>;
  /** Replaces single bounds on what is read; see {@link Limits} for units and defaults. */
  readonly limits?: Partial<Limits>;
}
