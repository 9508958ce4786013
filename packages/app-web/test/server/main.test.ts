import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { text } from "node:stream/consumers";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";

const program = fileURLToPath(new URL("../../dist/server/main.js", import.meta.url));

async function run(args: readonly string[], nodeFlags: readonly string[] = []) {
  const folder = await mkdtemp(join(tmpdir(), "chatport-web-"));
  const child = spawn(process.execPath, [...nodeFlags, program, ...args], {
    cwd: folder,
    env: { HOME: folder },
    stdio: ["ignore", "pipe", "pipe"],
  });
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });
  const nextLine = async (): Promise<string> => {
    for await (const line of createInterface(child.stderr)) return line;
    return "";
  };
  return { child, nextLine, ended: once(child, "exit") };
}

test("with nothing configured the guide answers on loopback, and SIGTERM ends the server with 0", async () => {
  const { child, nextLine, ended } = await run(["--port", "0"]);
  const line = await nextLine();
  expect(line).toMatch(/^chatport-web: http:\/\/127\.0\.0\.1:\d+ \(answers: guide, because no provider is configured\)$/);
  const [url = ""] = /http:\S+/.exec(line) ?? [];
  expect(await (await fetch(url)).text()).toContain('<script type="module" src="/page.js">');
  const answer = await fetch(`${url}/api/chat`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: '{"prompt":"What is a ChatProvider?"}',
  });
  expect((await answer.text()).trim().split("\n").at(-1)).toContain('"type":"message-end"');
  child.kill("SIGTERM");
  expect(await ended).toEqual([0, null]);
});

test.each([
  ["an unknown flag", ["--prot", "1"], 2, "--prot"],
  ["a flag of the terminal client", ["-p", "guide"], 2, "(--help lists the flags)"],
  ["no port", ["--port", "eighty"], 2, "--port wants a number"],
  ["an empty port", ["--port", ""], 2, "--port wants a number"],
  ["a port that is a number in another notation", ["--port", "0x50"], 2, "--port wants a number"],
  ["a port beyond the last", ["--port", "65536"], 2, "--port wants a number"],
  ["a provider that there is not", ["--provider", "guied"], 78, 'Did you mean "guide"?'],
])("%s ends with its exit status and says why", async (_name, args, status, words) => {
  const { nextLine, ended } = await run(args);
  expect(await nextLine()).toContain(words);
  expect(await ended).toEqual([status, null]);
});

test.each([
  ["EACCES", "permission denied"],
  ["EADDRNOTAVAIL", "address not available"],
  ["EADDRINUSE", "address already in use"],
])("a port that the system refuses (%s) is one line", async (code, words) => {
  // Who runs the tests may have every right, so the system's answer is played.
  const refusal = `Object.assign(new Error("listen ${code}: ${words} 127.0.0.1:80"), { code: "${code}", syscall: "listen" })`;
  const patch = `import { Server } from "node:net"; Server.prototype.listen = function () { setImmediate(() => this.emit("error", ${refusal})); return this; };`;
  const { child, ended } = await run(["--port", "80"], ["--import", `data:text/javascript,${encodeURIComponent(patch)}`]);
  const errors = text(child.stderr);
  expect(await ended).toEqual([1, null]);
  expect(await errors).toMatch(new RegExp(`^chatport-web: .*${code}: ${words}.*--port\\n$`));
});

test.each([["--version"], ["-V"]])("%s tells the version", async (flag) => {
  const { child, ended } = await run([flag]);
  const output = text(child.stdout);
  expect(await ended).toEqual([0, null]);
  expect(await output).toBe("0.0.0\n");
});
