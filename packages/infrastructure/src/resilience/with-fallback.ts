import {
  type Attempt,
  type CallOptions,
  type ChatEvent,
  type ChatExceptionCode,
  type ChatProvider,
  type ChatRequest,
  singleUse,
} from "@chatport/domain";
import { AttemptIterator } from "./attempt-iterator.js";
import { FailoverCall } from "./failover-call.js";
import { type MemberModel, memberOf, providerGroup } from "./provider-group.js";

/** When the next provider is asked. */
export interface FallbackOptions {
  /** The name of the whole. Default: the first provider's. */
  readonly name?: string;
  /** The model that a request which names none asks for, in the same words as a request. Default: every provider's own. */
  readonly model?: string;
  /**
   * The codes of failures that the next provider is asked after. Default {@link defaultFallbackCodes}: troubles of a server or of the way to it. Not among them: a refused key
   * (`authentication`, `permission`), which its owner should hear of, and what is wrong with the request, which another provider would refuse too. `unsupported` always counts:
   * nothing was sent, and another provider may be able to.
   */
  readonly on?: readonly ChatExceptionCode[];
  /**
   * One deadline over all providers, in milliseconds: each is given what is left of it as the call's `deadlines.totalMs`, which replaces a total that the provider was configured
   * with, a shorter one, too. A call's own `totalMs` goes before it. Default 1,800,000; by default it bounds the beginning of attempts alone, so that every provider keeps its total.
   *
   * It hurries nobody: a first provider that stays silent uses all of it up, and the next is never asked, unless its own `headersMs` (default 120,000) and `firstTokenMs` (default
   * 300,000) are shorter, times the attempts that it makes. An answer that is asked for as a whole has the total alone.
   */
  readonly overallMs?: number;
  /** Told of every failure that the next provider is asked after, after the call's own `onAttempt`. What it throws ends the call: it is rethrown from `next()`. */
  readonly onAttempt?: (attempt: Attempt) => void;
}

/** The codes that {@link withFallback} moves on for unless it is told otherwise. */
export const defaultFallbackCodes: readonly ChatExceptionCode[] = [
  "network",
  "timeout",
  "truncated",
  "malformed",
  "unavailable",
  "rate-limit",
  "quota",
];

/**
 * One provider of several: the first that answers, in their order.
 *
 * - The next one is asked only before the first visible event. `message-start` and `usage` are not visible: they are held back until something visible follows. After it a failure
 *   is thrown as it is, and nothing is ever said twice.
 * - A model's name means something to one provider alone. `name/model` asks the provider of that name first; any other model is the first provider's. The rest answer with the
 *   models that they were configured with; `message-start` says which one did.
 * - What is thrown in the end is the last failure (of a provider that could express the request, where there was one), with the earlier ones in `attempts`: every attempt of every
 *   provider, those that a provider's own retries made among them. Its `provider` is the one that failed.
 * - Aborting and leaving cancel whatever is in flight.
 *
 * @throws {RangeError} when there is no provider, or `overallMs` is no number of milliseconds.
 */
export function withFallback(providers: readonly ChatProvider[], options: FallbackOptions = {}): ChatProvider {
  const { overallMs, on = defaultFallbackCodes } = options;
  if (overallMs !== undefined && !(overallMs >= 0)) {
    throw new RangeError(`overallMs must be a number of milliseconds, 0 or more, not ${overallMs}.`);
  }
  const group = providerGroup(providers, "fallback", options.name);
  const codes = new Set<string>(on);
  return {
    ...group,
    stream(request: ChatRequest, callOptions: CallOptions = {}): AsyncIterable<ChatEvent> {
      const candidates = candidatesFor(request.model ?? options.model, providers);
      const begin = (): FailoverCall => new FailoverCall({ request, candidates, codes, options, callOptions });
      return singleUse(group.name, () => new AttemptIterator(begin));
    },
  };
}

/** Who is asked, and for which model. */
function candidatesFor(model: string | undefined, providers: readonly ChatProvider[]): readonly MemberModel[] {
  const named = model === undefined ? undefined : memberOf(model, providers);
  if (named !== undefined) return [named, ...providers.filter((member) => member !== named.member).map((member) => ({ member }))];
  return providers.map((member, position) => (position === 0 && model !== undefined ? { member, model } : { member }));
}
