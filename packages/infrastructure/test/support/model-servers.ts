import { once } from "node:events";
import { createServer } from "node:http";
import { onTestFinished, vi } from "vitest";
import { type Configuration, isConfigException, type LoadOptions, type LocalProbe } from "../../src/config/index.js";
import { usualProbes } from "../../src/config/local-servers.js";
import type { ConfigFolders } from "./config-folders.js";

/** What a server answers, by path. */
export type Answers = Readonly<Record<string, unknown>>;

// The shapes are those of the vendors' pages that local-servers.ts names.
export const ollama: Answers = { "/api/version": { version: "0.12.6" }, "/api/tags": { models: [{ name: "qwen3:8b", size: 1 }] } };
export const lmstudio: Answers = {
  "/api/v0/models": {
    object: "list",
    data: [
      { id: "embedder", object: "model", type: "embeddings", state: "loaded" },
      { id: "idle", object: "model", type: "llm", state: "not-loaded" },
      { id: "busy", object: "model", type: "llm", state: "loaded" },
    ],
  },
};
export const llamacpp: Answers = {
  "/health": { status: "ok" },
  "/props": { default_generation_settings: {}, total_slots: 1 },
  "/v1/models": { object: "list", data: [{ id: "model.gguf" }] },
};

/** A loopback server with these answers, and what it was asked. */
export async function serve(answers: Answers | "silence", { status = 200, delayMs = 0 } = {}) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    if (answers === "silence") return;
    const answer = answers[request.url ?? ""];
    response.writeHead(answer === undefined ? 404 : status, { "content-type": "application/json" });
    setTimeout(() => response.end(JSON.stringify(answer ?? {})), delayMs).unref();
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  onTestFinished(() => {
    server.close().closeAllConnections();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The server has no port.");
  return { url: `http://127.0.0.1:${address.port}`, asked };
}

/** The usual probe for a kind of server, at another address. */
export function probe(name: string, url: string): LocalProbe[] {
  return usualProbes.filter((usual) => usual.name === name).map((usual) => ({ ...usual, url }));
}

/**
 * The configuration in which this provider answers. A server has 300 ms of real time to answer in, which a busy machine may not give it: it is asked again then, as a
 * person would.
 */
export async function loadOnce(provider: string, folders: ConfigFolders, options: LoadOptions): Promise<Configuration> {
  return await vi.waitUntil(async () => {
    try {
      const configuration = await folders.load(options);
      return configuration.provider === provider && configuration;
    } catch (error) {
      if (isConfigException(error) && error.message.includes("within 300 ms")) return false;
      throw error;
    }
  }, patience);
}

/** How long a busy machine is waited for, in milliseconds. */
export const patience = { timeout: 15_000, interval: 20 };
