import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root, run } from "./support/repository.ts";

// The client itself is tested in packages/app-cli; here, that `pnpm chat` adds nothing to it and takes nothing away.

const chat = join(root, "scripts/chat.ts");
const client = join(root, "packages/app-cli/dist/chatport.js");

function node(script: string, args: readonly string[], input?: string): ReturnType<typeof run> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/_API_KEY$|_BASE_URL$|^CHATPORT_/.test(name)));
  return run("node", [script, ...args], { env, ...(input === undefined ? {} : { input }) });
}

describe("the script behind `pnpm chat`", { timeout: 120_000 }, () => {
  // Whatever is to build is built here: from then on the script has nothing to say itself.
  beforeAll(() => node(chat, ["--version"]), 120_000);

  it.each([
    ["a flag of the client", ["--version"]],
    ["a word with spaces, quotes and a dollar sign", ["--no-stream", `what is a "ChatProvider"? it's $HOME`]],
    ["a prompt that starts with a dash", ["--no-stream", "--", "-what is a ChatProvider?"]],
    ["a flag that there is not", ["--no-such-flag"]],
  ])("hands over %s: same output, same exit code", async (_what, args) => {
    const [through, direct] = [await node(chat, args), await node(client, args)];
    expect(through).toEqual(direct);
    expect(direct.stdout + direct.stderr).not.toBe("");
  });

  it("hands over what is piped in", async () => {
    const [through, direct] = [
      await node(chat, ["--no-stream"], "How do I set a key?"),
      await node(client, ["--no-stream"], "How do I set a key?"),
    ];
    expect(through).toEqual(direct);
    expect(direct.stdout).not.toBe("");
  });
});
