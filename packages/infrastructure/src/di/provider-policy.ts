import * as z from "zod/mini";
import { configuredRetry } from "../resilience/configured-retry.js";
import type { RetryOptions } from "../resilience/index.js";

/** What a provider's configuration says to the layers around it. */
export interface ProviderPolicy {
  /** How it is retried; `false`: not at all. */
  readonly retry: RetryOptions | false;
  /** The model that it was configured with. */
  readonly model?: string;
}

// Not `z.number()`, which refuses Infinity: the way to switch a deadline off.
const amount = z.optional(z.custom<number>((value) => typeof value === "number"));
const policySchema = z.looseObject({
  model: z.optional(z.string()),
  retry: z.optional(
    z.union([
      z.literal(false),
      z.object({ maxAttempts: amount, baseDelayMs: amount, maxDelayMs: amount, maxRetryAfterMs: amount, overallMs: amount }),
    ]),
  ),
  deadlines: z.optional(z.looseObject({ totalMs: amount })),
});

/**
 * Reads `retry`, `model` and `deadlines.totalMs` from what a factory's schema gave back. A factory that knows none of them gets the defaults: its settings are its own.
 */
export function policyIn(config: unknown): ProviderPolicy {
  const { success, data } = z.safeParse(policySchema, config);
  if (!success) return { retry: {} };
  const { retry = {}, model, deadlines } = data;
  return {
    // Retrying gives each attempt what is left of one deadline, so that it has to know the provider's own.
    retry: configuredRetry({
      retry: retry === false ? false : defined(retry),
      ...(deadlines?.totalMs !== undefined && { deadlines: { totalMs: deadlines.totalMs } }),
    }),
    ...(model === undefined ? {} : { model }),
  };
}

function defined(options: { readonly [Key in keyof RetryOptions]?: RetryOptions[Key] | undefined }): RetryOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
