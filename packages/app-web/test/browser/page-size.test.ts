import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";

const page = new URL("../../dist/page/", import.meta.url);

test("the whole page takes at most 4 KB on the wire", async () => {
  const files = await Promise.all(["index.html", "page.js", "page.css"].map((name) => readFile(new URL(name, page))));
  const bytes = files.reduce((sum, file) => sum + gzipSync(file).length, 0);
  expect(bytes).toBeLessThanOrEqual(4 * 1024);
});

test("the page holds no script and no style of its own, which its policy would refuse, and its script writes no HTML", async () => {
  const html = await readFile(new URL("index.html", page), "utf8");
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\son\w+=|\sstyle=/);
  expect(await readFile(new URL("page.js", page), "utf8")).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(/);
});
