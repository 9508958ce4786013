import { describe, expect, test } from "vitest";
import { keyCanary, runChatport, temporaryHome, towards } from "./support/chatport.js";
import { type Answer, startOpenAIServer } from "./support/openai-server.js";

function refuse(status: number, error: Readonly<Record<string, unknown>>, headers: Record<string, string> = {}): Answer {
  // A server that echoes the key, as some do.
  return (reply) =>
    reply.json(status, { error: { message: `Refused with key ${keyCanary}`, ...error } }, { "x-should-retry": "false", ...headers });
}

describe("a failure is one line on standard error, and an exit status", () => {
  test.each<readonly [string, Answer, number, RegExp]>([
    ["a wrong key", refuse(401, { code: "invalid_api_key" }), 77, /^chatport: openai: Refused.*401.*OPENAI_API_KEY/],
    ["a key without permission", refuse(403, {}), 77, /may not do this/],
    ["nothing left to spend", refuse(429, { code: "insufficient_quota" }), 69, /billing/],
    ["too many requests", refuse(429, {}, { "retry-after": "7" }), 69, /again in 7 s/],
    ["an unknown model", refuse(404, { code: "model_not_found" }), 69, /--model/],
    ["a wrong request", refuse(400, {}), 65, /400/],
    ["a prompt that is too long", refuse(400, { code: "context_length_exceeded" }), 65, /Shorten/],
    ["a server that is overloaded", refuse(503, {}), 69, /503.*later/],
    [
      "a web page instead of an API",
      (reply) => reply.json(200, "<html><title>hello</title></html>", { "content-type": "text/html" }),
      76,
      /hello.*base URL.*\(3 attempts\)/,
    ],
  ])("%s", async (_name, answer, expected, line) => {
    await using server = await startOpenAIServer(answer);
    await using home = await temporaryHome();
    const run = { args: ["hi"], home: home.path, settings: towards(server) };
    const { stdout, stderr, status } = await runChatport(run);
    expect({ stdout, status, stderr }).toEqual({ stdout: "", status: expected, stderr: expect.stringMatching(/^chatport: .+\n$/) });
    expect(stderr.split("\n")).toHaveLength(2);
    expect(stderr).toMatch(line);
    expect(stderr).not.toContain(keyCanary);
    const program = await runChatport({ ...run, args: ["--json", "hi"] });
    expect(program.status).toBe(expected);
    expect(program.stdout + program.stderr).not.toContain(keyCanary);
  });

  test("a server that is not there", async () => {
    const server = await startOpenAIServer(() => {});
    await server[Symbol.asyncDispose]();
    await using home = await temporaryHome();
    const { stderr, status } = await runChatport({ args: ["hi"], home: home.path, settings: towards(server) });
    expect(status).toBe(69);
    expect(stderr).toMatch(/^chatport: openai: .*ECONNREFUSED.*OPENAI_BASE_URL.*\n$/);
  });

  test("an answer that breaks off stays printed, and is no success", async () => {
    await using server = await startOpenAIServer((reply) => {
      reply.say("Half an ", "ans");
      reply.end();
    });
    await using home = await temporaryHome();
    const { stdout, stderr, status } = await runChatport({ args: ["hi"], home: home.path, settings: towards(server) });
    expect({ stdout, status }).toEqual({ stdout: "Half an ans\n", status: 69 });
    expect(stderr).toMatch(/^chatport: openai: .*not whole.*\n$/);
  });

  test.each<readonly [string, Answer]>([
    [
      "a connection that is reset",
      (reply) => {
        reply.say("Half an ", "ans");
        reply.reset();
      },
    ],
    [
      "an error in the stream",
      (reply) => {
        reply.say("Half an ", "ans");
        reply.raw(`data: {"error":{"message":"overloaded","code":503}}\n\n`);
        reply.end();
      },
    ],
  ])("%s after half an answer is told as that, without advice about the address", async (_name, answer) => {
    await using server = await startOpenAIServer(answer);
    await using home = await temporaryHome();
    const { stdout, stderr, status } = await runChatport({ args: ["hi"], home: home.path, settings: towards(server) });
    expect({ stdout, status }).toEqual({ stdout: "Half an ans\n", status: 69 });
    expect(stderr).toMatch(/^chatport: openai: .*[.] The answer above is not whole; ask again\.\n$/);
    expect(stderr).not.toMatch(/OPENAI_BASE_URL|later/);
  });

  test("an answer that breaks off before its first word is not said to stand above", async () => {
    await using server = await startOpenAIServer((reply) => {
      reply.raw(": soon\n\n");
      reply.end();
    });
    await using home = await temporaryHome();
    const { stderr, status } = await runChatport({ args: ["hi"], home: home.path, settings: towards(server) });
    expect(status).toBe(69);
    expect(stderr).toMatch(/Ask again\./);
    expect(stderr).not.toContain("above");
  });

  test("a server's words that end with a bracket are a sentence of their own", async () => {
    await using server = await startOpenAIServer((reply) => reply.json(401, { error: { message: "No access (see the console)" } }));
    await using home = await temporaryHome();
    const { stderr } = await runChatport({ args: ["hi"], home: home.path, settings: towards(server) });
    expect(stderr).toMatch(/\)\. Check the key/);
  });

  test("what says itself which model to choose gets no second advice", async () => {
    await using server = await startOpenAIServer((reply) => reply.json(404, { error: { message: "no such model" } }), ["small", "large"]);
    await using home = await temporaryHome();
    const { stderr } = await runChatport({ args: ["hi"], home: home.path, settings: towards(server) });
    expect(stderr).toMatch(/small, large.*--model or CHATPORT_MODEL\.\n$/);
  });

  test("an error inside the stream is told in the server's words", async () => {
    await using server = await startOpenAIServer((reply) => {
      reply.say("Half");
      reply.raw(`data: {"error":{"message":"The GPU is on fire \\u001b[31m","code":503}}\n\n`);
      reply.end();
    });
    await using home = await temporaryHome();
    const { stdout, stderr, status } = await runChatport({ args: ["hi"], home: home.path, settings: towards(server) });
    expect({ stdout, status }).toEqual({ stdout: "Half\n", status: 69 });
    expect(stderr).toContain("The GPU is on fire");
    expect(stderr).not.toContain("\u001b");
  });
});

describe("wrong usage", () => {
  test.each<readonly [string, readonly string[], RegExp]>([
    ["an unknown flag, with the nearest one", ["--jsn", "hi"], /unknown option '--jsn'[^]*--json/],
    ["a flag without its value", ["hi", "--model"], /argument missing/],
    ["an empty value", ["--model", "", "hi"], /empty/],
    ["no prompt", [], /no prompt/],
    ["an empty prompt", [""], /no prompt/],
  ])("%s", async (_name, args, expected) => {
    await using home = await temporaryHome();
    const { stdout, stderr, status } = await runChatport({ args, home: home.path });
    expect({ stdout, status }).toEqual({ stdout: "", status: 2 });
    expect(stderr).toMatch(expected);
  });

  test("a prompt may begin with a dash after --", async () => {
    await using server = await startOpenAIServer((reply) => reply.answer(["-2"]));
    await using home = await temporaryHome();
    const { stdout } = await runChatport({ args: ["--", "-5 + 3"], home: home.path, settings: towards(server) });
    expect(stdout).toBe("-2\n");
    expect(server.requests[0]?.body.messages[0]?.content).toBe("-5 + 3");
  });
});

test("--help and --version answer on standard output", async () => {
  await using home = await temporaryHome();
  const help = await runChatport({ args: ["--help"], home: home.path });
  expect(help).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining("Usage: chatport") });
  for (const args of [["--version"], ["-V"], ["--json", "--version"]]) {
    expect(await runChatport({ args, home: home.path })).toEqual({ status: 0, stderr: "", stdout: "0.0.0\n" });
  }
});
