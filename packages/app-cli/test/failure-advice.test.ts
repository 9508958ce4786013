import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { keyCanary, runChatport, temporaryHome } from "./support/chatport.js";
import { type Answer, startOpenAIServer } from "./support/openai-server.js";
import { TerminalScreen } from "./support/terminal-screen.js";

/** Asks the provider of a file that the person names; `BASE` in it is the server's base URL. Returns what is told. */
async function failed(answer: Answer, toml: string, words: readonly string[] = ["hi"]): Promise<string> {
  await using server = await startOpenAIServer(answer);
  return await told(toml.replaceAll("BASE", server.baseUrl), words);
}

async function told(toml: string, words: readonly string[] = ["hi"]): Promise<string> {
  await using home = await temporaryHome();
  await writeFile(join(home.path, "own.toml"), toml);
  const { stderr } = await runChatport({ args: ["--config", "own.toml", ...words], home: home.path, settings: { MY_KEY: keyCanary } });
  return stderr;
}

function refuse(status: number, code: string): Answer {
  return (reply) => reply.json(status, { error: { message: "Refused", code } }, { "x-should-retry": "false" });
}

const work = '[providers.work]\ntype = "openai"\nbaseUrl = "BASE"\napiKey = "env:MY_KEY"\n';

describe("advice says where the setting stands that is at fault", () => {
  test.each([
    ["a key", "anthropic", 'baseUrl = "ORIGIN"\napiKey = "env:MY_KEY"', 4],
    ["a token", "azure-openai", 'endpoint = "ORIGIN"\nmodel = "d"\ntoken = "env:MY_KEY"', 5],
    ["the table, where it names no key", "openai-compatible", 'baseUrl = "ORIGIN/v1"\nmodel = "m"', 2],
  ])("%s of type %s", async (_name, type, settings, line) => {
    const server = createServer((_request, response) => response.writeHead(401, { "content-type": "application/json" }).end("{}"));
    onTestFinished(() => void server.close());
    await once(server.listen(0, "127.0.0.1"), "listening");
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server has no port.");
    const stderr = await told(`[providers.own]\ntype = "${type}"\n${settings.replace("ORIGIN", `http://127.0.0.1:${address.port}`)}\n`);
    expect(stderr).toMatch(/^chatport: own: .*401/);
    expect(stderr).toMatch(/Check the key \(own\.toml line \d\)\.\n$/);
    expect(stderr).toContain(`line ${line})`);
  });

  test("an address", async () => {
    const page: Answer = (reply) => reply.json(200, "<html><title>hello</title></html>", { "content-type": "text/html" });
    expect(await failed(page, `${work}retry = false\n`)).toMatch(/Check that the base URL \(own\.toml line 3\) is that of a chat API\.\n$/);
  });
});

describe("a tape", () => {
  const recording = `${work}[providers.t]\ntype = "tape"\nprovider = "work"\nmode = "record"\n`;

  test.each([
    ["to replay", '[providers.t]\ntype = "tape"\n'],
    ["to record on", `provider = "t"\n${recording.replaceAll("BASE", "http://127.0.0.1:9/v1")}`],
  ])("%s that is none is named, and has no base URL", async (_what, toml) => {
    expect(await told(`${toml}file = "own.toml"\n`)).toMatch(
      /^chatport: t: The tape own\.toml cannot be read: line 1 is none of a tape's\. ?\n$/,
    );
  });

  test("that cannot be opened is told with the table that names it, and is nothing unexpected", async () => {
    const stderr = await failed(() => {}, `provider = "t"\n${recording}file = "."\n`);
    expect(stderr).toMatch(
      /^chatport: t: The tape \. cannot be read: it is not a file\. Check the provider's settings \(own\.toml line 7\)\.\n$/,
    );
  });
});

test("an answer that is too large says nothing against the address", async () => {
  const stderr = await failed((reply) => reply.answer(["HELLO"]), `${work}limits = { totalBytes = 10 }\n`);
  expect(stderr).toMatch(/^chatport: work: The answer is too large: .*\n$/);
  expect(stderr).not.toContain("base URL");
});

test("a command that asks a server by itself tells to check the address, too", async () => {
  await using server = await startOpenAIServer(() => {});
  await using home = await temporaryHome();
  const settings = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: keyCanary };
  expect((await runChatport({ args: ["models"], home: home.path, settings })).stderr).toMatch(/or check the base URL\.\n$/);
});

describe("a model that there is not", () => {
  test("is answered with how to list those that there are", async () => {
    const stderr = await failed(refuse(404, "model_not_found"), work, ["-m", "gone", "hi"]);
    expect(stderr).toMatch(
      /another model with --model \("chatport models -p work" lists them\), or check the base URL \(own\.toml line 3\)\.\n$/,
    );
  });

  test("and whose provider has a name of several words is listed by a command that can be pasted", async () => {
    const stderr = await failed(refuse(404, "model_not_found"), work.replace("work", '"my work"'));
    expect(stderr).toContain("\"chatport models -p 'my work'\"");
  });

  test("in a router, which names those that there are, needs no second advice", async () => {
    const routing = `provider = "all"\n${work}[providers.all]\ntype = "routing"\nproviders = ["work"]\n`;
    expect(await failed(() => {}, routing, ["-m", "wrok/x", "hi"])).toMatch(/Did you mean "work\/x"\?\n$/);
  });
});

describe("providers that answer for each other", () => {
  const group = (baseUrl: string): string =>
    `provider = "main"\n[providers.main]\ntype = "fallback"\nproviders = ["first", "second"]\n${["first", "second"]
      .map((name) => `[providers.${name}]\ntype = "openai-compatible"\nbaseUrl = "${baseUrl}"\nmodel = "${name}"\nretry = false\n`)
      .join("")}`;
  const busy: Answer = (reply, { body }) => reply.json(503, { error: { message: `${String(body["model"])} is busy` } });

  test("are all heard of when none answers", async () => {
    const stderr = await failed(busy, group("BASE"));
    expect(stderr).toMatch(/^chatport: second: second is busy .* Try again later\. Before that, first: first is busy .*\.\n$/);
    expect(stderr).not.toContain("attempts");
  });

  test("are named to who waits", async () => {
    await using server = await startOpenAIServer((reply, request) =>
      request.body.model === "first" ? busy(reply, request) : reply.answer(["HELLO"]),
    );
    await using home = await temporaryHome();
    await writeFile(join(home.path, "own.toml"), group(server.baseUrl));
    const screen = new TerminalScreen({ args: ["--config", "own.toml", "hi"], home: home.path, columns: 120 });
    expect(await screen.ended).toBe(0);
    await screen.shows(/first: first is busy.* - asking the next provider\nHELLO$/);
  });
});
