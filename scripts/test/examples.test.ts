import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import type { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { environmentIn, installExample } from "./support/installed-example.ts";
import { done, event, said, startModel } from "./support/model-server.ts";
import { root, run, runToSuccess, temporaryDirectory, writeFiles } from "./support/repository.ts";

// Every example, copied out of the repository and given what its own package.json asks for and nothing else: the built packages, through their exports maps.
// That the tarballs hold the same is packages.test.ts' affair.

const names = (await readdir(join(root, "examples"), { withFileTypes: true })).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
const folder = (name: string): string => join(directory.path, name);
const environment = (baseUrl?: string): NodeJS.ProcessEnv => environmentIn(directory.path, baseUrl);

beforeAll(async () => {
  directory = await temporaryDirectory();
  await Promise.all(names.map((name) => installExample(name, directory.path)));
}, 60_000);

afterAll(() => directory[Symbol.asyncDispose]());

describe.each(names)("examples/%s", (name) => {
  it("type-checks under strict settings", { timeout: 60_000 }, async () => {
    expect(await run("tsc", [], { cwd: folder(name), env: environment() })).toMatchObject({ exitCode: 0, stdout: "" });
  });
});

describe("examples/embed", () => {
  it("answers without a key", async () => {
    expect(await runToSuccess("node", ["embed.ts"], { cwd: folder("embed"), env: environment() })).toContain("ChatProvider");
  });
});

describe("examples/tsyringe", () => {
  it("resolves a service that asks the configured provider", async () => {
    await using model = await startModel((response) => void response.end(`${said("In", " one sentence.")}${done}`));
    const printed = await runToSuccess("node", ["main.ts", "A long text"], { cwd: folder("tsyringe"), env: environment(model.baseUrl) });
    expect(printed).toContain("In one sentence.");
    expect(model.bodies[0]).toContain("A long text");
  });
});

describe("examples/custom-provider", () => {
  it("proves itself: its own tests pass, the completion contract among them", { timeout: 120_000 }, async () => {
    const args = ["run", "--reporter=json", "--outputFile=report.json"];
    await runToSuccess("vitest", args, { cwd: folder("custom-provider"), env: environment() });
    const text = await readFile(join(folder("custom-provider"), "report.json"), "utf8");
    const report: { readonly numPassedTests: number; readonly numFailedTests: number } = JSON.parse(text);
    expect(report.numPassedTests).toBeGreaterThan(60);
    expect(report.numFailedTests).toBe(0);
  });

  it("is as short as the manual says: lines of code, without imports and comments", async () => {
    const documents = await Promise.all(
      ["docs/writing-a-provider.md", "examples/custom-provider/README.md"].map((file) => readFile(join(root, file), "utf8")),
    );
    const told = documents.map((document) => /about (\d+) lines/u.exec(document)?.[1]);
    const sources = join(root, "examples/custom-provider/src");
    const texts = await Promise.all((await readdir(sources)).map((file) => readFile(join(sources, file), "utf8")));
    const code = texts.join("\n").replaceAll(/^import [^;]*;/gmu, "");
    const lines = code.split("\n").filter((line) => !/^\s*(?:$|\/\/|\/?\*)/u.test(line)).length;
    for (const number of told) expect(Math.abs(lines - Number(number))).toBeLessThanOrEqual(5);
  });

  it("lists its files in its README", async () => {
    const readme = await readFile(join(root, "examples/custom-provider/README.md"), "utf8");
    const listed = [...readme.matchAll(/^- `src\/([\w.-]+)`/gmu)].map(([, file = ""]) => file);
    expect(listed.toSorted()).toEqual((await readdir(join(root, "examples/custom-provider/src"))).toSorted());
    expect(listed).toHaveLength(5);
    expect(readme).toContain("five short files");
  });

  it("answers as a plug-in of a program whose configuration names the package", async () => {
    await runToSuccess("tsc", ["-p", "tsconfig.build.json"], { cwd: folder("custom-provider"), env: environment() });
    await using server = await startModel((response) => {
      response.end(['{"model":"echo-2"}', '{"say":"Hello"}', '{"why":"done"}', "bye"].map(event).join(""));
    });
    await symlink(folder("custom-provider"), join(folder("embed"), "node_modules/chatport-provider-echo-wire"), "junction");
    await writeFiles(folder("embed"), {
      "plugin.toml": `provider = "mirror"\nplugins = ["chatport-provider-echo-wire"]\n\n[providers.mirror]\ntype = "echo-wire"\nbaseUrl = "${server.baseUrl}"\n`,
      "use.mjs": useOfTheConfiguredProvider,
    });
    const env = { ...environment(), CHATPORT_CONFIG: "plugin.toml" };
    const printed = await runToSuccess("node", ["use.mjs"], { cwd: folder("embed"), env });
    expect(printed).toBe("mirror (echo-1): Hello from echo-2\n");
  });
});

describe("examples/web-handler", () => {
  it("streams the port's events as server-sent events, or as lines", async () => {
    await using model = await startModel((response) => void response.end(`${said("Hel", "lo\n\n")}${done}`));
    await using server = await startHandler(model.baseUrl);
    const asLines = await ask(server.url, "application/x-ndjson");
    const asEvents = await ask(server.url, "text/event-stream");
    expect([asLines.headers.get("content-type"), asEvents.headers.get("content-type")]).toEqual([
      "application/x-ndjson; charset=utf-8",
      "text/event-stream; charset=utf-8",
    ]);
    const lines = (await asLines.text()).trimEnd().split("\n");
    expect(await asEvents.text()).toBe(lines.map((line) => `data: ${line}\n\n`).join(""));
    const types = lines.map((line) => JSON.parse(line).type);
    expect(types).toEqual(["message-start", "text-delta", "text-delta", "part-end", "message-end"]);
  });

  it("ends with an error event when the answer is cut off", async () => {
    await using model = await startModel((response) => void response.end(said("Hel")));
    await using server = await startHandler(model.baseUrl);
    const lines = (await (await ask(server.url, "*/*")).text()).trimEnd().split("\n");
    expect(JSON.parse(lines.at(-1) ?? "")).toMatchObject({ type: "error", code: "truncated" });
  });

  it("lets go of the model when the client leaves in the middle of an answer", { timeout: 10_000 }, async () => {
    let leave = (): void => {};
    const left = new Promise<void>((resolve) => (leave = resolve));
    await using model = await startModel((response) => {
      response.once("close", leave);
      response.write(said("Once upon"));
    });
    await using server = await startHandler(model.baseUrl);
    const client = new AbortController();
    const { body } = await ask(server.url, "*/*", client.signal);
    await body?.getReader().read();
    client.abort();
    await left;
  });

  it("takes the longest question, however it is spelled", async () => {
    await using model = await startModel((response) => void response.end(`${said("Hi")}${done}`));
    await using server = await startHandler(model.baseUrl);
    const body = `{"question":"${"\\u00e9".repeat(10_000)}"}`;
    const headers = { "content-type": "application/json" };
    expect((await fetch(server.url, { method: "POST", headers, body })).status).toBe(200);
  });

  it("reads no more than that of a body that tells no length and does not end", async () => {
    await writeFiles(folder("web-handler"), { "endless.mjs": endlessQuestion });
    expect(await runToSuccess("node", ["endless.mjs"], { cwd: folder("web-handler"), env: environment() })).toBe("413, let go\n");
  });

  it.each([
    ["a GET", 405, { method: "GET" }],
    ["a form, which any page could send", 415, { method: "POST", body: "question=hi", headers: { "content-type": "text/plain" } }],
    ["another document", 400, { method: "POST", body: '{"model":"dear"}', headers: { "content-type": "application/json" } }],
    ["what is no JSON", 400, { method: "POST", body: '{"question"', headers: { "content-type": "application/json" } }],
    ["a long body", 413, { method: "POST", body: "x".repeat(100_000), headers: { "content-type": "application/json" } }],
  ])("refuses %s before it asks the model", async (_what, status, request) => {
    await using model = await startModel((response) => void response.end());
    await using server = await startHandler(model.baseUrl);
    expect((await fetch(server.url, request)).status).toBe(status);
    expect(model.bodies).toEqual([]);
  });
});

describe("examples/browser-page", () => {
  it("is a bundle that shows an answer as it is generated, of the size that the manual tells", { timeout: 60_000 }, async () => {
    const page = folder("browser-page");
    await runToSuccess("npm", ["run", "build"], { cwd: page, env: environment() });
    await using model = await startModel((response) => void response.end(`${said("Hel", "lo <b>")}${done}`));
    await writeFile(join(page, "browse.mjs"), fakeBrowser);
    const { origin } = new URL(model.baseUrl);
    const shown = await runToSuccess("node", ["browse.mjs", `${origin}/page/`], { cwd: page, env: environment() });
    expect(shown).toBe("Hello <b>\n");
    expect(model.bodies[0]).toContain("Is anybody there?");

    const told = /takes (\d+) KB/u.exec(await readFile(join(root, "docs/embedding.md"), "utf8"))?.[1];
    const kilobytes = gzipSync(await readFile(join(page, "dist/page.js")), { level: 9 }).length / 1024;
    expect(kilobytes).toBeLessThanOrEqual(Number(told));
    expect(kilobytes).toBeGreaterThan(Number(told) * 0.8);
  });
});

describe("docs/writing-a-provider.md", () => {
  it("shows the files of examples/custom-provider as they are", async () => {
    const document = await readFile(join(root, "docs/writing-a-provider.md"), "utf8");
    const shown = [...document.matchAll(/^`((?:src|test)\/[\w.-]+)`:?\n\n```\w+\n([^]*?)^```$/gmu)];
    expect(shown.map(([, file]) => file)).toEqual([
      "src/echo-wire-config.ts",
      "src/echo-wire-request.ts",
      "src/echo-wire-answer.ts",
      "src/echo-wire-provider.ts",
      "src/index.ts",
      "test/echo-wire-provider.contract.test.ts",
    ]);
    for (const [, file = "", code] of shown) {
      expect(code, file).toBe(await readFile(join(root, "examples/custom-provider", file), "utf8"));
    }
  });
});

describe("docs/providers.md", () => {
  it.each(["as they are", "with every setting that they only mention"])(
    "has tables that make providers, %s, and tells rightly what they can do",
    async (how) => {
      const document = await readFile(join(root, "docs/providers.md"), "utf8");
      const blocks = [...document.matchAll(/^```toml\n([^]*?)^```$/gmu)].map(([, block = ""]) => block.replace(/^provider = .*\n/u, ""));
      const tables = blocks.join("\n");
      await writeFiles(folder("embed"), {
        "config.toml": how === "as they are" ? tables : tables.replaceAll(/^# (?=\w+ = )/gmu, ""),
        "capabilities.mjs": capabilitiesByTypeAndApi,
        // What a token is asked for with, and no login.
        "bin/az": "#!/bin/sh\necho a-token\n",
      });
      await chmod(join(folder("embed"), "bin/az"), 0o755);
      const keys = Object.fromEntries(
        ["OPENAI", "AZURE_OPENAI", "ANTHROPIC", "GEMINI", "GROQ", "MY_SERVER"].map((name) => [`${name}_API_KEY`, "a-key"]),
      );
      const path = `${join(folder("embed"), "bin")}${delimiter}${environment()["PATH"]}`;
      const env = { ...environment(), ...keys, PATH: path, MY_SERVER_KEY: "a-key", CHATPORT_CONFIG: "config.toml" };
      const { columns, found }: Capabilities = JSON.parse(await runToSuccess("node", ["capabilities.mjs"], { cwd: folder("embed"), env }));
      const [, ...rows] = rowsBelow(document, "## What each provider can do");
      // The first row of a type is that of the API which it speaks unasked.
      const usualApis = new Map(rows.toReversed().map(([type, api]) => [type, api]));
      const told = rows.map(([type = "", api = "", ...answers]) => [
        api === usualApis.get(type) ? type : `${type} ${api}`,
        columns.filter((_capability, index) => answers[index] === "yes").toSorted(),
      ]);
      const alone = Object.entries(found).filter(([what]) => !["fallback", "routing", "tape"].includes(what));
      expect(Object.fromEntries(told)).toEqual(Object.fromEntries(alone.map(([what, all]) => [what, all.toSorted()])));
    },
  );

  it("names every type that there is", async () => {
    const document = await readFile(join(root, "docs/providers.md"), "utf8");
    await writeFiles(folder("embed"), { "types.mjs": builtInTypes });
    const types: readonly string[] = JSON.parse(await runToSuccess("node", ["types.mjs"], { cwd: folder("embed"), env: environment() }));
    const [, ...rows] = rowsBelow(document, "# Providers");
    expect(new Set(rows.map(([type]) => type))).toEqual(new Set(types));
  });
});

interface Capabilities {
  /** All that the port knows, in the order of the table's columns. */
  readonly columns: readonly string[];
  /** Those of each type, and of each API that a table asks for. */
  readonly found: Readonly<Record<string, readonly string[]>>;
}

/** The cells of the first table below a heading, which comes with its marks; the table's head first. */
function rowsBelow(document: string, heading: string): readonly (readonly string[])[] {
  const [table = ""] = /^\|(?:.*\n)+?(?=\n)/mu.exec(document.slice(document.indexOf(`${heading}\n`))) ?? [];
  const rows = table.trim().split("\n");
  return rows
    .filter((row) => !/^\|[ |:-]+$/u.test(row))
    .map((row) => [...row.matchAll(/\|\s*`?([^|`]*?)`?\s*(?=\|)/gu)].map(([, cell = ""]) => cell));
}

/** Makes every provider of the configuration and prints what each type can express, what it can in an API that its table asks for, and what there is to express. */
const capabilitiesByTypeAndApi = `
import { chatCapabilities } from "@chatport/domain";
import { compose } from "@chatport/infrastructure";
import { loadConfiguration } from "@chatport/infrastructure/config";

const found = {};
const { providers } = await loadConfiguration({ flags: { provider: "work" } });
for (const [name, { type, settings }] of providers) {
  await using chat = compose(await loadConfiguration({ flags: { provider: name } }));
  found[[type, settings.api].join(" ").trim()] = [...chat.provider.capabilities];
}
console.log(JSON.stringify({ columns: chatCapabilities, found }));
`;

/** Prints the types that a configuration may name without plug-ins. */
const builtInTypes = `
import { builtInRegistry } from "@chatport/infrastructure";

console.log(JSON.stringify(builtInRegistry().types));
`;

/** Starts examples/web-handler/server.ts and waits until it says where it listens. */
async function startHandler(baseUrl: string): Promise<AsyncDisposable & { readonly url: string }> {
  const child: ChildProcessByStdio<null, Readable, null> = spawn("node", ["server.ts"], {
    cwd: folder("web-handler"),
    env: { ...environment(baseUrl), PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(child, "close");
  let printed = "";
  for await (const piece of child.stdout.setEncoding("utf8").iterator({ destroyOnReturn: false })) {
    printed += piece;
    if (printed.includes("\n")) break;
  }
  const [url] = /http:\S+/u.exec(printed) ?? [];
  if (url === undefined) throw new Error(`The server did not say where it listens: ${printed}`);
  return {
    url,
    [Symbol.asyncDispose]: async () => {
      child.kill();
      await closed;
    },
  };
}

/** Posts a body that goes on for ever, to a handler without a server, and prints what came of it. */
const endlessQuestion = `
import { createChatHandler } from "./chat-handler.ts";

let end = "read on";
const body = new ReadableStream({
  pull: (controller) => controller.enqueue(new Uint8Array(16_384).fill(0x20)),
  cancel: () => void (end = "let go"),
});
const provider = { stream: () => { throw new Error("The model was asked."); } };
const request = new Request("http://localhost/", { method: "POST", headers: { "content-type": "application/json" }, body, duplex: "half" });
const { status } = await createChatHandler(provider)(request);
console.log(\`\${status}, \${end}\`);
`;

function ask(url: string, accept: string, signal?: AbortSignal): Promise<Response> {
  return fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", accept },
    body: JSON.stringify({ question: "Hello?" }),
    ...(signal !== undefined && { signal }),
  });
}

/** A program that knows its configuration alone. */
const useOfTheConfiguredProvider = `
import { complete, userMessage } from "@chatport/domain";
import { compose } from "@chatport/infrastructure";
import { loadConfiguration } from "@chatport/infrastructure/config";

await using chat = compose(await loadConfiguration());
const { text, model } = await complete(chat.provider, { messages: [userMessage("Hello?")] });
console.log(\`\${chat.description}: \${text} from \${model}\`);
`;

/** As much of a browser as the page uses: it opens the page at the given address, asks, and prints what is shown in the end. */
const fakeBrowser = `
const elements = {
  "#form": new EventTarget(),
  "#question": { value: "Is anybody there?" },
  "#answer": { textContent: "", append(text) { this.textContent += text; } },
};
Object.assign(globalThis, { location: new URL(process.argv[2]), document: { querySelector: (name) => elements[name] } });
process.once("beforeExit", () => console.log(elements["#answer"].textContent));
await import("./dist/page.js");
elements["#form"].dispatchEvent(new Event("submit", { cancelable: true }));
`;
