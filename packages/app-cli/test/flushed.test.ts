import { Writable } from "node:stream";
import { expect, test } from "vitest";
import { flushed } from "../src/flushed.js";

test("what was written is waited for, however slowly it is taken", async () => {
  const taken: string[] = [];
  const slow = new Writable({
    write(chunk: Buffer, _encoding, done) {
      setImmediate(() => {
        taken.push(chunk.toString());
        done();
      });
    },
  });
  for (const text of ["one", "two", "three"]) slow.write(text);
  await flushed([slow]);
  expect(taken.join(" ").trim()).toBe("one two three");
});

test("a stream that takes nothing any more is not waited for", async () => {
  const gone = new Writable({ write: (_chunk, _encoding, done) => done(new Error("EPIPE")) });
  gone.on("error", () => {});
  gone.write("lost");
  await flushed([gone]);
  gone.destroy();
  await flushed([gone]);
});
