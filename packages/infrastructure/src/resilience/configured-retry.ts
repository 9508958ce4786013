import type { ChatProvider, Deadlines } from "@chatport/domain";
import { type RetryOptions, withRetry } from "./with-retry.js";

/** What a provider's configuration says of retries. */
export interface RetryConfig {
  /** How transient failures are retried; `false`: every failure is thrown at once. */
  readonly retry?: RetryOptions | false;
  /** The configured `totalMs` is one deadline over all attempts. */
  readonly deadlines?: Partial<Deadlines>;
}

/** A bare adapter with the retries that its configuration asks for: those of `withRetry` where it says nothing. */
export function withConfiguredRetry(provider: ChatProvider, config: RetryConfig): ChatProvider {
  const retry = configuredRetry(config);
  return retry === false ? provider : withRetry(provider, retry);
}

/** How to retry what is configured so. Of the two deadlines over all attempts, the configured total and the `overallMs` of the retries, the shorter holds. */
export function configuredRetry({ retry = {}, deadlines }: RetryConfig): RetryOptions | false {
  if (retry === false) return false;
  const limits = [deadlines?.totalMs, retry.overallMs].filter((limit) => limit !== undefined);
  return limits.length === 0 ? retry : { ...retry, overallMs: Math.min(...limits) };
}
