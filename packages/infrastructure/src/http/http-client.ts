import { RequestException, Secret } from "@chatport/domain";
import ky, { type KyInstance } from "ky";
import { readErrorText } from "./bounded-text.js";
import { type FailureContext, failureFromResponse } from "./failure.js";

/** Where an API lives and how its requests are authorised. */
export interface HttpClientOptions {
  /** The API's base URL; paths are appended to it. */
  readonly baseUrl: string;
  /** Sent with every request, in place of the client's own of the same name; of two spellings of one name the last counts. */
  readonly headers: Readonly<Record<string, string>>;
  /** Puts the key on a request. Called for requests to the base URL's origin alone. */
  readonly authorize?: (headers: Headers) => void | Promise<void>;
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly failure: FailureContext;
}

export interface HttpRequest {
  readonly method: "get" | "post";
  readonly path: string;
  readonly json?: unknown;
  readonly accept?: string;
  readonly signal: AbortSignal;
  /** Called when the response's headers are here, whatever its status. */
  readonly onResponse?: (response: Response) => void;
}

/**
 * Sends requests to one API over ky and gives back successes alone. Makes one attempt and waits without limit: retries and deadlines are its callers' affair.
 * Redirects are not followed, so that a key never leaves the origin that it was configured for.
 */
export class HttpClient {
  readonly #baseUrl: string;
  readonly #origin: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #options: HttpClientOptions;
  #ky: KyInstance | undefined;

  constructor(options: HttpClientOptions) {
    this.#options = options;
    this.#headers = Object.fromEntries(Object.entries(options.headers).map(([name, value]) => [name.toLowerCase(), value]));
    this.#baseUrl = options.baseUrl.replace(/\/+$/u, "");
    this.#origin = new URL(this.#baseUrl).origin;
  }

  /** @throws {ChatException} for a status that is no success; and what `fetch` threw. */
  async send({ method, path, json, accept, signal, onResponse }: HttpRequest): Promise<Response> {
    // Made for the first request: of the providers of a configuration few are asked.
    this.#ky ??= this.#instance();
    const response = await this.#ky(`${this.#baseUrl}${path}`, {
      method,
      signal,
      ...(json !== undefined && { json }),
      ...(accept !== undefined && { headers: { accept, ...this.#headers } }),
    });
    onResponse?.(response);
    if (response.ok) return response;
    throw failureFromResponse(response, await readErrorText(response, signal), this.#options.failure);
  }

  #instance(): KyInstance {
    const { authorize, fetch } = this.#options;
    const origin = this.#origin;
    return ky.create({
      retry: 0,
      timeout: false,
      throwHttpErrors: false,
      redirect: "manual",
      headers: this.#headers,
      ...(fetch !== undefined && { fetch: (input, init) => fetch(input, withSignal(input, init)) }),
      hooks: {
        beforeRequest: [
          async ({ request }) => {
            if (authorize !== undefined && new URL(request.url).origin === origin) await authorize(request.headers);
          },
        ],
      },
    });
  }
}

/**
 * The options of a request, its signal among them: of a `fetch` that makes another `Request` of the one that it was given, Node may forget the signal once the
 * garbage collector has taken the requests in between. A signal in the options is not forgotten.
 */
function withSignal(input: string | URL | Request, init: RequestInit | undefined): RequestInit {
  return { ...init, ...(input instanceof Request && { signal: input.signal }) };
}

/** What must not be shown of a client's configuration: its key, and the values of headers whose names say that they hold one. */
export function secretsIn(key: Secret | undefined, headers: Readonly<Record<string, string>> = {}): readonly Secret[] {
  const values = Object.entries(headers).flatMap(([name, value]) => (secretName.test(name) ? [value, ...credentialsIn(value)] : []));
  return [...(key === undefined ? [] : [key]), ...values.map((value) => new Secret(value))];
}

const secretName = /auth|key|token|secret|cookie|password|credential/iu;

/** The parts of an `Authorization` value (RFC 9110, section 11.4) that a server may echo by themselves. */
function credentialsIn(value: string): readonly string[] {
  const [, scheme = "", credentials = ""] = /^(\S+)\s+(.+)$/u.exec(value) ?? [];
  if (scheme.toLowerCase() !== "basic") return credentials === "" ? [] : [credentials];
  try {
    const [, password = ""] = atob(credentials).split(/:(.*)/su);
    return [credentials, password];
  } catch {
    return [credentials];
  }
}

/**
 * Puts a key in a header, behind its scheme where it has one; a header that was configured by hand goes before it.
 *
 * @throws {RequestException} `invalid-request` for a key that no header may have.
 */
export function putKey(headers: Headers, header: string, key: Secret, provider: string, scheme = ""): void {
  if (!headers.has(header)) headers.set(header, scheme + headerValue(key, provider));
}

/** A key in the form that a header may have. @throws {RequestException} `invalid-request` for one that no header may have. */
export function headerValue(secret: Secret, provider: string): string {
  const value = secret.reveal().trim();
  // A line break or a stray character in a key would make `fetch` throw an error that shows the key.
  if (!/^[\x21-\x7E]+$/u.test(value)) {
    throw new RequestException("invalid-request", "The API key is empty or holds characters that no HTTP header may have.", { provider });
  }
  return value;
}
