import type { CallOptions, ChatCapability, ChatEvent, ChatProvider, ChatRequest, ModelInfo, Secret } from "@chatport/domain";
import { chatCapabilities, singleUse } from "@chatport/domain";
import { createRedactor, type Redact } from "../../http/redaction.js";
import { Recorder } from "./recorder.js";
import { Replayer, type TapePace } from "./replayer.js";
import { TapeAccess } from "./tape-access.js";
import type { TapeStorage } from "./tape-storage.js";
import { type Fault, withFaults } from "./with-faults.js";

/** What a replay can be told. */
export interface ReplayOptions {
  readonly tape: TapeStorage;
  /** Default `"instant"`. A replay knows no deadlines: those of the recorded call were kept when it was recorded. */
  readonly pace?: TapePace;
  /** What goes wrong in the answers. Default: nothing. */
  readonly faults?: readonly Fault[];
}

/** How {@link withTape} uses its tape. */
export type TapeOptions =
  | {
      readonly mode: "record";
      readonly tape: TapeStorage;
      /** The name of the whole, also in exceptions of the tape's own; those of the provider name the provider. Default: the provider's. */
      readonly name?: string;
      /**
       * Taken out of everything that is written: name the provider's own key here, which a server may echo in its answer, and those that a prompt may hold. What adapters throw has
       * lost its keys already. Default: none.
       */
      readonly secrets?: readonly Secret[];
      /** Takes out more than `secrets`; asked for each text when a call is over. Default: nothing more. */
      readonly redact?: (text: string) => string;
      /** What goes wrong in the answers: it is recorded as if the server had done it. Default: nothing. */
      readonly faults?: readonly Fault[];
    }
  | ({ readonly mode: "replay"; /** Default: the provider's. */ readonly name?: string } & ReplayOptions);

/**
 * The same provider on tape. Recording passes every call on and writes it down when it is over, behind what the tape holds already: a hash and the shape of the request (none of its
 * content), the events with their times, and how it ended. Replaying asks the provider nothing: see {@link createTapeProvider}.
 *
 * While recording, the last event of a call, or its error, comes when the tape holds it. An error of the tape itself is thrown in its place, so that nothing is unrecorded in silence.
 *
 * @throws {ServerException} `unavailable`, not retryable, from `next()` when the tape's storage cannot be read or written; {ParseException} `malformed` when it holds no tape, which is
 * then never written to.
 */
export function withTape(provider: ChatProvider, options: TapeOptions): ChatProvider {
  const { vendor, capabilities } = provider;
  const { name = provider.name } = options;
  if (options.mode === "replay") return createTapeProvider({ ...options, name, vendor, capabilities });
  const faulty = options.faults === undefined ? provider : withFaults(provider, options.faults);
  const recorder = new Recorder(faulty, new TapeAccess(options.tape, name), redactorOf(options));
  return {
    name,
    vendor,
    capabilities,
    stream: (request: ChatRequest, callOptions: CallOptions = {}): AsyncIterable<ChatEvent> =>
      singleUse(name, () => recorder.record(request, callOptions)),
    ...(provider.listModels && {
      listModels: (callOptions?: CallOptions): Promise<readonly ModelInfo[]> =>
        recorder.models(async () => (await provider.listModels?.(callOptions)) ?? []),
    }),
  };
}

function redactorOf({ secrets = [], redact }: Extract<TapeOptions, { readonly mode: "record" }>): Redact {
  const own = createRedactor(secrets);
  return redact === undefined ? own : (text) => own(redact(text));
}

/** How a provider that is a tape presents itself. */
export interface TapeProviderOptions extends ReplayOptions {
  /** Default `"tape"`. */
  readonly name?: string;
  /** Whose answers they are: the key of `providerMetadata` in them. Default `"tape"`. */
  readonly vendor?: string;
  /** Default: all of them. What the recorded provider could not express is on no tape. */
  readonly capabilities?: ReadonlySet<ChatCapability>;
}

/**
 * A provider that answers from a tape alone: no server, no key. The same request gets the same events, or the same failure; recorded several times, its answers come in their order,
 * and then the last one again. The tape is read once, at the first call that finds it. A failure that is replayed names the provider that failed when it was recorded.
 *
 * @throws {RequestException} `not-found` from `next()` for a request that is not on the tape; {ServerException} `unavailable`, not retryable, when its storage cannot be read;
 * {ParseException} `malformed` when it is no tape. These name this provider.
 */
export function createTapeProvider({
  name = "tape",
  vendor = "tape",
  capabilities = new Set(chatCapabilities),
  ...options
}: TapeProviderOptions): ChatProvider {
  const replayer = new Replayer(name, new TapeAccess(options.tape, name), options.pace ?? "instant");
  const provider: ChatProvider = {
    name,
    vendor,
    capabilities,
    stream: (request, callOptions = {}) => singleUse(name, () => replayer.replay(request, callOptions)),
    ...(capabilities.has("model-listing") && { listModels: (callOptions: CallOptions = {}) => replayer.models(callOptions) }),
  };
  return options.faults === undefined ? provider : withFaults(provider, options.faults);
}
