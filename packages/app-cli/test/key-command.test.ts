import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { environment, keyCanary, program, temporaryHome } from "./support/chatport.js";
import { startOpenAIServer } from "./support/openai-server.js";

/** A program that reads its standard input to the end before it prints a key. */
const command = [process.execPath, "-e", `process.stdin.on("end", () => process.stdout.write("${keyCanary}")).resume()`];

test("the command of a key does not read what is piped into the program", async () => {
  await using server = await startOpenAIServer(() => {}, ["small"]);
  await using home = await temporaryHome();
  const folder = join(home.path, ".config", "chatport");
  await mkdir(folder, { recursive: true });
  const table = { type: "openai-compatible", model: "m", baseUrl: server.baseUrl, apiKey: `command:${JSON.stringify(command)}` };
  const lines = Object.entries(table).map(([name, value]) => `${name} = ${JSON.stringify(value)}`);
  await writeFile(join(folder, "config.toml"), ["[providers.mine]", ...lines].join("\n"));
  const env = environment(home.path, { NODE: process.execPath, PROGRAM: program });
  const script = `printf 'for who comes next' | { "$NODE" "$PROGRAM" models; cat; }`;
  const { stdout } = await promisify(execFile)("sh", ["-c", script], { cwd: home.path, env });
  expect(stdout).toBe("small\nfor who comes next");
});
