import type { Deadlines } from "@chatport/domain";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { DeadlinePassed, Watchdog } from "../../src/http/watchdog.js";

const patient: Deadlines = { headersMs: Infinity, firstTokenMs: Infinity, idleMs: Infinity, totalMs: Infinity };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

interface Watched {
  readonly dog: Watchdog;
  /** The phases that have passed, with the limit that each had. */
  readonly passed: readonly string[];
}

function watch(deadlines: Partial<Deadlines>): Watched {
  const passed: string[] = [];
  const dog = new Watchdog({ ...patient, ...deadlines }, (deadline) => {
    expect(deadline).toBeInstanceOf(DeadlinePassed);
    passed.push(`${deadline.phase} ${deadline.afterMs}`);
    dog.stop();
  });
  return { dog, passed };
}

/** One read that takes `ms`. */
function read(dog: Watchdog, ms: number): void {
  dog.wait();
  vi.advanceTimersByTime(ms);
  dog.arrived();
}

describe("phases", () => {
  test("before the headers, the headers' deadline counts", () => {
    const { dog, passed } = watch({ headersMs: 100, firstTokenMs: 10, idleMs: 10 });
    dog.wait();
    vi.advanceTimersByTime(98);
    expect(passed).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(passed).toEqual(["headers 100"]);
  });

  test("until the first event, the first token's deadline counts, over however many reads", () => {
    const { dog, passed } = watch({ headersMs: 10, firstTokenMs: 100, idleMs: 10 });
    read(dog, 5);
    dog.headersArrived();
    for (let count = 0; count < 9; count++) read(dog, 10);
    expect(passed).toEqual([]);
    read(dog, 10);
    expect(passed).toEqual(["first-token 100"]);
  });

  test("between events, the idle deadline counts; bytes that are no event do not reset it", () => {
    const { dog, passed } = watch({ idleMs: 100 });
    dog.headersArrived();
    for (let event = 0; event < 5; event++) {
      read(dog, 60);
      dog.eventArrived();
    }
    read(dog, 60);
    read(dog, 38);
    expect(passed).toEqual([]);
    read(dog, 2);
    expect(passed).toEqual(["idle 100"]);
  });

  test("the total counts over all phases, however lively the stream", () => {
    const { dog, passed } = watch({ headersMs: 100, firstTokenMs: 100, idleMs: 100, totalMs: 250 });
    read(dog, 50);
    dog.headersArrived();
    for (let event = 0; event < 30 && passed.length === 0; event++) {
      read(dog, 10);
      dog.eventArrived();
    }
    expect(passed).toEqual(["total 250"]);
  });

  test("a phase that begins while a read is pending begins its clock then", () => {
    const { dog, passed } = watch({ headersMs: 100, firstTokenMs: 100, totalMs: 170 });
    dog.wait();
    vi.advanceTimersByTime(90);
    dog.headersArrived();
    vi.advanceTimersByTime(70);
    expect(passed).toEqual([]);
    vi.advanceTimersByTime(10);
    expect(passed).toEqual(["total 170"]);
  });

  test("an answer that is complete is waited for less long", () => {
    const { dog, passed } = watch({ idleMs: 100 });
    dog.headersArrived();
    dog.eventArrived();
    read(dog, 50);
    dog.eventArrived(20);
    dog.wait();
    vi.advanceTimersByTime(18);
    expect(passed).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(passed).toEqual(["idle 20"]);
  });
});

describe("a slow consumer", () => {
  test("never trips a deadline, in any phase", () => {
    const { dog, passed } = watch({ headersMs: 50, firstTokenMs: 50, idleMs: 50, totalMs: 200 });
    for (let event = 0; event < 15; event++) {
      read(dog, 10);
      if (event === 0) dog.headersArrived();
      else dog.eventArrived();
      vi.advanceTimersByTime(60_000);
    }
    expect(passed).toEqual([]);
  });

  test("does not shorten or lengthen what is left of a deadline", () => {
    const { dog, passed } = watch({ idleMs: 100 });
    dog.headersArrived();
    dog.eventArrived();
    read(dog, 40);
    vi.advanceTimersByTime(1_000);
    read(dog, 40);
    vi.advanceTimersByTime(1_000);
    dog.wait();
    vi.advanceTimersByTime(18);
    expect(passed).toEqual([]);
    vi.advanceTimersByTime(2);
    expect(passed).toEqual(["idle 100"]);
  });
});

describe("odd deadlines", () => {
  test("Infinity sets no timer at all", () => {
    const { dog, passed } = watch({});
    dog.wait();
    expect(vi.getTimerCount()).toBe(0);
    dog.headersArrived();
    dog.eventArrived();
    expect(vi.getTimerCount()).toBe(0);
    vi.advanceTimersByTime(1e9);
    expect(passed).toEqual([]);
  });

  test("one that a timer cannot hold (2 ** 31 ms) does not pass at once, but in its time", () => {
    const armed = vi.spyOn(globalThis, "setTimeout");
    const { dog, passed } = watch({ idleMs: 2 ** 31 + 5_000 });
    dog.headersArrived();
    dog.eventArrived();
    dog.wait();
    vi.advanceTimersByTime(2 ** 31 - 1);
    expect(passed).toEqual([]);
    vi.advanceTimersByTime(5_001);
    expect(passed).toEqual([`idle ${2 ** 31 + 5_000}`]);
    // A real timer with a longer delay than that fires after a millisecond.
    for (const [, delayMs] of armed.mock.calls) expect(delayMs).toBeLessThan(2 ** 31);
    armed.mockRestore();
  });

  test("zero passes at the first wait", () => {
    const { dog, passed } = watch({ headersMs: 0 });
    dog.wait();
    vi.advanceTimersByTime(1);
    expect(passed).toEqual(["headers 0"]);
  });
});

test("a watchdog that is stopped leaves no timer and passes nothing, also when the read ends late", () => {
  const { dog, passed } = watch({ headersMs: 100, totalMs: 100 });
  dog.wait();
  expect(vi.getTimerCount()).toBe(1);
  dog.stop();
  expect(vi.getTimerCount()).toBe(0);
  dog.arrived();
  vi.advanceTimersByTime(1_000);
  expect(passed).toEqual([]);
});

test("a thousand lively reads share a handful of timers", () => {
  const { dog } = watch({ idleMs: 1_000 });
  dog.headersArrived();
  const armed = vi.spyOn(globalThis, "setTimeout");
  for (let event = 0; event < 1_000; event++) {
    read(dog, 1);
    dog.eventArrived();
  }
  expect(armed.mock.calls.length).toBeLessThanOrEqual(3);
  armed.mockRestore();
});

describe("a process that was busy", () => {
  /** Runs nothing else for so long. */
  function block(ms: number): void {
    const until = performance.now() + ms;
    while (performance.now() < until);
  }

  beforeEach(() => {
    vi.useRealTimers();
  });

  test("hears first what the server said in the meantime", async () => {
    const { dog, passed } = watch({ headersMs: 20 });
    dog.wait();
    block(80);
    // Timers that are due fire before this one.
    await new Promise((resolve) => setTimeout(resolve, 0));
    dog.headersArrived();
    dog.arrived();
    expect(passed).toEqual([]);
  });

  test("waits no longer for a server that has said nothing", async () => {
    const { dog, passed } = watch({ headersMs: 20 });
    dog.wait();
    block(80);
    await vi.waitFor(() => expect(passed).toEqual(["headers 20"]));
  });

  test.each([
    ["bytes that are no event", () => undefined, "idle 20"],
    ["events", (dog: Watchdog) => dog.eventArrived(), "total 70"],
  ])("and stays busy has its deadlines all the same, however long a server goes on with %s", async (_what, arrived, deadline) => {
    const { dog, passed } = watch(deadline.startsWith("idle") ? { idleMs: 20 } : { totalMs: 70 });
    dog.headersArrived();
    dog.eventArrived();
    for (let piece = 0; piece < 10 && passed.length === 0; piece++) {
      dog.wait();
      block(40);
      // Timers that are due fire before this one.
      await new Promise((resolve) => setTimeout(resolve, 0));
      dog.arrived();
      arrived(dog);
    }
    expect(passed).toEqual([deadline]);
  });
});
