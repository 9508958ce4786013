import { expect, test } from "vitest";
import { runChatport, temporaryHome, towards } from "./support/chatport.js";
import { startOpenAIServer } from "./support/openai-server.js";

function lines(stdout: string): unknown[] {
  expect(stdout.endsWith("\n")).toBe(true);
  return stdout
    .slice(0, -1)
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

test("--json prints the port's events, one a line", async () => {
  await using server = await startOpenAIServer((reply) => reply.answer(["Hel", "lo"]));
  await using home = await temporaryHome();
  const { stdout, stderr, status } = await runChatport({ args: ["--json", "hi"], home: home.path, settings: towards(server) });
  expect({ stderr, status }).toEqual({ stderr: "", status: 0 });
  expect(lines(stdout)).toEqual([
    { type: "message-start", model: "test-model", id: "chatcmpl-1" },
    { type: "text-delta", index: 0, text: "Hel" },
    { type: "text-delta", index: 0, text: "lo" },
    { type: "part-end", index: 0, part: { type: "text", text: "Hello" } },
    { type: "message-end", finishReason: "stop", rawFinishReason: "stop" },
  ]);
});

test("--json --no-stream prints the whole answer as one object", async () => {
  await using server = await startOpenAIServer((reply) => reply.answer(["Hel", "lo"]));
  await using home = await temporaryHome();
  const { stdout, status } = await runChatport({ args: ["--json", "--no-stream", "hi"], home: home.path, settings: towards(server) });
  expect(status).toBe(0);
  expect(lines(stdout)).toEqual([
    expect.objectContaining({ type: "completion", text: "Hello", finishReason: "stop", usage: { inputTokens: 1, outputTokens: 2 } }),
  ]);
});

test("a failure is the last line, after what had come", async () => {
  await using server = await startOpenAIServer((reply) => {
    reply.say("Hel");
    reply.end();
  });
  await using home = await temporaryHome();
  const { stdout, status } = await runChatport({ args: ["--json", "hi"], home: home.path, settings: towards(server) });
  expect(status).toBe(69);
  const events = lines(stdout);
  expect(events).toContainEqual({ type: "text-delta", index: 0, text: "Hel" });
  expect(events.at(-1)).toMatchObject({
    type: "error",
    code: "truncated",
    retryable: true,
    provider: "openai",
    message: expect.any(String),
  });
});

test("a configuration that cannot be used is a line, too", async () => {
  await using home = await temporaryHome();
  const { stdout, status } = await runChatport({ args: ["--json", "-p", "nobody", "hi"], home: home.path });
  expect(status).toBe(78);
  expect(lines(stdout)).toEqual([
    { type: "error", code: "configuration", retryable: false, message: expect.stringContaining(`There is no provider "nobody"`) },
  ]);
});

test.each<readonly [string, readonly string[], string]>([
  ["no prompt", ["--json"], "no prompt"],
  ["an unknown flag", ["--json", "--bad", "hi"], "--bad"],
  ["a flag without its value", ["--json", "hi", "--model"], "argument missing"],
])("wrong usage is a line, too: %s", async (_name, args, words) => {
  await using home = await temporaryHome();
  const { stdout, stderr, status } = await runChatport({ args, home: home.path });
  expect(status).toBe(2);
  expect(stderr).toContain(words);
  expect(lines(stdout)).toEqual([{ type: "error", code: "usage", retryable: false, message: expect.stringContaining(words) }]);
});

test("wrong usage without --json, or with it as a prompt's word, leaves standard output empty", async () => {
  await using home = await temporaryHome();
  for (const args of [["--bad"], ["--bad", "--", "--json"]]) {
    expect(await runChatport({ args, home: home.path })).toMatchObject({ stdout: "", status: 2 });
  }
});

test("a terminal that shows the lines finds nothing in them to obey", async () => {
  await using server = await startOpenAIServer((reply) => reply.answer(["\u001b[31m\u009b31m\u202e"]));
  await using home = await temporaryHome();
  const { stdout } = await runChatport({ args: ["--json", "hi"], home: home.path, settings: towards(server) });
  // oxlint-disable-next-line no-control-regex
  expect(stdout).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  expect(lines(stdout)).toContainEqual({ type: "text-delta", index: 0, text: "\u001b[31m\u009b31m\u202e" });
});
