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
export function withConfiguredRetry(provider: ChatProvider, { retry, deadlines }: RetryConfig): ChatProvider {
  if (retry === false) return provider;
  const { totalMs } = deadlines ?? {};
  return withRetry(provider, { ...(totalMs !== undefined && { overallMs: totalMs }), ...retry });
}
