import { type ChatRequest, collect, userMessage } from "@chatport/domain";
import { FakeChatProvider } from "@chatport/domain/testing";
import { expect, test } from "vitest";
import { createTapeProvider, memoryTape, type TapeStorage, withTape } from "../../../src/resilience/index.js";
import { read, request } from "../scripted-provider.js";

// A process that dies while it writes leaves the beginning of a line, in whatever storage.

const other = { messages: [userMessage("other")] };

async function record(tape: TapeStorage, says: string, asked: ChatRequest = request): Promise<unknown> {
  return (await read(withTape(new FakeChatProvider(says), { mode: "record", tape }).stream(asked))).error;
}

const replayed = (tape: TapeStorage, asked: ChatRequest = request) => read(createTapeProvider({ tape }).stream(asked));

async function recorded(says: string): Promise<string> {
  const tape = memoryTape();
  await record(tape, says);
  return tape.text;
}

test("a tape that was cut anywhere is recorded on, and what is recorded then is replayed", async () => {
  const text = await recorded("wörld 🙂");
  const whole = (await replayed(memoryTape(text))).events;
  for (let end = 0; end <= text.length; end++) {
    const tape = memoryTape(text.slice(0, end));
    expect(await record(tape, "new", other), `cut after ${end}`).toBeUndefined();
    expect((await collect(createTapeProvider({ tape }).stream(other))).text, `cut after ${end}`).toBe("new");
    const { events, error } = await replayed(tape);
    // All of the first call is there but perhaps the line that says that it ended.
    if (error === undefined) expect(events).toEqual(whole);
    else expect(error, `cut after ${end}`).toMatchObject({ code: expect.stringMatching(/^(?:truncated|not-found)$/u) });
  }
});

test("a call that was cut is told as such, until it is recorded again", async () => {
  const text = await recorded("old");
  for (let end = 0; end < text.length; end++) {
    const tape = memoryTape(text.slice(0, end));
    const before = await replayed(tape);
    if (before.events.length > 0 && before.error !== undefined)
      expect(before.error).toMatchObject({ message: expect.stringMatching(/was cut/u) });
    await record(tape, "new");
    if (before.error !== undefined)
      expect((await collect(createTapeProvider({ tape }).stream(request))).text, `cut after ${end}`).toBe("new");
  }
});

test("it may be cut again and again", async () => {
  const text = await recorded("one");
  const tape = memoryTape(text.slice(0, 5));
  for (const end of [7, 60, 120]) {
    await record(tape, "lost", other);
    await tape.append(text.slice(0, end));
  }
  await record(tape, "new");
  expect((await collect(createTapeProvider({ tape }).stream(request))).text).toBe("new");
});

test("a last line that lost its line break alone is kept", async () => {
  const tape = memoryTape((await recorded("one")).trimEnd());
  await record(tape, "two", other);
  expect((await collect(createTapeProvider({ tape }).stream(request))).text).toBe("one");
  expect((await collect(createTapeProvider({ tape }).stream(other))).text).toBe("two");
});

test("a write that stopped half way, and failed, is its own call's failure: the next one is whole", async () => {
  const tape = memoryTape();
  const halfOf = (lines: string): Promise<void> => tape.append(lines.slice(0, 100)).then(() => Promise.reject(new Error("disk full")));
  let writes = 0;
  const append = (lines: string): Promise<void> => (++writes === 2 ? halfOf(lines) : tape.append(lines));
  const recording = withTape(new FakeChatProvider(["one", "two", "three"]), { mode: "record", tape: { ...tape, append } });
  const errors = [];
  for (const _says of ["one", "two", "three"]) errors.push((await read(recording.stream(request))).error);
  expect(errors).toEqual([undefined, expect.objectContaining({ code: "unavailable" }), undefined]);
  const replaying = createTapeProvider({ tape });
  expect([(await collect(replaying.stream(request))).text, (await collect(replaying.stream(request))).text]).toEqual(["one", "three"]);
});

test.each([
  ["a half line in the middle of a call", (lines: readonly string[]) => lines.with(2, '{"type":"ev'), "line 3"],
  ["words in place of a line", (lines: readonly string[]) => lines.with(2, "hello"), "line 3"],
  ["a note at the end", (lines: readonly string[]) => [...lines.slice(0, -1), "my note"], "line 8"],
])("no cut explains %s: nothing is written after it", async (_what, change, line) => {
  const text = change((await recorded("one")).split("\n")).join("\n");
  const tape = memoryTape(text);
  expect((await replayed(tape)).error).toMatchObject({ code: "malformed", message: expect.stringContaining(line) });
  expect(await record(tape, "new")).toMatchObject({ code: "malformed" });
  expect(tape.text).toBe(text);
});

test("an editor's byte order mark and line ends change nothing", async () => {
  const tape = memoryTape(`\uFEFF${(await recorded("one")).replaceAll("\n", "\r\n")}`);
  await record(tape, "two", other);
  expect((await collect(createTapeProvider({ tape }).stream(request))).text).toBe("one");
  expect((await collect(createTapeProvider({ tape }).stream(other))).text).toBe("two");
});
