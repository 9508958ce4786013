/**
 * Runs in a process of its own, under `--experimental-vm-modules`: loads the built core entry into a context that holds ECMAScript, AbortController, AbortSignal
 * and timers, and nothing else of any platform, and prints what an inline provider answers there.
 */
import { readFile } from "node:fs/promises";
import { createContext, SourceTextModule } from "node:vm";

const context = createContext({ AbortController, AbortSignal, setTimeout, clearTimeout });
const modules = new Map();

async function load(url) {
  const known = modules.get(url.href);
  if (known) return known;
  const loaded = new SourceTextModule(await readFile(url, "utf8"), { context, identifier: url.href });
  modules.set(url.href, loaded);
  return loaded;
}

const link = (specifier, parent) => {
  if (!specifier.startsWith(".")) throw new Error(`${parent.identifier} imports ${specifier}`);
  return load(new URL(specifier, parent.identifier));
};

const entry = new URL("../dist/index.js", import.meta.url);
const app = new SourceTextModule(
  `
  import { collect, complete, isChatException, NetworkException, Secret, singleUse, text, textOf, userMessage } from "./index.js";

  const provider = {
    name: "inline",
    vendor: "inline",
    capabilities: new Set(),
    stream: (request, { signal } = {}) =>
      singleUse("inline", async function* () {
        signal?.throwIfAborted();
        await new Promise((resolve) => setTimeout(resolve, 1));
        yield { type: "message-start", model: "inline" };
        yield { type: "text-delta", index: 0, text: "Hello, " };
        yield { type: "text-delta", index: 0, text: request.messages[0].content[0].text };
        yield { type: "part-end", index: 0, part: text("Hello, " + request.messages[0].content[0].text) };
        if (request.seed === 1) throw new NetworkException("truncated", "Cut.", { provider: "inline" });
        yield { type: "message-end", finishReason: "stop" };
      }),
  };
  const request = { messages: [userMessage("edge")] };
  const pieces = [];
  for await (const piece of textOf(provider.stream(request))) pieces.push(piece);
  const failure = await collect(provider.stream({ ...request, seed: 1 })).catch((error) => error);
  const aborted = await complete(provider, request, { signal: AbortSignal.abort("enough") }).catch((reason) => reason);
  export const result = {
    globals: Object.keys(globalThis),
    pieces,
    text: (await complete(provider, request)).text,
    failure: [isChatException(failure), failure.code],
    aborted,
    secret: JSON.stringify(new Secret("canary")),
  };
  `,
  { context, identifier: new URL("app.js", entry).href },
);
await app.link(link);
await app.evaluate();
process.stdout.write(JSON.stringify(app.namespace.result));
