import {
  type CallOptions,
  type ChatEvent,
  type ChatException,
  type ChatProvider,
  type ChatRequest,
  isChatException,
  RequestException,
  singleUse,
} from "@chatport/domain";

/**
 * The same provider, for a server that was named without a model (`OPENAI_BASE_URL` alone). The configured model is tried first; when the server refuses it and
 * lists exactly one model, that one answers, from then on. A request that names its model is passed on as it is.
 *
 * @throws {RequestException} from `next()`, with the names that the server lists, when there are several to choose from.
 */
export function withListedModel(provider: ChatProvider, guess: string): ChatProvider {
  const known: { model?: string } = {};
  return {
    ...(provider.listModels && { listModels: (options?: CallOptions) => provider.listModels?.(options) ?? Promise.resolve([]) }),
    name: provider.name,
    vendor: provider.vendor,
    capabilities: provider.capabilities,
    stream(request: ChatRequest, options?: CallOptions) {
      const { model = known.model } = request;
      if (model !== undefined) return provider.stream({ ...request, model }, options);
      const findModel = async (exception: ChatException, signal: AbortSignal): Promise<string> => {
        known.model = await listedModel(provider, guess, exception, { ...options, signal });
        return known.model;
      };
      return singleUse(
        provider.name,
        () => new SecondTry((chosen) => open(provider, request, chosen, options), findModel, options?.signal),
      );
    },
  };
}

function open(provider: ChatProvider, request: ChatRequest, model: string | undefined, options?: CallOptions): AsyncIterator<ChatEvent> {
  const stream = provider.stream(model === undefined ? request : { ...request, model }, options);
  return stream[Symbol.asyncIterator]();
}

/** Reads the answer; when its very first event is a refusal of the model, reads the answer of the listed model instead. */
class SecondTry implements AsyncIterator<ChatEvent> {
  readonly #open: (model: string) => AsyncIterator<ChatEvent>;
  readonly #findModel: (exception: ChatException, signal: AbortSignal) => Promise<string>;
  readonly #signal: AbortSignal | undefined;
  readonly #leaving = new AbortController();
  #inner: AsyncIterator<ChatEvent>;
  #first = true;

  constructor(
    openWith: (model?: string) => AsyncIterator<ChatEvent>,
    findModel: (exception: ChatException, signal: AbortSignal) => Promise<string>,
    signal: AbortSignal | undefined,
  ) {
    this.#open = openWith;
    this.#findModel = findModel;
    this.#signal = signal;
    this.#inner = openWith();
  }

  next(): Promise<IteratorResult<ChatEvent>> {
    if (!this.#first) return this.#inner.next();
    this.#first = false;
    return this.#inner.next().catch((error: unknown) => this.#again(error));
  }

  async return(): Promise<IteratorResult<ChatEvent>> {
    this.#leaving.abort();
    await this.#inner.return?.();
    return { done: true, value: undefined };
  }

  async #again(error: unknown): Promise<IteratorResult<ChatEvent>> {
    if (!isChatException(error) || !isRefusal(error) || this.#leaving.signal.aborted) throw error;
    const signal = AbortSignal.any([this.#leaving.signal, ...(this.#signal === undefined ? [] : [this.#signal])]);
    const model = await this.#findModel(error, signal);
    signal.throwIfAborted();
    this.#inner = this.#open(model);
    return this.#inner.next();
  }
}

/** Servers refuse a model that they do not have with 404 (vLLM, Ollama) or with 400 (OpenRouter, Mistral, DeepSeek). */
function isRefusal({ code }: ChatException): boolean {
  return code === "not-found" || code === "invalid-request";
}

async function listedModel(provider: ChatProvider, guess: string, refusal: ChatException, options: CallOptions): Promise<string> {
  const names = await listedNames(provider, options);
  const [only, ...others] = names;
  // A server that has the model, or that tells nothing, refused for another reason: its own words say it best.
  if (only === undefined || names.includes(guess)) throw refusal;
  if (others.length === 0) return only;
  const list = names.length > 10 ? `${names.slice(0, 10).join(", ")} and ${names.length - 10} more` : names.join(", ");
  throw new RequestException("not-found", `No model was chosen. This server has ${list}: choose one with --model or CHATPORT_MODEL.`, {
    provider: provider.name,
    ...(refusal.status === undefined ? {} : { status: refusal.status }),
    cause: refusal,
  });
}

async function listedNames(provider: ChatProvider, options: CallOptions): Promise<readonly string[]> {
  try {
    return ((await provider.listModels?.(options)) ?? []).map(({ id }) => id);
  } catch (error) {
    if (options.signal?.aborted === true) throw error;
    return [];
  }
}
