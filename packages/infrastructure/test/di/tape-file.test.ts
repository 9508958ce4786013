import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { tapeFile } from "../../src/di/tape-file.js";

const folder = await mkdtemp(join(tmpdir(), "chatport-tape-"));
afterAll(() => rm(folder, { recursive: true }));

test("a line that an earlier process did not finish does not run into the next", async () => {
  const path = join(folder, "torn.jsonl");
  await tapeFile(path).append('{"whole":1}\n');
  await appendFile(path, '{"to');
  const again = tapeFile(path);
  await again.append('{"whole":2}\n');
  await again.append('{"whole":3}\n');
  expect(await readFile(path, "utf8")).toBe('{"whole":1}\n{"whole":2}\n{"whole":3}\n');
});
