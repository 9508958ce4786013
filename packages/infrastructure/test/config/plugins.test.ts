import { complete, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { administer, compose } from "../../src/index.js";
import { type ConfigFolders, configFolders } from "../support/config-folders.js";

/** A plugin's module: plain JavaScript, as a published one is, that answers with its own name. */
const moduleOf = (type: string, how = "export const providerFactory = factory;"): string => `
const configSchema = { "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) } };
const factory = {
  type: ${JSON.stringify(type)},
  configSchema,
  create: (_table, { name }) => ({
    name, vendor: "test", capabilities: new Set(),
    async *stream() {
      yield { type: "message-start", model: "test" };
      yield { type: "part-end", index: 0, part: { type: "text", text: "from " + ${JSON.stringify(type)} } };
      yield { type: "message-end", finishReason: "stop" };
    },
  }),
};
${how}
`;

const toml = (plugin: string, type = "mine"): string => `plugins = [${plugin}]\n[providers.a]\ntype = "${type}"`;

async function answer(folders: ConfigFolders): Promise<string> {
  await using composition = compose(await folders.load());
  return (await complete(composition.provider, { messages: [userMessage("hello")] })).text;
}

describe("a plugin brings a provider type", () => {
  test.each([
    ["as providerFactory", "export const providerFactory = factory;"],
    ["as its default", "export default factory;"],
    ["as the providerFactory of its default", "export default { providerFactory: factory };"],
    ["as the default of its default", "export default { __esModule: true, default: factory };"],
    ["as its default, beside another providerFactory", "export const providerFactory = undefined; export default factory;"],
  ])("from a path beside the file, %s", async (_how, exported) => {
    await using folders = await configFolders();
    await folders.file("plugins/mine.mjs", moduleOf("mine", exported));
    await folders.project(toml('"./plugins/mine.mjs"'));
    expect(await answer(folders)).toBe("from mine");
  });

  test.each([
    ["exports to import alone", { exports: { ".": { types: "./x.d.ts", import: "./dist/entry.js" } } }],
    ["exports one path", { exports: "./dist/entry.js" }],
    ["names its main", { main: "dist/entry.js" }],
    ["names its main without an ending", { main: "./dist/entry" }],
    [
      "exports to require under a condition that comes first",
      { exports: { ".": { node: { require: "./x.cjs" }, import: "./dist/entry.js" } } },
    ],
    ["prefers import to node", { exports: { import: "./dist/entry.js", node: "./x.js" } }],
    ["exports alternatives", { exports: [{ require: "./x.cjs" }, "./dist/entry.js"] }],
  ])("from a package that %s", async (_how, manifest) => {
    await using folders = await configFolders();
    await folders.file("node_modules/@some/package/package.json", JSON.stringify({ name: "@some/package", type: "module", ...manifest }));
    await folders.file("node_modules/@some/package/dist/entry.js", moduleOf("mine"));
    await folders.project(toml('"@some/package"'));
    expect(await answer(folders)).toBe("from mine");
  });

  test.each([
    ["exports.default = factory;", "an export default that was compiled"],
    ["module.exports = factory;", "module.exports"],
    ["exports.providerFactory = factory;", "providerFactory"],
    ["Object.assign(exports, { ['provider' + 'Factory']: factory });", "a providerFactory that Node.js does not find"],
  ])("from a CommonJS package: %s", async (exported) => {
    await using folders = await configFolders();
    await folders.file("node_modules/some-package/package.json", JSON.stringify({ main: "index.js" }));
    const mark = 'Object.defineProperty(exports, "__esModule", { value: true });';
    await folders.file("node_modules/some-package/index.js", `"use strict"; ${mark}${moduleOf("mine", exported)}`);
    await folders.project(toml('"some-package"'));
    expect(await answer(folders)).toBe("from mine");
  });

  test("from a package whose main is a folder", async () => {
    await using folders = await configFolders();
    await folders.file("node_modules/some-package/package.json", JSON.stringify({ type: "module", main: "./dist" }));
    await folders.file("node_modules/some-package/dist/index.js", moduleOf("mine"));
    await folders.project(toml('"some-package"'));
    expect(await answer(folders)).toBe("from mine");
  });

  test("from a folder with a package.json", async () => {
    await using folders = await configFolders();
    await folders.file("plugin/package.json", JSON.stringify({ type: "module", exports: "./entry.js" }));
    await folders.file("plugin/entry.js", moduleOf("mine"));
    await folders.project(toml('"./plugin"'));
    expect(await answer(folders)).toBe("from mine");
  });

  test("that the lists of providers and of types know", async () => {
    await using folders = await configFolders();
    await folders.file("mine.mjs", moduleOf("mine"));
    await folders.project(toml('"./mine.mjs"'));
    const administration = administer({ home: folders.home, cwd: folders.cwd, env: {}, platform: "linux" });
    expect(await administration.providers()).toMatchObject([{ name: "a", type: "mine", chosen: true }]);
    expect(await administration.validate()).toEqual([]);
    expect(JSON.stringify(await administration.schema())).toContain('"mine"');
  });
});

describe("a plugin that cannot be used is told with its line", () => {
  const line = "./chatport.toml:1: ";
  test.each([
    ["is not there", '"./gone.mjs"', `${line}The plugin "./gone.mjs" cannot be loaded (ENOENT).`, "plugin"],
    ["is no package", '"no-such-package"', `${line}The plugin "no-such-package" cannot be loaded (MODULE_NOT_FOUND).`, "plugin"],
    [
      "exports to require alone",
      '"for-require"',
      `${line}The plugin "for-require" cannot be loaded (ERR_PACKAGE_PATH_NOT_EXPORTED).`,
      "plugin",
    ],
    ["throws", '"./throws.mjs"', `${line}The plugin "./throws.mjs" cannot be loaded (TypeError).`, "plugin"],
    [
      "brings nothing",
      '"./empty.mjs"',
      `${line}The plugin "./empty.mjs" exports no provider factory: neither providerFactory nor a default.`,
      "plugin",
    ],
    [
      "brings a built-in type",
      '"./openai.mjs"',
      `${line}The plugin "./openai.mjs" brings the provider type "openai", which there is already.`,
      "duplicate-type",
    ],
    [
      "brings another's type",
      '"./mine.mjs", "./again.mjs"',
      `${line}The plugin "./again.mjs" brings the provider type "mine", which there is already.`,
      "duplicate-type",
    ],
    [
      "is listed twice",
      '"./mine.mjs", "./mine.mjs"',
      `${line}"plugins" has a value that does not fit. Expected every plugin once.`,
      "invalid-value",
    ],
    [
      "is no text",
      "1",
      `${line}"plugins.0" has a value that does not fit. Expected a list of packages or paths, such as ["some-package", "./my-provider.js"].`,
      "invalid-value",
    ],
  ])("because it %s", async (_why, plugin, message, code) => {
    await using folders = await configFolders();
    await folders.file("node_modules/for-require/package.json", JSON.stringify({ exports: { require: "./index.js" } }));
    await folders.file("node_modules/for-require/index.js", moduleOf("mine"));
    await folders.file("throws.mjs", 'throw new TypeError("sk-canary-7f3a");');
    await folders.file("empty.mjs", "export const factory = 1;");
    await folders.file("openai.mjs", moduleOf("openai"));
    await folders.file("mine.mjs", moduleOf("mine"));
    await folders.file("again.mjs", moduleOf("mine"));
    await folders.project(toml(plugin, "guide"));
    await expect(answer(folders)).rejects.toMatchObject({ code, message });
  });

  const provides = 'const parts = { type: "mine", configSchema: { "~standard": { validate() {} } }, create() {} };';
  test.each([
    ["export default { ...parts, configSchema: undefined };", "its default export has no configSchema"],
    ["export default { default: { ...parts, configSchema: undefined } };", "its default export has no configSchema"],
    ["export const providerFactory = { ...parts, configSchema: undefined };", "its providerFactory has no configSchema"],
    [
      "export default { ...parts, configSchema: { type: 'object' } };",
      "its default export has a configSchema that is no Standard Schema (https://standardschema.dev)",
    ],
    ["export default { ...parts, type: undefined };", "its default export has no type"],
    ["export default { ...parts, type: '' };", 'its default export has a type that is no name such as "my-api"'],
    ["export default { ...parts, type: 1 };", 'its default export has a type that is no name such as "my-api"'],
    ["export default { ...parts, create: undefined };", "its default export has no create()"],
    ["export default class Mine {}", "its default export is a class, not an object"],
    ["export default () => parts;", "its default export is a function, not an object"],
    ["export default [parts];", "its default export is an array"],
    ["export default null;", "its default export is null"],
    ["export default 'mine';", "its default export is a string"],
    ["export const providerFactory = []; export default {};", "its providerFactory is an array"],
    ["export const type = 'mine';", "neither providerFactory nor a default"],
  ])("with what its factory lacks: %s", async (exported, lack) => {
    await using folders = await configFolders();
    await folders.file("mine.mjs", `${provides}\n${exported}`);
    await folders.project(toml('"./mine.mjs"', "guide"));
    const message = `${line}The plugin "./mine.mjs" exports no provider factory: ${lack}.`;
    await expect(answer(folders)).rejects.toMatchObject({ code: "plugin", message });
  });

  test("because what it exports cannot be looked at", async () => {
    await using folders = await configFolders();
    await folders.file("mine.mjs", "export default { get type() { throw new Error('no'); } };");
    await folders.project(toml('"./mine.mjs"', "guide"));
    const message = `${line}The plugin "./mine.mjs" exports what cannot be looked at.`;
    await expect(answer(folders)).rejects.toMatchObject({ code: "plugin", message });
  });

  test("because the file that lists it is not trusted, and its code does not run", async () => {
    await using folders = await configFolders();
    const ran = Symbol.for("chatport.test.ran");
    await folders.file("evil.mjs", 'globalThis[Symbol.for("chatport.test.ran")] = true;');
    await folders.untrusted('plugins = ["./evil.mjs"]');
    await expect(folders.load()).rejects.toMatchObject({ code: "untrusted", key: "plugins", line: 1 });
    expect(Reflect.has(globalThis, ran)).toBe(false);
  });
});
