import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { Chatport, environment, program, temporaryHome, towards } from "./support/chatport.js";
import { type Answer, type Reply, startOpenAIServer } from "./support/openai-server.js";
import { keys, TerminalScreen } from "./support/terminal-screen.js";

/** An answer that says something and then nothing more; tells when its client has gone. */
function endlessAnswer(begin: (reply: Reply) => void): {
  readonly answer: Answer;
  readonly asked: Promise<void>;
  readonly released: Promise<void>;
} {
  const asked = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const answer: Answer = async (reply) => {
    begin(reply);
    asked.resolve();
    await reply.closed;
    released.resolve();
  };
  return { answer, asked: asked.promise, released: released.promise };
}

test("Ctrl-C while a command looks for the key stops quietly", async () => {
  await using home = await temporaryHome();
  const command = JSON.stringify(["sh", "-c", "echo looking >&2; sleep 60"]);
  await writeFile(join(home.path, "own.toml"), `[providers.work]\ntype = "openai"\napiKey = 'command:${command}'\n`);
  const screen = new TerminalScreen({ args: ["--config", "own.toml", "hi"], home: home.path });
  await screen.shows("looking");
  screen.type(keys.ctrlC);
  expect(await screen.ended).toBe(130);
  expect(screen.text).not.toContain("chatport:");
});

describe.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("%s", (signal, expected) => {
  test("stops the answer, keeps what came, and closes the connection", async () => {
    const { answer, released } = endlessAnswer((reply) => reply.say("Once upon"));
    await using server = await startOpenAIServer(answer);
    await using home = await temporaryHome();
    const chatport = new Chatport({ args: ["hi"], home: home.path, settings: towards(server) });
    await chatport.prints("Once upon");
    chatport.child.kill(signal);
    expect(await chatport.ended()).toEqual({ stdout: "Once upon\n", stderr: "", status: expected });
    await released;
  });

  test("before the first token ends the program just so", async () => {
    const { answer, asked, released } = endlessAnswer(() => {});
    await using server = await startOpenAIServer(answer);
    await using home = await temporaryHome();
    const chatport = new Chatport({ args: ["hi"], home: home.path, settings: towards(server) });
    await asked;
    chatport.child.kill(signal);
    expect(await chatport.ended()).toEqual({ stdout: "", stderr: "", status: expected });
    await released;
  });
});

test("--json leaves whole lines when it is interrupted", async () => {
  const { answer } = endlessAnswer((reply) => reply.say("Once"));
  await using server = await startOpenAIServer(answer);
  await using home = await temporaryHome();
  const chatport = new Chatport({ args: ["--json", "hi"], home: home.path, settings: towards(server) });
  await chatport.prints("Once");
  chatport.child.kill("SIGINT");
  const { stdout, status } = await chatport.ended();
  expect(status).toBe(130);
  expect(stdout.endsWith("\n")).toBe(true);
});

test("a reader that has seen enough ends the program silently, and the request", async () => {
  const released = Promise.withResolvers<void>();
  await using server = await startOpenAIServer(async (reply) => {
    reply.say("first line\n");
    // More and more, until the client has gone.
    const more = setInterval(() => reply.say("another line\n"), 5);
    await reply.closed;
    clearInterval(more);
    released.resolve();
  });
  await using home = await temporaryHome();
  const line = `{ "$NODE" "$PROGRAM" hi </dev/null; echo "status $?" >&2; } | head -n 1`;
  const env = environment(home.path, { ...towards(server), NODE: process.execPath, PROGRAM: program });
  const { stdout, stderr } = await promisify(execFile)("sh", ["-c", line], { cwd: home.path, env });
  expect({ stdout, stderr }).toEqual({ stdout: "first line\n", stderr: "status 0\n" });
  await released.promise;
});

// The device is Linux's own.
test.skipIf(!existsSync("/dev/full"))("an output that cannot be written is an error", async () => {
  await using server = await startOpenAIServer((reply) => reply.answer(["Hello"]));
  await using home = await temporaryHome();
  await using full = await open("/dev/full", "w");
  for (const args of [["hi"], ["--json", "hi"], ["--json", "--no-stream", "hi"], ["config", "path"], ["providers", "--json"]]) {
    const chatport = new Chatport({ args, home: home.path, settings: towards(server), stdout: full.fd });
    const { stderr, status } = await chatport.ended();
    expect({ stderr, status }).toEqual({ stderr: expect.stringMatching(/^chatport: .*ENOSPC.*\n$/), status: 1 });
  }
});

test.each([["--help"], ["--version"]])("%s into a closed pipe is silent", async (flag) => {
  await using home = await temporaryHome();
  // The reader is gone before the program starts to write.
  const line = `{ sleep 0.2; "$NODE" "$PROGRAM" ${flag}; } | true`;
  const env = environment(home.path, { NODE: process.execPath, PROGRAM: program });
  expect(await promisify(execFile)("sh", ["-c", line], { cwd: home.path, env })).toMatchObject({ stderr: "" });
});

test("the program ends with the answer, although the server keeps the connection open", async () => {
  await using server = await startOpenAIServer((reply) => {
    reply.say("done");
    reply.raw(`data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n`);
  });
  await using home = await temporaryHome();
  const chatport = new Chatport({ args: ["hi"], home: home.path, settings: towards(server) });
  expect(await chatport.ended()).toEqual({ stdout: "done\n", stderr: "", status: 0 });
});
