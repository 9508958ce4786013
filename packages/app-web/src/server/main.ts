#!/usr/bin/env node
// The composition root of the server: the one file of it that knows which implementations stand behind the app's interfaces.
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { compose } from "@chatport/infrastructure";
import { isConfigException, loadConfiguration } from "@chatport/infrastructure/config";
import { pageFiles } from "./page-files.js";
import { startWebServer } from "./web-server.js";

const usage = `Usage: chatport-web [--port 4180] [--provider NAME] [--model NAME] [--config FILE] [--version]

Serves a chat page on this machine (127.0.0.1). Who answers is configured as for chatport: chatport.toml, or OPENAI_API_KEY.`;

/** How long answers may go on after the server was told to stop, in milliseconds. */
const patienceMs = 10_000;

const options = {
  port: { type: "string", default: "4180" },
  provider: { type: "string" },
  model: { type: "string" },
  config: { type: "string" },
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "V" },
} as const;

process.exitCode = await main().catch((error: unknown) => {
  if (isConfigException(error)) return fail(error.message, 78);
  if (error instanceof Error && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS"))
    return fail(`${error.message} (--help lists the flags)`, 2);
  if (error instanceof Error && "syscall" in error && error.syscall === "listen")
    return fail(`cannot take the port (${error.message}); choose another with --port`, 1);
  throw error;
});

async function main(): Promise<number> {
  const { values } = parseArgs({ options });
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  if (values.version === true) {
    console.log(await version());
    return 0;
  }
  const port = /^\d+$/.test(values.port) ? Number(values.port) : Number.NaN;
  if (!(port <= 65_535)) return fail("--port wants a number from 0 to 65535", 2);
  const { provider, model, config } = values;
  const configuration = await loadConfiguration({ flags: { provider, model, config } });
  await using composition = compose(configuration);
  for (const warning of composition.warnings) console.error(`chatport-web: ${warning}`);
  const server = await startWebServer(port, {
    provider: composition.provider,
    description: composition.description,
    page: await pageFiles(new URL("../page/", import.meta.url)),
    onFault: (error) => console.error("chatport-web:", error),
  });
  const reason = configuration.origin.kind === "default" ? "because no provider is configured" : `from ${composition.origin}`;
  console.error(`chatport-web: ${server.url} (answers: ${composition.description}, ${reason})`);
  await stopSignal();
  await server.stop(patienceMs);
  return 0;
}

async function version(): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8"));
  return typeof manifest === "object" && manifest !== null && "version" in manifest ? String(manifest.version) : "unknown";
}

/** Resolves when the process is asked to end; asked again, it ends at once, as it would have without us. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    const stop = (): void => {
      for (const name of ["SIGINT", "SIGTERM"]) process.removeListener(name, stop);
      resolve();
    };
    for (const name of ["SIGINT", "SIGTERM"]) process.on(name, stop);
  });
}

function fail(message: string, status: number): number {
  console.error(`chatport-web: ${message}`);
  return status;
}
