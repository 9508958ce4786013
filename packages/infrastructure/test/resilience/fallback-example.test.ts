import { readFile } from "node:fs/promises";
import { collect } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { compose } from "../../src/index.js";
import { type Exchange, startLoopbackServer, startScriptedOpenAIServer } from "../../src/testing/index.js";
import { configFolders } from "../support/config-folders.js";
import { read, request } from "./scripted-provider.js";

// The table that docs/providers.md shows, over real sockets: its first provider stays silent.

const document = await readFile(new URL("../../../../docs/providers.md", import.meta.url), "utf8");
const [, example = ""] = /^## One provider after another\n\n```toml\n([^]*?)^```$/mu.exec(document) ?? [];

const silences: Readonly<Record<string, (exchange: Exchange) => void>> = {
  "before its headers": () => {},
  "after its headers": ({ response }) => response.writeHead(200, { "content-type": "text/event-stream" }).flushHeaders(),
  "but for comments": ({ response }) => void response.writeHead(200, { "content-type": "text/event-stream" }).write(": wait\n\n"),
};

/** The example, with its two servers on loopback and no real patience. */
async function answering(silence: (exchange: Exchange) => void, change: (toml: string) => string) {
  const silent = await startLoopbackServer(async (exchange) => {
    silence(exchange);
    await new Promise<void>((resolve) => exchange.over.addEventListener("abort", () => resolve()));
  });
  const steps = [{ type: "text", deltas: ["from the second"] } as const, { type: "end", finishReason: "stop" } as const];
  const second = await startScriptedOpenAIServer({ steps });
  const table = example
    .replace('type = "openai"', `$&\nbaseUrl = "${silent.origin}/v1"\napiKey = "env:KEY"`)
    .replaceAll(/(headersMs|firstTokenMs) = \d+_000/gu, "$1 = 100");
  await using folders = await configFolders();
  await folders.user(`${change(table)}\n[providers.local]\ntype = "openai-compatible"\nbaseUrl = "${second.baseUrl}"\nmodel = "m"\n`);
  const { provider } = compose(await folders.load({ env: { KEY: "key-1234567890" } }));
  return {
    provider,
    second,
    async [Symbol.asyncDispose]() {
      await Promise.all([silent.close(), second.close()]);
    },
  };
}

describe.each(Object.entries(silences))("a first server that stays silent %s", (_when, silence) => {
  test("is left for the second by the documented table", async () => {
    await using servers = await answering(silence, (toml) => toml);
    expect((await collect(servers.provider.stream(request))).text).toBe("from the second");
  });

  test("uses up the overall deadline, as documented, without short deadlines of its own", async () => {
    await using servers = await answering(silence, (toml) =>
      toml.replace(/^deadlines = .*$/mu, "").replace(/(overallMs) = [\d_]+/u, "$1 = 100"),
    );
    const { error } = await read(servers.provider.stream(request));
    expect(error).toMatchObject({ code: "timeout", phase: "total", provider: "hosted" });
    expect(servers.second.requests()).toBe(0);
  });
});
