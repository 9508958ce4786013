import { setImmediate } from "node:timers/promises";
import { collect } from "@chatport/domain";
import { FakeChatProvider } from "@chatport/domain/testing";
import { describe, expect, test } from "vitest";
import { createTapeProvider, memoryTape, withFallback, withFaults, withRetry, withTape } from "../../../src/resilience/index.js";
import { read, request } from "../scripted-provider.js";

const fake = () => new FakeChatProvider("one two three");

describe("a fault", () => {
  test.each([
    [{ type: "cut" }, { code: "truncated", retryable: true }],
    [{ type: "error" }, { code: "unavailable" }],
    [
      { type: "error", code: "quota", message: "No money." },
      { code: "quota", message: "No money.", retryable: false },
    ],
    [{ type: "stall" }, { code: "timeout", phase: "idle" }],
  ] as const)("%j comes after as many events, with what had arrived, and frees the provider", async (fault, expected) => {
    const provider = fake();
    const faulty = withFaults(provider, [{ ...fault, after: 3 }]);
    const { events, error } = await read(faulty.stream(request, { deadlines: { idleMs: 20 } }));
    expect(events).toHaveLength(3);
    expect(error).toMatchObject({ ...expected, provider: "fake", partial: { content: [{ type: "text", text: "one two" }] } });
    expect(provider.calls[0]?.outcome).toBe("cancelled");
  });

  test("after no events keeps the provider from being asked", async () => {
    const provider = fake();
    const { events, error } = await read(withFaults(provider, [{ type: "error", after: 0 }]).stream(request));
    expect([events, provider.calls]).toEqual([[], []]);
    expect(error).not.toHaveProperty("partial");
  });

  test("delay holds an event back, and the answer goes on", async () => {
    const begun = performance.now();
    const faulty = withFaults(fake(), [{ type: "delay", after: 2, ms: 30 }]);
    expect((await collect(faulty.stream(request))).text).toBe("one two three");
    expect(performance.now() - begun).toBeGreaterThanOrEqual(30);
  });

  test("stall ends at the total deadline where that is sooner, and when the reader aborts or leaves", async () => {
    const stalled = withFaults(fake(), [{ type: "stall", after: 0 }]);
    expect((await read(stalled.stream(request, { deadlines: { totalMs: 20 } }))).error).toMatchObject({ code: "timeout", phase: "total" });
    const controller = new AbortController();
    const aborted = read(stalled.stream(request, { signal: controller.signal }));
    void setImmediate().then(() => controller.abort("enough"));
    expect((await aborted).error).toBe("enough");
    const events = stalled.stream(request)[Symbol.asyncIterator]();
    const pending = events.next();
    await events.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
  });

  test("delay that the reader leaves asks nobody and waits for nothing any more", async () => {
    const provider = fake();
    const delays = [1, 2].map(() => ({ type: "delay", after: 0, ms: 60_000 }) as const);
    const events = withFaults(provider, delays).stream(request)[Symbol.asyncIterator]();
    const pending = events.next();
    await setImmediate();
    await events.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(provider.calls).toEqual([]);
  });

  test("behind the end of a whole answer is none: an answer ends once", async () => {
    const whole = await read(fake().stream(request));
    const faulty = withFaults(fake(), [{ type: "cut", after: whole.events.length }]);
    expect(await read(faulty.stream(request))).toEqual(whole);
  });

  test("of one call leaves the others alone, so that a retry gets through", async () => {
    const faulty = withFaults(fake(), [{ type: "cut", after: 1, call: 1 }]);
    expect((await collect(withRetry(faulty, { maxDelayMs: 0 }).stream(request))).text).toBe("one two three");
  });
});

test("a tape with a fault shows what a fallback makes of it, without any server", async () => {
  const tape = memoryTape();
  await read(withTape(fake(), { mode: "record", tape }).stream(request));
  const cutBeforeText = createTapeProvider({ tape, faults: [{ type: "cut", after: 1 }] });
  const whole = createTapeProvider({ tape, name: "second" });
  expect((await collect(withFallback([cutBeforeText, whole]).stream(request))).text).toBe("one two three");
});
