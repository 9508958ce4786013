import { type CallOptions, type ChatEvent, type ChatProvider, type ChatRequest, RequestException, singleUse } from "@chatport/domain";
import { nearestName } from "../names/nearest-name.js";
import { memberOf, providerGroup } from "./provider-group.js";

/** How models find their providers. */
export interface RoutingOptions {
  /** The name of the whole. Default: the default provider's. */
  readonly name?: string;
  /** The name of the provider that answers when no model is asked for, or one without a slash. Default: the first. */
  readonly default?: string;
  /** The model that a request which names none asks for, in the same words as a request: `groq/llama-3.3-70b-versatile`. Default: the default provider's own. */
  readonly model?: string;
}

/**
 * One provider of several, chosen by the request's model: `name/model` reaches the provider of that name, asked for `model`; `name/` reaches it too, and it answers with its own
 * model. Without a model, or with one that has no slash, the default provider answers. What stands before the first slash and names no provider fails with `not-found` before
 * anything is sent; a model of the default provider whose id has a slash is asked for as `name/id` like any other's.
 *
 * Adds nothing to a call: what the chosen provider streams is handed out as it is. Exceptions name the provider that failed.
 *
 * @throws {RangeError} when there is no provider, when two have the same name, or when there is none of the default's name.
 */
export function withRouting(providers: readonly ChatProvider[], options: RoutingOptions = {}): ChatProvider {
  const names = providers.map(({ name }) => name);
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) throw new RangeError(`Two of the providers are named "${twice}".`);
  const group = providerGroup(providers, "routing", options.name ?? options.default);
  const standard = options.default === undefined ? providers[0] : providers.find(({ name }) => name === options.default);
  if (standard === undefined) throw new RangeError(`None of the providers is named "${options.default}"; there is ${names.join(", ")}.`);
  return {
    ...group,
    stream({ model = options.model, ...rest }: ChatRequest, callOptions?: CallOptions): AsyncIterable<ChatEvent> {
      if (model === undefined) return standard.stream(rest, callOptions);
      const routed = memberOf(model, providers) ?? (model.includes("/") ? undefined : { member: standard, model });
      if (routed === undefined) return refused(group.name, unknownPrefix(model, names, group.name), callOptions?.signal);
      return routed.member.stream(routed.model === undefined ? rest : { ...rest, model: routed.model }, callOptions);
    },
  };
}

function unknownPrefix(model: string, names: readonly string[], provider: string): RequestException {
  const prefix = model.slice(0, model.indexOf("/"));
  const nearest = nearestName(prefix, names);
  const hint = nearest === undefined ? "" : ` Did you mean "${nearest}${model.slice(prefix.length)}"?`;
  const message = `The model "${model}" asks for a provider named "${prefix}"; there is ${names.join(", ")}.${hint}`;
  return new RequestException("not-found", message, { provider });
}

/** An answer that fails at its first `next()`: errors never come from `stream()`. */
function refused(provider: string, exception: RequestException, signal: AbortSignal | undefined): AsyncIterable<ChatEvent> {
  return singleUse(provider, (): AsyncIterator<ChatEvent, undefined> => {
    let told = false;
    return {
      next: () => {
        if (told) return Promise.resolve({ done: true, value: undefined });
        told = true;
        const reason: unknown = signal?.aborted === true ? signal.reason : exception;
        return Promise.reject(reason);
      },
      return: () => {
        told = true;
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  });
}
