import { execFile } from "node:child_process";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, test } from "vitest";
import { Chatport, environment, program, runChatport, temporaryHome, towards } from "./support/chatport.js";
import { type Answer, startOpenAIServer } from "./support/openai-server.js";

const hello: Answer = (reply) => reply.answer(["Hel", "lo"]);

describe("one prompt, one answer", () => {
  test("the answer is all of standard output, plain, and ends with a newline; nothing else is said", async () => {
    await using server = await startOpenAIServer(hello);
    await using home = await temporaryHome();
    const ended = await runChatport({ args: ["What", "is", "it?"], home: home.path, settings: towards(server) });
    expect(ended).toEqual({ stdout: "Hello\n", stderr: "", status: 0 });
    expect(server.requests.map(({ body }) => body.messages)).toEqual([[{ role: "user", content: "What is it?" }]]);
  });

  test("the text goes into a pipe as it is: escape sequences, cut characters, no second newline", async () => {
    await using server = await startOpenAIServer((reply) => reply.answer(["\u001b[31mred ", "\ud83d", "\ude00", " é\r\n"]));
    await using home = await temporaryHome();
    const { stdout } = await runChatport({ args: ["hi"], home: home.path, settings: towards(server) });
    expect(stdout).toBe("\u001b[31mred 😀 é\r\n");
  });

  test("pieces appear as they come", async () => {
    const { promise: goOn, resolve } = Promise.withResolvers<void>();
    await using server = await startOpenAIServer(async (reply) => {
      reply.say("first");
      await goOn;
      reply.say(" second");
      reply.finish();
    });
    await using home = await temporaryHome();
    const chatport = new Chatport({ args: ["hi"], home: home.path, settings: towards(server) });
    await chatport.prints("first");
    expect(chatport.stdout).toBe("first");
    resolve();
    expect((await chatport.ended()).stdout).toBe("first second\n");
  });

  test("--model, --system and the key reach the server", async () => {
    await using server = await startOpenAIServer(hello);
    await using home = await temporaryHome();
    await runChatport({ args: ["-m", "big", "--system", "Be brief", "hi"], home: home.path, settings: towards(server) });
    const [request] = server.requests;
    expect(request?.body).toMatchObject({ model: "big", stream: true });
    expect(request?.body.messages.map(({ role, content }) => [role, content])).toEqual([
      [expect.stringMatching(/^(system|developer)$/), "Be brief"],
      ["user", "hi"],
    ]);
    expect(request?.headers.authorization).toBe("Bearer sk-test-canary-4f1d9c");
  });

  test("--no-stream asks for the whole answer and prints the same", async () => {
    await using server = await startOpenAIServer(hello);
    await using home = await temporaryHome();
    const ended = await runChatport({ args: ["--no-stream", "hi"], home: home.path, settings: towards(server) });
    expect(ended).toEqual({ stdout: "Hello\n", stderr: "", status: 0 });
    expect(server.requests[0]?.body["stream"]).not.toBe(true);
  });

  test("an answer cut at the token limit is a success with a word on standard error", async () => {
    await using server = await startOpenAIServer((reply) => reply.answer(["Once upon"], "length"));
    await using home = await temporaryHome();
    const ended = await runChatport({ args: ["hi"], home: home.path, settings: towards(server) });
    expect(ended).toEqual({ stdout: "Once upon\n", stderr: "chatport: the answer was cut at the token limit\n", status: 0 });
  });

  test("a refusal is an answer", async () => {
    await using server = await startOpenAIServer((reply) => {
      reply.chunk({ delta: { refusal: "I cannot help with that." }, finish_reason: null });
      reply.finish();
    });
    await using home = await temporaryHome();
    const { stdout, status } = await runChatport({ args: ["hi"], home: home.path, settings: towards(server) });
    expect({ stdout, status }).toEqual({ stdout: "I cannot help with that.\n", status: 0 });
  });

  test("a tool call, which nobody asked for, is a word on standard error", async () => {
    await using server = await startOpenAIServer((reply) => {
      reply.say("Let me ");
      const call = { index: 0, id: "call_1", type: "function", function: { name: "look_up", arguments: "{}" } };
      reply.chunk({ delta: { tool_calls: [call] }, finish_reason: null });
      reply.say("see");
      reply.finish("tool_calls");
    });
    await using home = await temporaryHome();
    const { stdout, stderr, status } = await runChatport({ args: ["hi"], home: home.path, settings: towards(server) });
    expect({ stdout, status }).toEqual({ stdout: "Let me see\n", status: 0 });
    expect(stderr).toMatch(/^chatport: .*"look_up".*\n$/);
  });

  test("FORCE_COLOR colours what is ours, never the answer", async () => {
    await using server = await startOpenAIServer((reply) => reply.answer(["Once"], "length"));
    await using home = await temporaryHome();
    const run = { args: ["hi"], home: home.path, settings: { ...towards(server), FORCE_COLOR: "1" } };
    const coloured = await runChatport(run);
    expect(coloured.stdout).toBe("Once\n");
    expect(coloured.stderr).toContain("\u001b[33m");
    expect((await runChatport({ ...run, args: ["--no-color", "hi"] })).stderr).not.toContain("\u001b");
  });
});

describe("standard input", () => {
  test.each([
    ["follows the prompt after a blank line", ["Summarise"], "text\n", "Summarise\n\ntext\n"],
    ["is the prompt when there is no other", [], "text\n", "text\n"],
    ["is what - stands for", ["-"], "text\n", "text\n"],
    ["is nothing when it is empty", ["hi"], "", "hi"],
    ["is nothing when it is blank", ["hi"], " \n", "hi"],
    ["is UTF-8, with or without a byte order mark", [], "\ufeffschön 漢", "schön 漢"],
  ])("%s", async (_name, args, input, expected) => {
    await using server = await startOpenAIServer(hello);
    await using home = await temporaryHome();
    const { status } = await runChatport({ args, input, home: home.path, settings: towards(server) });
    expect(status).toBe(0);
    expect(server.requests[0]?.body.messages).toEqual([{ role: "user", content: expected }]);
  });

  test("may be a file", async () => {
    await using server = await startOpenAIServer(hello);
    await using home = await temporaryHome();
    await writeFile(join(home.path, "notes.txt"), "from a file");
    await using file = await open(join(home.path, "notes.txt"));
    await runChatport({ args: ["Read"], stdin: file.fd, home: home.path, settings: towards(server) });
    expect(server.requests[0]?.body.messages[0]?.content).toBe("Read\n\nfrom a file");
  });

  test("is waited for when a shell's pipe is slow", async () => {
    await using server = await startOpenAIServer(hello);
    await using home = await temporaryHome();
    const line = `(sleep 3.3; printf slow) | "$NODE" "$PROGRAM" Sum up`;
    const env = environment(home.path, { ...towards(server), NODE: process.execPath, PROGRAM: program });
    const { stdout, stderr } = await promisify(execFile)("sh", ["-c", line], { cwd: home.path, env });
    expect({ stdout, stderr }).toEqual({ stdout: "Hello\n", stderr: expect.stringContaining("waiting for standard input") });
    expect(server.requests[0]?.body.messages[0]?.content).toBe("Sum up\n\nslow");
  });

  test("that a starting program left open and silent does not hang a prompt", async () => {
    await using server = await startOpenAIServer(hello);
    await using home = await temporaryHome();
    const { stdout, stderr, status } = await runChatport({ args: ["hi"], stdin: "pipe", home: home.path, settings: towards(server) });
    expect({ stdout, status }).toEqual({ stdout: "Hello\n", status: 0 });
    expect(stderr).toContain("nothing came on standard input");
  });
});

describe("who answers", () => {
  test("the guide, when nothing is configured; standard error says so", async () => {
    await using home = await temporaryHome();
    const { stdout, stderr, status } = await runChatport({ args: ["What is a ChatProvider?"], home: home.path });
    expect(status).toBe(0);
    expect(stdout).toContain("ChatProvider");
    expect(stdout).toContain("no language model");
    expect(stderr).toBe("chatport: no provider is configured, so the built-in guide answers; set OPENAI_API_KEY to chat with a model\n");
  });

  test("the provider of ./chatport.toml, of --config, of --provider", async () => {
    await using server = await startOpenAIServer(hello);
    await using home = await temporaryHome();
    const toml = `provider = "mine"
[providers.mine]
type = "openai-compatible"
baseUrl = "${server.baseUrl}"
model = "mine-1"
[providers.manual]
type = "guide"
`;
    await writeFile(join(home.path, "chatport.toml"), toml);
    await writeFile(join(home.path, "other.toml"), toml.replace("mine-1", "mine-2"));
    await runChatport({ args: ["config", "trust"], home: home.path });
    await runChatport({ args: ["hi"], home: home.path });
    await runChatport({ args: ["--config", "other.toml", "hi"], home: home.path });
    expect(server.requests.map(({ body }) => body["model"])).toEqual(["mine-1", "mine-2"]);
    await runChatport({ args: ["-m", "mine/mine-3", "hi"], home: home.path });
    expect(server.requests.at(-1)?.body["model"]).toBe("mine-3");
    const { stdout } = await runChatport({ args: ["-p", "manual", "How do I set a key?"], home: home.path });
    expect(stdout).toContain("OPENAI_API_KEY");
    expect(server.requests).toHaveLength(3);
  });
});
