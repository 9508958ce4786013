import { collect, ServerException } from "@chatport/domain";
import { FakeChatProvider } from "@chatport/domain/testing";
import { describe, expect, test, vi } from "vitest";
import { createTapeProvider, memoryTape, type TapeStorage, withTape } from "../../../src/resilience/index.js";
import { read, request } from "../scripted-provider.js";

const denied = new Error("EACCES: permission denied.");

/** A tape of that name on which nothing works but what is given. */
function broken(given: Partial<TapeStorage>): TapeStorage {
  return { read: () => Promise.reject(denied), append: () => Promise.reject(denied), ...given };
}

async function recordedTape(...says: readonly string[]): Promise<ReturnType<typeof memoryTape>> {
  const tape = memoryTape();
  const recording = withTape(new FakeChatProvider([...says]), { mode: "record", tape });
  for (const _text of says) await read(recording.stream(request));
  return tape;
}

describe("what is wrong with a tape", () => {
  const unread = { code: "unavailable", retryable: false, provider: "t", cause: denied };

  test("names the tape and the provider that it is, not the one that is recorded, which nobody asks", async () => {
    const up = new FakeChatProvider("yes", { name: "up", models: [{ id: "m" }] });
    const listing = vi.spyOn(up, "listModels");
    const failure = { ...unread, message: "The tape a.tape cannot be read: EACCES: permission denied." };
    const recording = withTape(up, { mode: "record", name: "t", tape: broken({ name: "a.tape" }) });
    expect((await read(recording.stream(request))).error).toMatchObject(failure);
    await expect(recording.listModels?.()).rejects.toMatchObject(failure);
    expect(up.calls).toEqual([]);
    expect(listing).not.toHaveBeenCalled();
    const replaying = createTapeProvider({ name: "t", tape: broken({ name: "a.tape" }) });
    expect((await read(replaying.stream(request))).error).toMatchObject(failure);
    await expect(replaying.listModels?.()).rejects.toMatchObject(failure);
  });

  test.each([
    ["my notes\nsecond", "The tape a.tape cannot be read: line 1 is none of a tape's."],
    ['{"type":"tape","version":9}\n', "The tape a.tape cannot be read: it has version 9, and this is version 1."],
  ])("says so of what is none: %j", async (text, message) => {
    const tape = { ...memoryTape(text), name: "a.tape" };
    const recording = withTape(new FakeChatProvider("yes", { name: "up" }), { mode: "record", name: "t", tape });
    expect((await read(recording.stream(request))).error).toMatchObject({ code: "malformed", provider: "t", message });
  });

  test("is an error of the call that could not be written down, in place of its end", async () => {
    const tape = broken({ read: () => Promise.resolve("") });
    const { events, error } = await read(withTape(new FakeChatProvider("yes"), { mode: "record", name: "t", tape }).stream(request));
    expect(events.at(-1)?.type).not.toBe("message-end");
    expect(error).toMatchObject({ ...unread, message: "The tape cannot be written: EACCES: permission denied." });
  });

  test("keeps the words of a storage that throws exceptions of its own, or at once", async () => {
    const own = new ServerException("unavailable", "Not now.", { provider: "store" });
    expect((await read(createTapeProvider({ tape: broken({ read: () => Promise.reject(own) }) }).stream(request))).error).toBe(own);
    const atOnce = (): never => {
      throw denied;
    };
    expect((await read(createTapeProvider({ name: "t", tape: broken({ read: atOnce }) }).stream(request))).error).toMatchObject(unread);
  });
});

test("a failure of the recorded provider names it, recorded and replayed", async () => {
  const tape = memoryTape();
  const up = new FakeChatProvider({ steps: [{ type: "error", kind: "unavailable", message: "No." }] }, { name: "up" });
  const failure = { code: "unavailable", provider: "up" };
  expect((await read(withTape(up, { mode: "record", name: "t", tape }).stream(request))).error).toMatchObject(failure);
  expect((await read(createTapeProvider({ name: "t", tape }).stream(request))).error).toMatchObject(failure);
});

test("the name is the whole's, to record and to replay", async () => {
  const up = new FakeChatProvider("yes", { name: "up" });
  for (const mode of ["record", "replay"] as const) {
    expect(withTape(up, { mode, tape: memoryTape(), name: "t" }).name).toBe("t");
    expect(withTape(up, { mode, tape: memoryTape() }).name).toBe("up");
  }
});

describe("a tape that could not be read once is read at the next call", () => {
  test("to replay", async () => {
    const tape = await recordedTape("yes");
    const replaying = createTapeProvider({ tape: { ...tape, read: vi.fn(() => tape.read()).mockRejectedValueOnce(denied) } });
    expect((await read(replaying.stream(request))).error).toMatchObject({ code: "unavailable" });
    expect((await collect(replaying.stream(request))).text).toBe("yes");
  });

  test("to record", async () => {
    const tape = memoryTape();
    const storage = { ...tape, read: vi.fn(() => tape.read()).mockRejectedValueOnce(denied) };
    const recording = withTape(new FakeChatProvider("yes"), { mode: "record", tape: storage });
    expect((await read(recording.stream(request))).error).toMatchObject({ code: "unavailable" });
    expect((await collect(recording.stream(request))).text).toBe("yes");
  });

  test("also when it was no tape, or not there", async () => {
    const tape = await recordedTape("yes");
    const storage = {
      ...tape,
      read: vi
        .fn(() => tape.read())
        .mockResolvedValueOnce("notes")
        .mockResolvedValueOnce(""),
    };
    const replaying = createTapeProvider({ tape: storage });
    const codes = [];
    for (const _call of [1, 2]) codes.push((await read(replaying.stream(request))).error);
    expect(codes).toMatchObject([{ code: "malformed" }, { code: "not-found" }]);
    expect((await collect(replaying.stream(request))).text).toBe("yes");
  });

  test("and once it has been, no more: its answers keep their order", async () => {
    const tape = await recordedTape("one", "two");
    const storage = { ...tape, read: vi.fn(() => tape.read()).mockRejectedValueOnce(denied) };
    const replaying = createTapeProvider({ tape: storage });
    await read(replaying.stream(request));
    const answers = await Promise.all([collect(replaying.stream(request)), collect(replaying.stream(request))]);
    expect(answers.map(({ text }) => text)).toEqual(["one", "two"]);
    expect(storage.read).toHaveBeenCalledTimes(2);
  });
});
