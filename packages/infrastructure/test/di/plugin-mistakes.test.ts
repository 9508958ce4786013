import { inspect } from "node:util";
import { complete, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { administer, compose, createRegistry } from "../../src/index.js";
import { type ConfigFolders, configFolders } from "../support/config-folders.js";

/** What looks like a key, and a secret that does not. */
const canary = "sk-canary-7f3a";
const secret = "correct-horse";

/** A plug-in's parts, each of which a test may replace. Plain JavaScript, as a published one is. */
const sound = {
  validate: "(value) => ({ value })",
  events: `async function* () {
    yield { type: "message-start", model: "test" };
    yield { type: "part-end", index: 0, part: { type: "text", text: "hello" } };
    yield { type: "message-end", finishReason: "stop" };
  }`,
  listModels: 'async () => [{ id: "one" }]',
  name: "name",
  vendor: '"test"',
  capabilities: "new Set()",
  stream: "() => events()",
  create: "(table, { name, secret, provider }) => made(name)",
};

function pluginWith(parts: Partial<typeof sound>): string {
  const { validate, events, listModels, create, ...fields } = { ...sound, ...parts };
  const { name, vendor, capabilities, stream } = fields;
  return `
const events = ${events};
const made = (name) => ({ name: ${name}, vendor: ${vendor}, capabilities: ${capabilities}, stream: ${stream}, listModels: ${listModels} });
export default {
  type: "mine",
  configSchema: { "~standard": { version: 1, vendor: "test", validate: ${validate} } },
  create: ${create},
};
`;
}

const file = `plugins = ["./mine.mjs"]
provider = "x"
[providers.x]
type = "mine"
[providers.wrong]
type = "guide"
model = 5
`;

async function foldersWith(parts: Partial<typeof sound>, toml = file): Promise<ConfigFolders> {
  const folders = await configFolders();
  await folders.file("mine.mjs", pluginWith(parts));
  await folders.file("key.txt", `${secret}\n`, 0o600);
  await folders.project(toml);
  return folders;
}

function administered({ home, cwd }: ConfigFolders) {
  return administer({ home, cwd, env: {}, platform: "linux" });
}

async function thrownBy(work: () => Promise<unknown>): Promise<unknown> {
  return work().then(
    () => undefined,
    (error: unknown) => error,
  );
}

async function answer(folders: ConfigFolders): Promise<string> {
  await using composition = compose(await folders.load());
  return (await complete(composition.provider, { messages: [userMessage("hello")] })).text;
}

test("a plug-in that does nothing wrong answers and lists its models", async () => {
  await using folders = await foldersWith({});
  expect(await answer(folders)).toBe("hello");
  expect(await administered(folders).models()).toEqual([{ id: "one" }]);
});

const schemas: readonly (readonly [string, string, string])[] = [
  ["throws", `() => { throw new TypeError("it is ${canary}"); }`, "its configSchema threw TypeError"],
  ["throws no error", `() => { throw "${canary}"; }`, "its configSchema threw no error, but string"],
  [
    "judges asynchronously",
    "async (value) => ({ value })",
    "its configSchema judges asynchronously, and a configuration is judged at once",
  ],
  [
    "judges asynchronously, and fails",
    `async () => { throw new Error("${canary}"); }`,
    "its configSchema judges asynchronously, and a configuration is judged at once",
  ],
  ...[
    "undefined",
    "({})",
    "({ issues: [] })",
    '({ issues: "none" })',
    "({ issues: [{}] })",
    '({ issues: [{ message: "no", path: [null] }] })',
  ].map(
    (result) =>
      [`gives ${result}`, `() => ${result}`, "its configSchema gives no result of a Standard Schema (https://standardschema.dev)"] as const,
  ),
];

describe("a plug-in whose schema", () => {
  test.each(schemas)("%s is told at its provider's table, and the other tables are judged", async (_how, validate, what) => {
    await using folders = await foldersWith({ validate });
    const told = await thrownBy(() => answer(folders));
    expect(told).toMatchObject({ name: "ConfigException", code: "plugin", provider: "x", key: "providers.x", line: 3 });
    expect(String(told)).toContain(`./chatport.toml:3: The plugin "./mine.mjs" cannot make the provider "x": ${what}`);
    expect(inspect(told, { depth: 9, showHidden: true })).not.toContain(canary);
    const mistakes = await administered(folders).validate();
    expect(mistakes).toMatchObject([
      { code: "plugin", provider: "x" },
      { code: "unknown-key", provider: "wrong" },
    ]);
    const listed = await administered(folders).providers();
    expect(listed.map(({ name }) => name)).toEqual(["x", "wrong"]);
    expect(listed[0]?.problem).toContain(what);
    expect(listed[0]?.problem).toContain('"./mine.mjs"');
    expect(inspect([listed, mistakes], { depth: 9 })).not.toContain(canary);
  });
});

describe("a plug-in whose create()", () => {
  test.each([
    ["gives nothing", { create: "() => undefined" }, "its create() gave undefined."],
    ["gives null", { create: "() => null" }, "its create() gave null."],
    ["gives a text", { create: '() => "provider"' }, "its create() gave a string."],
    ["gives an empty object", { create: "() => ({})" }, "its create() gave a provider without a name."],
    [
      "gives a promise",
      { create: "async (table, { name }) => made(name)" },
      "its create() gave a promise; it must give the provider itself.",
    ],
    [
      "fails later",
      { create: `async () => { throw new Error("${canary}"); }` },
      "its create() gave a promise; it must give the provider itself.",
    ],
    ["gives no name", { name: '""' }, "its create() gave a provider without a name."],
    ["gives no vendor", { vendor: "undefined" }, "its create() gave a provider without a vendor."],
    ["gives no capabilities", { capabilities: "undefined" }, "its create() gave a provider without capabilities."],
    ["gives a list of capabilities", { capabilities: '["tools"]' }, "its create() gave a provider whose capabilities are no Set."],
    ["gives no stream()", { stream: "undefined" }, "its create() gave a provider without stream()."],
    ["gives a stream that is none", { stream: "events()" }, "its create() gave a provider without stream()."],
    ["gives a list in place of listModels()", { listModels: "[]" }, "its create() gave a provider whose listModels is no function."],
    [
      "throws",
      { create: `() => { throw new RangeError("no such region: ${canary}."); }` },
      "its create() threw RangeError: no such region: [hidden].",
    ],
    ["throws without words", { create: "() => { throw new Error(); }" }, "its create() threw Error."],
    ["throws no error", { create: `() => { throw { key: "${canary}" }; }` }, "its create() threw no error, but object."],
  ])("%s is told at its provider's table", async (_how, parts, what) => {
    await using folders = await foldersWith(parts);
    const told = await thrownBy(() => answer(folders));
    expect(told).toMatchObject({ name: "ConfigException", code: "plugin", provider: "x", key: "providers.x", line: 3 });
    expect(told).toMatchObject({ message: `./chatport.toml:3: The plugin "./mine.mjs" cannot make the provider "x": ${what}` });
    expect(inspect(told, { depth: 9, showHidden: true })).not.toContain(canary);
    expect(await administered(folders).validate()).toMatchObject([{ code: "plugin" }, { provider: "wrong" }]);
  });

  test("throws the secret that it was given shows it nowhere, and keeps the place in its code", async () => {
    const create = '(table, { secret }) => { throw new Error("refused: " + secret(table.key).reveal() + " and " + table.password); }';
    const settings = 'type = "mine"\nkey = "file:./key.txt"\npassword = "battery staple"\n';
    await using folders = await foldersWith({ create }, `plugins = ["./mine.mjs"]\n[providers.x]\n${settings}`);
    const told = await thrownBy(() => answer(folders));
    expect(told).toMatchObject({ code: "plugin", line: 2 });
    const shown = inspect(told, { depth: 9, showHidden: true });
    expect(shown).toContain("its create() threw Error: refused: [redacted] and [redacted].");
    expect(shown).toContain("mine.mjs");
    expect(shown).not.toMatch(/correct-horse|battery staple/);
  });

  test("judges the key is not told by who looks up no key", async () => {
    const create =
      '(table, { name, secret }) => { if (secret(table.key).reveal() !== "correct-horse") throw new Error("no"); return made(name); }';
    const toml = 'plugins = ["./mine.mjs"]\n[providers.x]\ntype = "mine"\nkey = "file:./key.txt"\n';
    await using folders = await foldersWith({ create }, toml);
    expect(await answer(folders)).toBe("hello");
    expect(await administered(folders).validate()).toEqual([]);
    expect(await administered(folders).providers()).toEqual([expect.not.objectContaining({ problem: expect.anything() })]);
  });

  test("asks for a key that is not there is told as the key's mistake, as with any type", async () => {
    const create = '(table, { name, secret }) => made(secret("env:NOT_THERE"), name)';
    await using folders = await foldersWith({ create });
    expect(await thrownBy(() => answer(folders))).toMatchObject({ code: "secret", variable: "NOT_THERE" });
  });

  test("comes from the program itself is told by its type", async () => {
    await using folders = await configFolders();
    await folders.project('[providers.x]\ntype = "own"');
    const configSchema = { "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) } } as const;
    const create = (): never => {
      throw new TypeError("no");
    };
    const registry = createRegistry([{ type: "own", configSchema, create }]);
    const configuration = await folders.load();
    expect(() => compose(configuration, { registry })).toThrow(
      './chatport.toml:1: The provider type "own" cannot make the provider "x": its create() threw TypeError: no.',
    );
  });
});

describe("a plug-in's provider that breaks off", () => {
  const start = 'yield { type: "message-start", model: "test" };';
  const malformed = (what: string) => ({ code: "malformed", message: `The plugin "./mine.mjs" does not keep to the port: ${what}.` });
  test.each([
    [
      "throws an error of its own",
      `async function* () { throw new TypeError("no ${canary}"); }`,
      malformed("stream() threw TypeError: no [hidden]"),
    ],
    ["throws in the middle", `async function* () { ${start} throw "no"; }`, malformed("stream() threw no error, but string")],
    ["yields nothing", "async function* () { yield; }", malformed("stream() yielded what is no event")],
    [
      "yields a text without one",
      `async function* () { ${start} yield { type: "text-delta", index: 0 }; }`,
      malformed("stream() yielded what is no event"),
    ],
    [
      "yields an end without its part",
      `async function* () { ${start} yield { type: "part-end", index: 0 }; }`,
      malformed("stream() yielded what is no event"),
    ],
    [
      "yields a call without a name",
      `async function* () { ${start} yield { type: "part-end", index: 0, part: { type: "tool-call", id: "1", json: "{}" } }; }`,
      malformed("stream() yielded what is no event"),
    ],
    [
      "yields a beginning without a model",
      'async function* () { yield { type: "message-start" }; }',
      malformed("stream() yielded what is no event"),
    ],
    [
      "yields an end without a reason",
      `async function* () { ${start} yield { type: "message-end" }; }`,
      malformed("stream() yielded what is no event"),
    ],
    ["gives no stream", "() => undefined", malformed("stream() gave nothing that is read with for await")],
    [
      "gives a promise that fails",
      'async () => { throw new Error("no"); }',
      malformed("stream() gave nothing that is read with for await"),
    ],
    ["throws before it begins", '() => { throw new TypeError("no"); }', malformed("stream() threw TypeError: no")],
    ["ends without its end", `async function* () { ${start} }`, { code: "truncated" }],
  ])("because it %s is named", async (_how, events, expected) => {
    for (const retry of ["", "retry = false"]) {
      await using folders = await foldersWith(
        { events },
        `plugins = ["./mine.mjs"]\n[providers.x]\ntype = "mine"\n${retry || "retry = { maxAttempts = 1 }"}`,
      );
      const told = await thrownBy(() => answer(folders));
      expect(told).toMatchObject({ provider: "x", ...expected });
      expect(inspect(told, { depth: 9 })).not.toContain(canary);
    }
  });

  test.each([
    ["gives models without ids", "async () => [{}]", "listModels() gave no list of models that have an id"],
    ["gives no list", "async () => ({ data: [] })", "listModels() gave no list of models that have an id"],
    ["gives nothing", "() => undefined", "listModels() gave no list of models that have an id"],
    ["throws", `() => { throw new TypeError("no ${canary}"); }`, "listModels() threw TypeError: no [hidden]"],
    ["fails", 'async () => { throw new TypeError("no"); }', "listModels() threw TypeError: no"],
  ])("because its list of models %s is named", async (_how, listModels, what) => {
    await using folders = await foldersWith({ listModels });
    const told = await thrownBy(() => administered(folders).models());
    expect(told).toMatchObject({ provider: "x", ...malformed(what) });
    expect(inspect(told, { depth: 9 })).not.toContain(canary);
  });

  test("because it was aborted ends with the reason", async () => {
    const stream = `(request, { signal }) => (async function* () {
      ${start}
      await new Promise((_, reject) => {
        const stop = () => reject(new Error("its own words"));
        if (signal.aborted) stop();
        signal.addEventListener("abort", stop);
      });
    })()`;
    // A retry would know the reason by itself.
    await using folders = await foldersWith({ stream }, 'plugins = ["./mine.mjs"]\n[providers.x]\ntype = "mine"\nretry = false');
    await using composition = compose(await folders.load());
    const stop = new AbortController();
    const events = composition.provider.stream({ messages: [userMessage("hello")] }, { signal: stop.signal })[Symbol.asyncIterator]();
    const reason = new Error("enough");
    const next = events.next();
    queueMicrotask(() => stop.abort(reason));
    const told = await thrownBy(async () => {
      for (let result = await next; result.done !== true; result = await events.next());
    });
    expect(told).toBe(reason);
  });

  test("because its reader leaves is told at once, in the middle of a wait", async () => {
    const stream = `() => {
      let left;
      const gone = new Promise((resolve) => { left = resolve; });
      let first = true;
      return { [Symbol.asyncIterator]: () => ({
        next: async () => {
          if (first) { first = false; return { done: false, value: { type: "message-start", model: "m" } }; }
          await gone;
          return { done: true, value: undefined };
        },
        return: async () => { left(); return { done: true, value: undefined }; },
      }) };
    }`;
    await using folders = await foldersWith({ stream }, 'plugins = ["./mine.mjs"]\n[providers.x]\ntype = "mine"\nretry = false');
    await using composition = compose(await folders.load());
    const events = composition.provider.stream({ messages: [userMessage("hello")] })[Symbol.asyncIterator]();
    await events.next();
    const waiting = events.next();
    await events.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
  });
});

test("retries that a plug-in's schema let through, and that nobody can make, are told at their line", async () => {
  await using folders = await foldersWith({}, 'plugins = ["./mine.mjs"]\n[providers.x]\ntype = "mine"\nretry = { maxAttempts = 0 }');
  expect(await thrownBy(() => answer(folders))).toMatchObject({
    code: "invalid-value",
    message:
      './chatport.toml:4: "providers.x.retry" has a value that does not fit. maxAttempts must be a whole number of at least 1, not 0.',
  });
});

test("a schema that JSON Schema cannot show, as it goes round in a circle, is left out of the file's own", async () => {
  const plugin = pluginWith({}).replace('vendor: "test", validate', 'vendor: "test", jsonSchema: { input: () => circle }, validate');
  await using folders = await foldersWith({});
  await folders.file("mine.mjs", `const circle = { type: "object" }; circle.not = circle;${plugin}`);
  expect(JSON.stringify(await administered(folders).schema())).toContain('"mine"');
});

test("what a plug-in's schema can be shown as stands in the file's own, and finds the nearest name", async () => {
  const plugin = pluginWith({ validate: '() => ({ issues: [{ message: "no", code: "unrecognized_keys", keys: ["regoin"], path: [] }] })' });
  await using folders = await foldersWith({}, 'plugins = ["./mine.mjs"]\n[providers.x]\ntype = "mine"\nregoin = "eu"');
  const schema = '{ type: "object", properties: { type: {}, region: { type: "string" } } }';
  await folders.file("mine.mjs", plugin.replace("validate:", `jsonSchema: { input: () => (${schema}) }, validate:`));
  expect(JSON.stringify(await administered(folders).schema())).toContain('"region":{"type":"string"}');
  expect(await thrownBy(() => answer(folders))).toMatchObject({ code: "unknown-key", nearest: "region", line: 4 });
});
