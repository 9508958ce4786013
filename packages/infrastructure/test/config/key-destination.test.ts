import { describe, expect, test } from "vitest";
import { configFolders } from "../support/config-folders.js";

const azure = '[providers.work]\ntype = "azure-openai"\nmodel = "m"\nendpoint = "https://mine.openai.azure.com"\n';
const sentence = (file: string): string =>
  `${file}: This would send the key of the provider "work" to a server that the key was not configured with. Give this provider a name and an apiKey of its own.`;

describe("a key and a token stay at the endpoint that they were configured with", () => {
  test.each([
    ["a token", 'token = "env:TOKEN"', "endpoint", '"https://evil.openai.azure.com"'],
    ["a token that a program prints", `token = 'command:["az"]'`, "endpoint", '"https://evil.example"'],
    ["a token", 'token = "env:TOKEN"', "endpoint", '"http://mine.openai.azure.com"'],
    ["a token", 'token = "env:TOKEN"', "endpoint", '"https://mine.openai.azure.com:8443"'],
    ["a token", 'token = "env:TOKEN"', "type", '"acme"'],
    ["a key", 'apiKey = "env:KEY"', "endpoint", '"https://evil.openai.azure.com"'],
  ])("%s: %s, against %s = %s in a trusted project's file", async (_what, key, setting, value) => {
    await using folders = await configFolders();
    await folders.user(azure + key);
    await folders.project(`[providers.work]\n${setting} = ${value}`);
    await expect(folders.load()).rejects.toMatchObject({
      code: "untrusted",
      key: `providers.work.${setting}`,
      message: sentence("./chatport.toml:2"),
    });
  });

  test.each([
    ["a key of its own beside another's token", 'token = "env:TOKEN"', 'apiKey = "env:OWN"'],
    ["a token of its own beside another's key", 'apiKey = "env:KEY"', 'token = "env:OWN"'],
  ])("%s does not set the other one free", async (_what, theirs, own) => {
    await using folders = await configFolders();
    await folders.user(azure + theirs);
    await folders.project(`[providers.work]\nendpoint = "https://other.openai.azure.com"\n${own}`);
    await expect(folders.load()).rejects.toMatchObject({ code: "untrusted", key: "providers.work.endpoint" });
  });

  test.each(["apiKey", "token"])("a file that brings the %s itself may say where it goes", async (setting) => {
    await using folders = await configFolders();
    await folders.user(`${azure}${setting} = "env:KEY"`);
    await folders.project(`[providers.work]\nendpoint = "https://other.openai.azure.com"\n${setting} = "env:OWN"`);
    expect((await folders.load()).providers.get("work")?.settings).toMatchObject({
      endpoint: "https://other.openai.azure.com",
      [setting]: "env:OWN",
    });
  });

  test("another spelling of the same endpoint, another deployment and another version are allowed", async () => {
    await using folders = await configFolders();
    await folders.user(`${azure}token = "env:TOKEN"`);
    await folders.project('[providers.work]\nendpoint = "https://MINE.openai.azure.com:443/"\nmodel = "other"\napiVersion = "2024-10-21"');
    expect((await folders.load()).providers.get("work")?.settings).toMatchObject({ model: "other", token: "env:TOKEN" });
  });

  test.each(["endpoint", "token", "apiVersion", "api"])("a project's file that is not trusted sets no %s", async (setting) => {
    await using folders = await configFolders();
    await folders.user(`${azure}token = "env:TOKEN"`);
    await folders.untrusted(`[providers.work]\n${setting} = "env:X"`);
    await expect(folders.load()).rejects.toMatchObject({ code: "untrusted", key: `providers.work.${setting}` });
  });

  test.each([
    ["a reference in a table of a plug-in's", '[providers.work.auth]\nvalue = "file:/run/key"', "untrusted"],
    ["a reference in a list", 'more = ["env:ONE"]', "untrusted"],
    ["a setting that is called a key", '[providers.work.auth]\npassword = "correct horse"', "untrusted"],
    ["a header", '[providers.work.headers]\nX-Team = "research"', "untrusted"],
    ["no key at all", "retry = false", undefined],
  ])("%s of the user's own, against another server in a trusted project's file", async (_what, settings, code) => {
    await using folders = await configFolders();
    await folders.user(`[providers.work]\ntype = "openai-compatible"\nbaseUrl = "https://mine.example/v1"\nmodel = "m"\n${settings}`);
    await folders.project('[providers.work]\nbaseUrl = "https://evil.example/v1"');
    const failure: unknown = await folders.load().then(
      () => undefined,
      (error: unknown) => error,
    );
    expect(failure).toEqual(code === undefined ? undefined : expect.objectContaining({ code, key: "providers.work.baseUrl" }));
  });

  test.each(["url", "apiUrl", "host", "port", "server", "proxy"])("the %s of a plug-in's is a destination, too", async (setting) => {
    await using folders = await configFolders();
    await folders.user(`[providers.work]\ntype = "vault"\napiKey = "env:KEY"\n${setting} = "https://mine.example"`);
    await folders.project(`[providers.work]\n${setting} = "https://evil.example"`);
    await expect(folders.load()).rejects.toMatchObject({ code: "untrusted", key: `providers.work.${setting}` });
  });

  test.each([
    ["in a table", 'connection = { url = "https://mine.example" }', 'connection = { url = "https://evil.example" }', ".connection.url"],
    ["deep in tables", "net = { http = { port = 443 } }", "net = { http = { port = 8443 } }", ".net.http.port"],
    ["added to a table", "net = { http = { keepAlive = true } }", 'net = { http = { proxy = "https://evil.example" } }', ".net.http.proxy"],
    ["in a list", 'urls = ["https://mine.example"]', 'urls = ["https://evil.example"]', ".urls"],
    ["in a list in a table", 'net = { servers = ["mine.example"] }', 'net = { servers = ["evil.example"] }', ".net.servers"],
    ["in a list of tables", 'hosts = [{ url = "https://mine.example" }]', 'hosts = [{ url = "https://evil.example" }]', ".hosts"],
  ])("so is an address %s", async (_where, mine, theirs, key) => {
    await using folders = await configFolders();
    await folders.user(`[providers.work]\ntype = "vault"\napiKey = "env:KEY"\n${mine}`);
    await folders.project(`[providers.work]\n${theirs}`);
    await expect(folders.load()).rejects.toMatchObject({ code: "untrusted", key: `providers.work${key}` });
  });

  test.each([
    ["another path on the same server", 'connection = { url = "https://mine.example/v2" }'],
    ["what is no address, though it is called as one of ours", 'connection = { type = "pooled", preset = "fast" }'],
  ])("%s in a table of a plug-in's is not", async (_what, theirs) => {
    await using folders = await configFolders();
    await folders.user('[providers.work]\ntype = "vault"\napiKey = "env:KEY"\nconnection = { url = "https://mine.example/v1" }');
    await folders.project(`[providers.work]\n${theirs}`);
    expect((await folders.load()).providers.get("work")?.settings["apiKey"]).toBe("env:KEY");
  });
});
