import { get } from "node:http";
import * as z from "zod/mini";

/** A model server on this machine that has said what it is. */
export interface LocalServer {
  readonly name: string;
  /** Where it answered, such as `http://127.0.0.1:11434`. */
  readonly url: string;
  /** The provider's table that leads to it. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Where a kind of server usually listens, and how it says what it is. */
export interface LocalProbe {
  readonly name: string;
  /** What people call it. Default: its name. */
  readonly title?: string;
  readonly url: string;
  /** Asks for JSON below the URL; undefined when it is refused, late, too large or no JSON. */
  readonly identify: (ask: (path: string) => Promise<unknown>, url: string) => Promise<LocalServer["settings"] | undefined>;
}

/** How long all probes together may take, in milliseconds. */
export const probeMs = 300;
const maximumBytes = 1024 * 1024;

const ollamaVersion = z.object({ version: z.string() });
const ollamaTags = z.object({
  models: z.array(z.object({ name: z.string(), details: z.optional(z.object({ family: z.optional(z.string()) })) })),
});
/** The list does not say what a model is for. Those that only embed are of BERT's families (`nomic-bert`), or say so in their names (`qwen3-embedding`). */
function embedsAlone({ name, details }: z.infer<typeof ollamaTags>["models"][number]): boolean {
  return /bert/iu.test(details?.family ?? "") || /embed/iu.test(name);
}

const lmStudioModels = z.object({ data: z.array(z.object({ id: z.string(), type: z.string(), state: z.string() })) });
const llamaHealth = z.object({ status: z.literal("ok") });
const llamaProps = z.looseObject({ default_generation_settings: z.unknown() });
const modelList = z.object({ data: z.array(z.object({ id: z.string() })) });

/**
 * Ollama (https://docs.ollama.com/api), LM Studio (https://lmstudio.ai/docs/developer/rest/endpoints, whose own models have a type and a state) and llama.cpp's
 * llama-server (its README in ggml-org/llama.cpp, tools/server), each on its usual port. A server that has no model is passed over.
 */
export const usualProbes: readonly LocalProbe[] = [
  {
    name: "ollama",
    title: "Ollama",
    url: "http://127.0.0.1:11434",
    async identify(ask, baseUrl) {
      if (!z.safeParse(ollamaVersion, await ask("/api/version")).success) return undefined;
      const all = z.safeParse(ollamaTags, await ask("/api/tags")).data?.models ?? [];
      const model = all.find((one) => !embedsAlone(one));
      return model && { type: "ollama", baseUrl, model: model.name };
    },
  },
  {
    name: "lmstudio",
    title: "LM Studio",
    url: "http://127.0.0.1:1234",
    async identify(ask, url) {
      const all = z.safeParse(lmStudioModels, await ask("/api/v0/models")).data?.data ?? [];
      const chats = all.filter(({ type }) => type === "llm" || type === "vlm");
      const model = chats.find(({ state }) => state === "loaded") ?? chats[0];
      return model && { type: "openai-compatible", preset: "lmstudio", baseUrl: `${url}/v1`, model: model.id };
    },
  },
  {
    name: "llamacpp",
    title: "llama.cpp",
    url: "http://127.0.0.1:8080",
    async identify(ask, url) {
      const [health, props] = await Promise.all([ask("/health"), ask("/props")]);
      if (!z.safeParse(llamaHealth, health).success || !z.safeParse(llamaProps, props).success) return undefined;
      const [model] = z.safeParse(modelList, await ask("/v1/models")).data?.data ?? [];
      return model && { type: "openai-compatible", preset: "llamacpp", baseUrl: `${url}/v1`, model: model.id };
    },
  },
];

/**
 * The first of the probed servers, in their order, that is there and identifies itself; undefined when none does within 300 ms. They are asked at once, by GET
 * alone, and get neither a key nor a prompt.
 */
export async function findLocalServer(probes: readonly LocalProbe[]): Promise<LocalServer | undefined> {
  const signal = AbortSignal.timeout(probeMs);
  const found = await Promise.all(
    probes.map(async ({ name, url, identify }) => {
      const settings = await identify((path) => askForJson(url + path, signal), url);
      return settings && { name, url, settings };
    }),
  );
  return found.find((server) => server !== undefined);
}

/** Not `fetch`, which follows redirects, waits for a proxy's opinion, and takes longer to load than a port takes to refuse. */
function askForJson(url: string, signal: AbortSignal): Promise<unknown> {
  return new Promise((resolve) => {
    const request = get(url, { signal, agent: false }, (response) => {
      const pieces: Buffer[] = [];
      let length = 0;
      response.on("error", () => resolve(undefined));
      response.on("data", (piece: Buffer) => {
        length += piece.length;
        if (length <= maximumBytes) pieces.push(piece);
        else request.destroy();
      });
      response.on("close", () => resolve(response.complete && response.statusCode === 200 ? jsonIn(pieces) : undefined));
    });
    request.on("error", () => resolve(undefined));
  });
}

function jsonIn(pieces: readonly Buffer[]): unknown {
  try {
    return JSON.parse(Buffer.concat(pieces).toString("utf8"));
  } catch {
    return undefined;
  }
}
