import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { expect, test } from "vitest";
import { Chatport, runChatport, temporaryHome } from "./support/chatport.js";

/** A home whose configuration lists a plug-in. Its answer is `text` (an expression); `before` is run when it is loaded. */
async function homeWith({ before = "", text = '"hello"', create = "provider", listModels = '[{ id: "one" }]' }) {
  const home = await temporaryHome();
  const plugin = `${before};
const provider = (_table, { name }) => ({
  name,
  vendor: "mine",
  capabilities: new Set(),
  async *stream() {
    yield { type: "message-start", model: "m" };
    yield { type: "text-delta", index: 0, text: ${text} };
    yield { type: "part-end", index: 0, part: { type: "text", text: ${text} } };
    yield { type: "message-end", finishReason: "stop" };
  },
  listModels: async () => (${listModels}),
});
export default {
  type: "mine",
  configSchema: { "~standard": { version: 1, vendor: "mine", validate: (value) => ({ value }) } },
  create: ${create},
};
`;
  await writeFile(join(home.path, "mine.mjs"), plugin);
  await writeFile(join(home.path, "mine.toml"), 'plugins = ["./mine.mjs"]\n[providers.x]\ntype = "mine"\n');
  return home;
}

const flags = ["--config", "mine.toml"];

test.each([
  { args: ["providers"], stdout: "* x (mine), from mine.toml line 3\n" },
  { args: ["models"], stdout: "one\n" },
  { args: ["hi"], stdout: "hello\n" },
  { args: ["--json", "--no-stream", "hi"], stdout: expect.stringContaining('"hello"') },
])("a plug-in that leaves a timer open does not keep the program running: $args", async ({ args, stdout }) => {
  await using home = await homeWith({ before: "setInterval(() => {}, 1000)" });
  const ended = await runChatport({ args: [...args, ...flags], home: home.path });
  expect(ended).toEqual({ stdout, stderr: "", status: 0 });
});

test("a reader that takes its time gets a long answer whole, also beside an open timer", async () => {
  const length = 1024 * 1024;
  await using home = await homeWith({ before: "setInterval(() => {}, 1000)", text: `"x".repeat(${length})` });
  const { child } = new Chatport({ args: ["hi", ...flags], home: home.path });
  const closed = once(child, "close");
  const pipe = child.stdout;
  if (pipe === null) throw new Error("Standard output is no pipe.");
  pipe.removeAllListeners("data");
  let size = 0;
  for await (const text of pipe) {
    size += String(text).length;
    for (let turn = 0; turn < 20; turn++) await setImmediate();
  }
  await closed;
  expect({ size, status: child.exitCode }).toEqual({ size: length + 1, status: 0 });
});

test.each([
  { what: "create gives nothing", parts: { create: "() => undefined" }, args: ["hi"], told: "its create() gave undefined" },
  {
    what: "create throws",
    parts: { create: '() => { throw new Error("no sk-canary-7f3a"); }' },
    args: ["hi"],
    told: "its create() threw Error: no [hidden]",
  },
])("a plug-in's mistake is one of the configuration, and names it: $what", async ({ parts, args, told }) => {
  await using home = await homeWith(parts);
  const { stderr, status } = await runChatport({ args: [...args, ...flags], home: home.path });
  expect({ stderr, status }).toEqual({
    stderr: `chatport: mine.toml:2: The plugin "./mine.mjs" cannot make the provider "x": ${told}.\n`,
    status: 78,
  });
});

test("models that a plug-in lists without ids are told with its name", async () => {
  await using home = await homeWith({ listModels: "[{}]" });
  const { stderr, status } = await runChatport({ args: ["models", ...flags], home: home.path });
  expect({ stderr, status }).toEqual({
    stderr: expect.stringContaining(
      'chatport: x: The plugin "./mine.mjs" does not keep to the port: listModels() gave no list of models that have an id.',
    ),
    status: 76,
  });
});
