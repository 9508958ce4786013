import {
  type CallOptions,
  type ChatEvent,
  type ChatProvider,
  type ChatRequest,
  isChatException,
  type ModelInfo,
  NetworkException,
  ParseException,
  singleUse,
} from "@chatport/domain";
import { isConfigException } from "../config/config-exception.js";
import { withoutKeys } from "../config/key-shape.js";
import type { Redact } from "../http/redaction.js";
import { inTurns } from "../resilience/in-turns.js";
import { isEvent, isEventStream, isModelList } from "./answer-shape.js";
import { dropPromise } from "./drop-promise.js";
import { redactedCause, wordsOf } from "./factory-failure.js";

/**
 * The same provider, made by a plug-in, whose calls end as the port says: one that throws something else than a `ChatException`, or gives what is no event or no list of models, ends
 * with `malformed` and names the plug-in; an answer without its end ends with `truncated`. Whether it keeps the rest of the contract is for the plug-in's own tests to show.
 *
 * @param redact takes the secrets that the provider was made with out of a text
 */
export function withCheckedAnswers(provider: ChatProvider, plugin: string, redact: Redact): ChatProvider {
  const { name, vendor, capabilities } = provider;
  const blame = blamed(name, plugin, redact);
  return {
    name,
    vendor,
    capabilities,
    stream: (request: ChatRequest, options: CallOptions = {}) =>
      singleUse(name, () => checkedEvents(() => provider.stream(request, options), options, blame)),
    ...(provider.listModels && {
      listModels: (options: CallOptions = {}) => checkedModels(async () => provider.listModels?.(options), options, blame),
    }),
  };
}

/** Makes the exceptions for what a plug-in's provider does wrong. */
interface Blame {
  readonly provider: string;
  malformed(what: string): ParseException;
  /** What is thrown in place of what was thrown. */
  thrown(error: unknown, what: string, options: CallOptions): unknown;
}

function blamed(provider: string, plugin: string, redact: Redact): Blame {
  const malformed = (what: string, cause?: unknown): ParseException =>
    new ParseException("malformed", withoutKeys(`The plugin "${plugin}" does not keep to the port: ${what}.`), { provider, cause });
  return {
    provider,
    malformed,
    thrown(error, what, { signal }) {
      const reason: unknown = signal?.reason;
      if (signal?.aborted === true) return reason;
      if (isChatException(error) || isConfigException(error)) return error;
      return malformed(`${what} threw ${redact(wordsOf({ error })).replace(/\.$/, "")}`, redactedCause({ error }, redact));
    },
  };
}

function checkedEvents(open: () => AsyncIterable<ChatEvent>, options: CallOptions, blame: Blame): AsyncIterator<ChatEvent, undefined> {
  let events: AsyncIterator<unknown> | undefined;
  let hasEnded = false;
  const begin = (): AsyncIterator<unknown> => {
    const stream: unknown = open();
    if (isEventStream(stream)) return stream[Symbol.asyncIterator]();
    dropPromise(stream);
    throw blame.malformed("stream() gave nothing that is read with for await");
  };
  const step = async (): Promise<IteratorResult<ChatEvent, undefined>> => {
    events ??= begin();
    const result: IteratorResult<unknown> = await events.next();
    if (result.done === true) {
      if (hasEnded) return { done: true, value: undefined };
      throw new NetworkException("truncated", "The answer ended without message-end", { provider: blame.provider });
    }
    const { value } = result;
    if (!isEvent(value)) {
      dropPromise(events.return?.());
      throw blame.malformed("stream() yielded what is no event");
    }
    hasEnded ||= value.type === "message-end";
    return { done: false, value };
  };
  return inTurns({
    step: () =>
      step().catch((error: unknown) => {
        throw blame.thrown(error, "stream()", options);
      }),
    async leave() {
      await events?.return?.();
    },
  });
}

async function checkedModels(list: () => Promise<unknown>, options: CallOptions, blame: Blame): Promise<readonly ModelInfo[]> {
  const models = await list().catch((error: unknown) => {
    throw blame.thrown(error, "listModels()", options);
  });
  if (!isModelList(models)) throw blame.malformed("listModels() gave no list of models that have an id");
  return models;
}
