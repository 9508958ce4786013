import {
  type CallOptions,
  type ChatEvent,
  type ChatException,
  type ChatProvider,
  isChatException,
  RequestException,
  text,
} from "../../../src/index.js";
import { FakeChatProvider } from "../../../src/testing/index.js";
import { fakeHarness, like } from "../fake-harness.js";
import { alteredProvider, altering, type BrokenProvider, misreadingSteps, wrapped } from "./broken-provider.js";

/** Rules 8 (unsupported) and 9 (secrets), concurrency and models. */
export const brokenSurroundings: readonly BrokenProvider[] = [
  wrapped("drops what it cannot express", ["unsupported/before-sending"], (fake) =>
    like(fake, { capabilities: new Set(["model-listing"]) }),
  ),
  wrapped("refuses options that are not its own", ["unsupported/foreign-options"], (fake) =>
    like(fake, {
      stream: (request, options) => {
        const strict = new FakeChatProvider({ steps: [{ type: "throw", error: refusal }] });
        return (request.providerOptions ? strict : fake).stream(request, options);
      },
    }),
  ),
  wrapped("keeps the text of all its streams in one place", ["concurrency/apart"], (fake) => {
    let together = "";
    const change = (event: ChatEvent): ChatEvent => {
      if (event.type === "message-start") together = "";
      if (event.type === "text-delta") together += event.text;
      return event.type === "part-end" && event.part.type === "text" ? { ...event, part: text(together) } : event;
    };
    return alteredProvider(fake, () => ({ event: change }));
  }),
  wrapped("cancels all of its streams with one", ["concurrency/cancel-one"], (fake) => {
    const shared = new AbortController();
    return like(fake, {
      stream: (request, options = {}) => {
        // Where there is a signal, another fault is the topic.
        const stream = fake.stream(request, { signal: shared.signal, ...options });
        return {
          [Symbol.asyncIterator]: () => {
            const events = stream[Symbol.asyncIterator]();
            const leave = async (): Promise<IteratorResult<ChatEvent>> => {
              const result = await events.return?.();
              shared.abort(new Error("One stream was left."));
              return result ?? { done: true, value: undefined };
            };
            return { ...events, return: leave };
          },
        };
      },
    });
  }),
  leaking(
    "shows an echoed key in the message of an error",
    ["secrets/error-by-status"],
    ({ status, partial }) => status !== undefined && !partial,
    (key, error) => ({
      message: `${error.message} ${key}`,
    }),
  ),
  leaking(
    "shows an echoed key in the cause of an error inside a stream",
    ["secrets/error-in-stream"],
    ({ status, partial }) => status !== undefined && partial !== undefined,
    (key) => ({
      cause: new Error("Inner.", { cause: new Map([["body", { text: key }]]) }),
    }),
  ),
  leaking(
    "shows an echoed key in the excerpt of a wrong body",
    ["secrets/wrong-body"],
    ({ code }) => code === "malformed",
    (key) => ({ excerpt: `<h1>${key}</h1>` }),
  ),
  leaking(
    "shows an echoed key in what had arrived of a cut answer",
    ["secrets/partial"],
    ({ partial }) => JSON.stringify(partial ?? null).includes("[redacted]"),
    (key) => ({ partial: { role: "assistant", content: [{ type: "text", text: `Your key is ${key}` }] } }),
  ),
  misreadingSteps("follows redirects", ["secrets/redirect"], (step) => (step.type === "redirect" ? [] : step)),
  listing("shows an echoed key in the error of a list", ["secrets/models"], (list, options) =>
    list(options).catch((error: unknown) => {
      throw isChatException(error) ? Object.assign(error, { cause: { body: fakeHarness.secret } }) : error;
    }),
  ),
  wrapped("holds its key in an open field", ["secrets/provider"], (fake) =>
    Object.assign(like(fake, {}), { config: { headers: new Headers({ authorization: `Bearer ${fakeHarness.secret}` }) } }),
  ),
  wrapped("declares a list of models that it does not have", ["models/as-declared"], (fake) => {
    const bare = like(fake, {});
    Reflect.deleteProperty(bare, "listModels");
    return bare;
  }),
  listing("lists the models that it knows by heart", ["models/listed"], (list, options) => list(options).then(() => [{ id: "known" }])),
  listing("lists models for an aborted signal", ["models/aborted"], (list, { signal, ...options }) =>
    list(signal?.aborted || !signal ? options : { ...options, signal }),
  ),
  listing("looks at the signal before it lists models, and not after", ["models/aborted-while-waiting"], async (list, { signal }) => {
    signal?.throwIfAborted();
    return await list({});
  }),
  listing("throws a bare error where it cannot list models", ["models/error"], async (list, options) => {
    try {
      return await list(options);
    } catch (error) {
      throw isChatException(error) ? new Error(error.message) : error;
    }
  }),
];

type List = NonNullable<ChatProvider["listModels"]>;

/** Broken where models are asked for. */
function listing(
  fault: string,
  breaks: BrokenProvider["breaks"],
  change: (list: List, options: CallOptions) => ReturnType<List>,
): BrokenProvider {
  return wrapped(fault, breaks, (fake) => {
    const list: List = (options) => fake.listModels?.(options) ?? Promise.resolve([]);
    return like(fake, { listModels: (options = {}) => change(list, options) });
  });
}

const refusal = new RequestException("unsupported", "Unknown vendor.", { provider: "fake" });

/** Puts the key into the exceptions that are meant. */
function leaking(
  fault: string,
  breaks: BrokenProvider["breaks"],
  isMeant: (error: ChatException) => boolean,
  leak: (key: string, error: ChatException) => object,
): BrokenProvider {
  return altering(fault, breaks, () => ({
    error: (error) => (isChatException(error) && isMeant(error) ? Object.assign(error, leak(fakeHarness.secret, error)) : error),
  }));
}
