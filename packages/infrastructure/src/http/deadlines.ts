import { type Deadlines, RequestException } from "@chatport/domain";

/** On by default: no call of an adapter waits for ever. */
export const defaultDeadlines: Deadlines = {
  headersMs: 120_000,
  firstTokenMs: 300_000,
  idleMs: 120_000,
  totalMs: 1_800_000,
};

/** The deadlines of one call: the call's own, then the provider's, then the defaults. A whole answer has the total alone. */
export function deadlinesOf(delivery: "stream" | "whole" | undefined, ...layers: readonly (Partial<Deadlines> | undefined)[]): Deadlines {
  const deadlines = { ...defaultDeadlines };
  for (const layer of layers) {
    if (layer === undefined) continue;
    for (const key of ["headersMs", "firstTokenMs", "idleMs", "totalMs"] as const) {
      const value = layer[key];
      if (value !== undefined) deadlines[key] = value;
    }
  }
  return delivery === "whole" ? { headersMs: Infinity, firstTokenMs: Infinity, idleMs: Infinity, totalMs: deadlines.totalMs } : deadlines;
}

/** @throws {RequestException} `invalid-request` for a deadline that is no number of milliseconds above 0. */
export function requireDeadlines(deadlines: Deadlines, provider: string): void {
  for (const [name, value] of Object.entries(deadlines)) {
    if (typeof value === "number" && value > 0) continue;
    const message = `deadlines.${name} is ${String(value)}: it must be a number of milliseconds above 0, or Infinity.`;
    throw new RequestException("invalid-request", message, { provider });
  }
}
