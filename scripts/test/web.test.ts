import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root, run } from "./support/repository.ts";

// The server itself is tested in packages/app-web; here, that a clone can start it as docs/web.md says.

const web = join(root, "scripts/web.ts");
const server = join(root, "packages/app-web/dist/server/main.js");

describe("the script behind `pnpm web`", { timeout: 120_000 }, () => {
  // Whatever is to build is built here: from then on the script has nothing to say itself.
  beforeAll(() => run("node", [web, "--version"]), 120_000);

  it.each([
    ["a flag of the server", ["--version"], 0],
    ["a flag that there is not", ["--no-such-flag"], 2],
  ])("hands over %s: same output, same exit code", async (_what, args, exitCode) => {
    const [through, direct] = [await run("node", [web, ...args]), await run("node", [server, ...args])];
    expect(through).toEqual(direct);
    expect(direct).toMatchObject({ exitCode });
    expect(direct.stdout + direct.stderr).not.toBe("");
  });
});
