import { chmod, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { environment, keyCanary, runChatport, temporaryHome, towards } from "./support/chatport.js";
import { startOpenAIServer } from "./support/openai-server.js";
import { TerminalScreen } from "./support/terminal-screen.js";

const userFile = `provider = "work"
[providers.work]
type = "openai"
model = "usual"
apiKey = "env:WORK_KEY"
[providers.manual]
type = "guide"
`;

/** A home with the user's file, which is the working folder too. */
async function configuredHome() {
  const home = await temporaryHome();
  await mkdir(join(home.path, ".config", "chatport"), { recursive: true });
  await writeFile(join(home.path, ".config", "chatport", "config.toml"), userFile);
  return home;
}

function records(stdout: string): unknown[] {
  return stdout
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));
}

test("providers lists them, the chosen one marked", async () => {
  await using home = await configuredHome();
  const listed = await runChatport({ args: ["providers"], home: home.path });
  expect(listed).toEqual({
    stdout: [
      "* work (openai, usual), from ~/.config/chatport/config.toml line 3",
      "  manual (guide), from ~/.config/chatport/config.toml line 7",
      "",
    ].join("\n"),
    stderr: "",
    status: 0,
  });
  const { stdout } = await runChatport({ args: ["providers", "--json", "-p", "manual"], home: home.path });
  expect(records(stdout)).toMatchObject([
    { name: "work", chosen: false },
    { name: "manual", chosen: true },
  ]);
});

test.each([
  { args: ["-p", "manual", "providers", "--json"] },
  { args: ["--json", "--provider=manual", "providers"] },
  { args: ["-p", "work", "providers", "--json", "-p", "manual"] },
  { args: ["--no-color", "-pmanual", "--json", "--config", ".config/chatport/config.toml", "providers"] },
])("flags may stand before a command's name: $args", async ({ args }) => {
  await using home = await configuredHome();
  const { stdout, status } = await runChatport({ args, home: home.path });
  expect(status).toBe(0);
  expect(records(stdout)).toMatchObject([
    { name: "work", chosen: false },
    { name: "manual", chosen: true },
  ]);
});

test.each([
  { args: ["-p", "manual", "--", "providers"] },
  { args: ["-p", "manual", "-", "providers"] },
  { args: ["-s", "providers", "-p", "manual", "What are providers?"] },
  { args: ["-p", "manual", "--no-stream", "providers"] },
  { args: ["--system=brief", "-p", "manual", "providers"] },
])("a command's name behind -- or as a flag's value is none: $args", async ({ args }) => {
  await using home = await configuredHome();
  const { stdout, status } = await runChatport({ args, home: home.path });
  expect(status).toBe(0);
  expect(stdout).toContain("provider");
  expect(stdout).not.toContain("config.toml line");
});

test("providers names a preset, and the model that it brings", async () => {
  await using home = await configuredHome();
  await writeFile(join(home.path, "preset.toml"), '[providers.fast]\ntype = "openai-compatible"\npreset = "groq"\n');
  const { stdout } = await runChatport({ args: ["providers", "--config", "preset.toml"], home: home.path });
  expect(stdout).toBe("* fast (openai-compatible, preset groq, openai/gpt-oss-20b), from preset.toml line 2\n");
});

test("models lists what the provider's server has", async () => {
  await using server = await startOpenAIServer(() => {}, ["small", "large"]);
  await using home = await temporaryHome();
  const run = { home: home.path, settings: towards(server) };
  expect(await runChatport({ ...run, args: ["models"] })).toEqual({ stdout: "small\nlarge\n", stderr: "", status: 0 });
  const { stdout } = await runChatport({ ...run, args: ["models", "--json"] });
  expect(records(stdout)).toMatchObject([{ id: "small" }, { id: "large" }]);
  const guide = await runChatport({ ...run, args: ["models", "-p", "guide"] });
  expect(guide).toMatchObject({ stdout: "", status: 65, stderr: expect.stringContaining("no list of models") });
});

test("models of several providers tells whose are missing, and why", async () => {
  await using server = await startOpenAIServer(() => {}, ["small"]);
  await using listless = await startOpenAIServer(() => {});
  await using home = await temporaryHome();
  const member = (name: string, baseUrl: string): string =>
    `[providers.${name}]\ntype = "openai-compatible"\nbaseUrl = "${baseUrl}"\nmodel = "m"\nretry = false\n`;
  const group = '[providers.all]\ntype = "fallback"\nproviders = ["up", "mute"]\n';
  const toml = `provider = "all"\n${group}${member("up", server.baseUrl)}${member("mute", listless.baseUrl)}`;
  await writeFile(join(home.path, "own.toml"), toml);
  const listed = await runChatport({ args: ["models", "--config", "own.toml"], home: home.path });
  expect(listed).toMatchObject({
    stdout: "up/small\n",
    status: 0,
    stderr: expect.stringMatching(/^chatport: the models of mute are missing: .+\n$/),
  });
});

describe("config", () => {
  test("path tells where files are looked for", async () => {
    await using home = await configuredHome();
    const { stdout, status } = await runChatport({ args: ["config", "path"], home: home.path });
    expect({ stdout, status }).toEqual({
      stdout: `${home.path}/.config/chatport/config.toml (user)\n${home.path}/chatport.toml (project, not there)\n`,
      status: 0,
    });
  });

  test("show prints every setting with its origin", async () => {
    await using home = await configuredHome();
    const { stdout } = await runChatport({ args: ["config", "show", "-m", "big"], home: home.path, settings: { WORK_KEY: keyCanary } });
    expect(stdout).toContain('providers.work.model = "big" # flag --model\n');
    expect(stdout).toContain('providers.work.apiKey = "env:WORK_KEY" # ~/.config/chatport/config.toml line 5\n');
    expect(stdout).not.toContain(keyCanary);
  });

  test("explain tells what a setting overrode", async () => {
    await using home = await configuredHome();
    const run = { home: home.path, settings: { CHATPORT_MODEL: "big" } };
    const { stdout } = await runChatport({ ...run, args: ["config", "explain", "providers.work.model"] });
    expect(stdout).toBe(
      'providers.work.model = "big", from environment variable CHATPORT_MODEL\n  overrides "usual", from ~/.config/chatport/config.toml line 4\n',
    );
    const unknown = await runChatport({ ...run, args: ["config", "explain", "providers.work.modle"] });
    expect(unknown).toMatchObject({ status: 78, stdout: "", stderr: expect.stringContaining('Did you mean "providers.work.model"?') });
  });

  test("validate tells all mistakes, one a line", async () => {
    await using home = await configuredHome();
    expect(await runChatport({ args: ["config", "validate"], home: home.path })).toEqual({ stdout: "", stderr: "", status: 0 });
    await writeFile(
      join(home.path, "wrong.toml"),
      'provider = "a"\n[providers.a]\ntype = "gide"\n[providers.b]\ntype = "openai"\nmodle = "x"',
    );
    const wrong = ["config", "validate", "--config", "wrong.toml"];
    const { stderr, status } = await runChatport({ args: wrong, home: home.path });
    expect(status).toBe(78);
    expect(stderr.split("\n")).toEqual([
      expect.stringMatching(/^chatport: wrong\.toml:3: .*"guide"\?$/),
      expect.stringMatching(/^chatport: wrong\.toml:6: .*"model"\?$/),
      "",
    ]);
    const program = await runChatport({ args: [...wrong, "--json"], home: home.path });
    expect(records(program.stdout)).toMatchObject([
      { type: "mistake", code: "unknown-type", file: "wrong.toml", line: 3, key: "providers.a.type" },
      { code: "unknown-key", line: 6 },
    ]);
  });

  test.skipIf(process.platform === "win32")("validate warns of a file that others can change, which is no mistake", async () => {
    await using home = await configuredHome();
    const open = join(home.path, "open.toml");
    await writeFile(open, '[providers.a]\ntype = "guide"\n');
    await chmod(open, 0o666);
    const validate = ["config", "validate", "--config", "open.toml"];
    const told = await runChatport({ args: validate, home: home.path });
    expect(told).toMatchObject({ stdout: "", status: 0, stderr: expect.stringMatching(/^chatport: Others .*open\.toml: run chmod o-w/) });
    const program = await runChatport({ args: [...validate, "--json"], home: home.path });
    expect(records(program.stdout)).toMatchObject([{ type: "warning", message: expect.stringContaining("open.toml") }]);
  });

  test("validate tells a person that there are no mistakes", async () => {
    await using home = await configuredHome();
    const screen = new TerminalScreen({ args: ["config", "validate"], home: home.path });
    expect(await screen.ended).toBe(0);
    await screen.shows(/^chatport: no mistakes$/);
  });

  test("schema prints a JSON Schema that knows the types", async () => {
    await using home = await temporaryHome();
    const { stdout, status } = await runChatport({ args: ["config", "schema"], home: home.path });
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ $schema: "https://json-schema.org/draft/2020-12/schema", additionalProperties: false });
    expect(stdout).toContain('"openai-compatible"');
  });

  test("trust lets a project's file decide, until it changes", async () => {
    await using server = await startOpenAIServer((reply) => reply.answer(["from the project's server"]));
    await using home = await configuredHome();
    const project = `provider = "ours"\n[providers.ours]\ntype = "openai-compatible"\nbaseUrl = "${server.baseUrl}"\nmodel = "m"\n`;
    await writeFile(join(home.path, "chatport.toml"), project);
    const ask = () => runChatport({ args: ["hi"], home: home.path });
    expect(await ask()).toEqual({
      stdout: "",
      status: 78,
      stderr: expect.stringMatching(/^chatport: \.\/chatport\.toml:3: "providers\.ours\.type" is refused.*"chatport config trust"\.\n$/),
    });
    expect(server.requests).toHaveLength(0);
    const trusted = await runChatport({ args: ["config", "trust"], home: home.path });
    expect(trusted.stdout).toContain(`  providers.ours.baseUrl = "${server.baseUrl}"\n`);
    expect((await ask()).stdout).toBe("from the project's server\n");
    await writeFile(join(home.path, "chatport.toml"), `${project}# changed`);
    expect(await ask()).toMatchObject({ status: 78, stderr: expect.stringContaining("has changed since you trusted it") });
    await runChatport({ args: ["config", "trust"], home: home.path });
    await runChatport({ args: ["config", "trust", "--revoke"], home: home.path });
    expect(await ask()).toMatchObject({ status: 78, stderr: expect.stringContaining("you have not trusted") });
  });
});

describe("a command is one only as the first word", () => {
  test("after -- or in quotes it is a prompt", async () => {
    await using server = await startOpenAIServer((reply) => reply.answer(["yes"]));
    await using home = await temporaryHome();
    const run = { home: home.path, settings: towards(server) };
    for (const args of [["--", "models"], ["models are what?"], ["What", "models"]]) {
      expect(await runChatport({ ...run, args })).toMatchObject({ stdout: "yes\n", status: 0 });
    }
    expect(server.requests.map(({ body }) => body.messages[0]?.content)).toEqual(["models", "models are what?", "What models"]);
  });

  test.each([[["models", "are", "what"]], [["config"]], [["config", "shw"]], [["config", "explain"]], [["providers", "--jsn"]]])(
    "%j is wrong usage",
    async (args) => {
      await using home = await temporaryHome();
      expect(await runChatport({ args, home: home.path })).toMatchObject({ stdout: "", status: 2, stderr: expect.stringMatching(/./) });
    },
  );

  test.each([
    [["models", "work"], "chatport models --help"],
    [["config", "shw"], "chatport config --help"],
    [["config", "explain"], "chatport config explain --help"],
  ])("a mistake in %j points to the help of that command", async (args, help) => {
    await using home = await temporaryHome();
    expect((await runChatport({ args, home: home.path })).stderr).toContain(`(${help} tells more;`);
  });

  test("--help of a command is its own", async () => {
    await using home = await temporaryHome();
    const { stdout, status } = await runChatport({ args: ["config", "--help"], home: home.path });
    expect(status).toBe(0);
    for (const name of ["path", "show", "explain", "validate", "trust"]) expect(stdout).toContain(`\n  ${name} `);
  });
});

test("no command prints a key, wherever it is", async () => {
  await using home = await configuredHome();
  const file = `${userFile}headers = { x-own = "${keyCanary}" }\n[providers.literal]\ntype = "openai"\napiKey = "${keyCanary}"\nbaseUrl = "https://u:${keyCanary}@127.0.0.1:1/?k=${keyCanary}"\n`;
  await writeFile(join(home.path, "chatport.toml"), file);
  await writeFile(join(home.path, "key"), keyCanary);
  const settings = { WORK_KEY: keyCanary, OPENAI_API_KEY: keyCanary };
  expect(environment(home.path, settings)["WORK_KEY"]).toBe(keyCanary);
  const commands = ["providers", "models", "config path", "config show", "config explain providers", "config validate", "config trust"];
  for (const command of [...commands, ...commands.filter((name) => name !== "config trust")]) {
    for (const json of [[], ["--json"]]) {
      const { stdout, stderr } = await runChatport({ args: [...command.split(" "), ...json], home: home.path, settings });
      expect(stdout + stderr, command).not.toContain(keyCanary);
    }
  }
});
