import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { describe, expect, it } from "vitest";
import { root } from "./support/repository.ts";

/** What a page pays for an entry: bundled with all that it imports, minified, compressed as a server would. */
async function bytesOf(entry: string): Promise<number> {
  const bundle = await rolldown({ input: join(root, entry), platform: "browser", logLevel: "silent" });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  await bundle.close();
  return gzipSync(output.map((file) => (file.type === "chunk" ? file.code : file.source)).join(""), { level: 9 }).length;
}

describe("byte budgets, minified and gzipped", () => {
  it("the domain's core entry fits in 4 KB", async () => {
    const bytes = await bytesOf("packages/domain/dist/index.js");
    expect(bytes).toBeGreaterThan(500);
    expect(bytes).toBeLessThanOrEqual(4096);
  });
});
