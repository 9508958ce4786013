import type { Deadlines } from "@chatport/domain";
import { afterEach, describe, expect, test, vi } from "vitest";
import { type BodyInterpreter, ResponseStream, type ResponseStreamPlan } from "../../src/http/response-stream.js";
import { DeadlinePassed } from "../../src/http/watchdog.js";
import { manualBody, type ManualBody } from "../support/manual-body.js";

const patient: Deadlines = { headersMs: Infinity, firstTokenMs: Infinity, idleMs: Infinity, totalMs: Infinity };

interface Word {
  readonly word: string;
}

/** Every word is an output. "END" ends the answer, "BAD" is an error, "u:" marks what outlives an abort. Without END the body ends too early. */
class Words implements BodyInterpreter {
  finished = false;
  eventCount = 0;
  patienceMs: number | undefined;
  readonly #emit: (output: Word) => void;

  constructor(emit: (output: Word) => void) {
    this.#emit = emit;
  }

  feed(bytes: Uint8Array): void {
    for (const word of new TextDecoder().decode(bytes).split(" ")) {
      this.eventCount++;
      if (word === "END") this.finished = true;
      else if (word === "BAD") throw new Error("the body is broken");
      else if (word === "LAST") this.patienceMs = 20;
      else this.#emit({ word });
    }
  }

  end(): void {
    if (!this.finished && this.patienceMs === undefined) throw new Error("ended too early");
    this.#emit({ word: "after the end" });
  }
}

/** An item, "done", or what was thrown. */
type Step = string | { readonly threw: unknown };

function plan(open: ResponseStreamPlan<Word>["open"], more: Partial<ResponseStreamPlan<Word>> = {}): ResponseStream<Word> {
  return new ResponseStream<Word>({
    deadlines: patient,
    open,
    interpret: (_response, emit) => new Words(emit),
    fail: (error) => error,
    outlivesAbort: ({ word }) => word.startsWith("u:"),
    ...more,
  });
}

function reading(body: ManualBody, more: Partial<ResponseStreamPlan<Word>> = {}): ResponseStream<Word> {
  return plan(() => Promise.resolve(body.response), more);
}

function step(result: Promise<IteratorResult<Word, undefined>>): Promise<Step> {
  return result.then(
    ({ done, value }) => (done === true ? "done" : value.word),
    (threw: unknown) => ({ threw }),
  );
}

async function steps(stream: ResponseStream<Word>, count: number): Promise<readonly Step[]> {
  const seen: Step[] = [];
  while (seen.length < count) seen.push(await step(stream.next()));
  return seen;
}

function message(text: string): unknown {
  return { threw: expect.objectContaining({ message: expect.stringContaining(text) }) };
}

afterEach(() => {
  vi.useRealTimers();
});

describe("reading", () => {
  test("nothing is opened before the first next()", async () => {
    const open = vi.fn<ResponseStreamPlan<Word>["open"]>(() => Promise.resolve(new Response("a END")));
    const stream = plan(open);
    expect(stream[Symbol.asyncIterator]()).toBe(stream);
    await Promise.resolve();
    expect(open).not.toHaveBeenCalled();
    expect(await steps(stream, 3)).toEqual(["a", "done", "done"]);
    expect(open).toHaveBeenCalledTimes(1);
  });

  test("several next() at once are served in order, each with an item of its own", async () => {
    const body = manualBody();
    const stream = reading(body);
    const asked = [1, 2, 3, 4, 5].map(() => step(stream.next()));
    body.send("a b");
    body.send("c END");
    body.end();
    expect(await Promise.all(asked)).toEqual(["a", "b", "c", "done", "done"]);
  });

  test("a failure is thrown once, to one of several next(), and the others end", async () => {
    const body = manualBody();
    const stream = reading(body);
    const asked = [1, 2, 3].map(() => step(stream.next()));
    body.send("a BAD");
    expect(await Promise.all(asked)).toEqual(["a", message("broken"), "done"]);
  });

  test("what had been read before an error is delivered before it", async () => {
    const body = manualBody();
    body.send("a b BAD c");
    expect(await steps(reading(body), 4)).toEqual(["a", "b", message("broken"), "done"]);
    expect(body.cancelled()).toBeDefined();
  });

  test("a body that ends too early fails after what it held", async () => {
    const body = manualBody();
    body.send("a");
    body.end();
    expect(await steps(reading(body), 3)).toEqual(["a", message("too early"), "done"]);
  });

  test("a body that breaks fails with its own error", async () => {
    const body = manualBody();
    const stream = reading(body);
    body.send("a");
    expect(await steps(stream, 1)).toEqual(["a"]);
    body.break(new Error("ECONNRESET"));
    expect(await steps(stream, 2)).toEqual([message("ECONNRESET"), "done"]);
  });

  test("a response without a body ends at once", async () => {
    expect(
      await steps(
        plan(() => Promise.resolve(new Response(null))),
        2,
      ),
    ).toEqual([message("too early"), "done"]);
  });

  test("a failure to open is thrown as the plan says", async () => {
    const stream = plan(() => Promise.reject(new Error("refused")), { fail: (error) => new Error(`told: ${String(error)}`) });
    expect(await steps(stream, 2)).toEqual([message("told: Error: refused"), "done"]);
  });

  test("even when the plan cannot say what failed, the call ends and its body is let go", async () => {
    const body = manualBody();
    body.send("BAD");
    const stream = reading(body, {
      fail: () => {
        throw new RangeError("too deep to tell");
      },
    });
    expect(await steps(stream, 2)).toEqual([message("too deep"), "done"]);
    expect(body.cancelled()).toBeDefined();
  });
});

describe("after the end marker", () => {
  test("what follows in the same piece and after it is not waited for, and the body is cancelled", async () => {
    const body = manualBody();
    const stream = reading(body);
    body.send("a END");
    expect(await steps(stream, 2)).toEqual(["a", "done"]);
    expect(body.cancelled()).toBeDefined();
  });

  test("a body that ends by itself is not cancelled, so that its connection can be used again", async () => {
    const body = manualBody();
    let signal: AbortSignal | undefined;
    const stream = plan((given) => {
      signal = given;
      return Promise.resolve(body.response);
    });
    body.send("a END");
    setTimeout(() => body.end(), 5);
    expect(await steps(stream, 2)).toEqual(["a", "done"]);
    expect(body.cancelled()).toBeUndefined();
    expect(signal?.aborted).toBe(false);
  });

  test("a body that breaks afterwards changes nothing", async () => {
    const body = manualBody();
    const stream = reading(body);
    body.send("a END");
    expect(await steps(stream, 1)).toEqual(["a"]);
    body.break(new Error("ECONNRESET"));
    expect(await steps(stream, 1)).toEqual(["done"]);
  });

  test("without an end marker, a complete answer is waited for no longer than its patience", async () => {
    const body = manualBody();
    const stream = reading(body);
    body.send("a LAST");
    expect(await steps(stream, 3)).toEqual(["a", "after the end", "done"]);
    expect(body.cancelled()).toBeDefined();
  });
});

describe("leaving", () => {
  test("return() before the first next() opens nothing, ever", async () => {
    const open = vi.fn<ResponseStreamPlan<Word>["open"]>();
    const stream = plan(open);
    expect(await step(stream.return())).toBe("done");
    expect(await steps(stream, 1)).toEqual(["done"]);
    expect(open).not.toHaveBeenCalled();
  });

  test("return() while next() waits for headers ends both, and aborts the request", async () => {
    let signal: AbortSignal | undefined;
    const stream = plan((given) => {
      signal = given;
      return new Promise(() => undefined);
    });
    const asked = step(stream.next());
    expect(await step(stream.return())).toBe("done");
    expect(await asked).toBe("done");
    expect(signal?.aborted).toBe(true);
  });

  test("return() while next() waits for the body ends both, and cancels the body", async () => {
    const body = manualBody();
    const stream = reading(body);
    const asked = step(stream.next());
    await vi.waitFor(() => expect(body.response.body?.locked).toBe(true));
    expect(await step(stream.return())).toBe("done");
    expect(await asked).toBe("done");
    expect(body.cancelled()).toBeDefined();
  });

  test("return() drops what was read and an error that was still to come", async () => {
    const body = manualBody();
    const stream = reading(body);
    body.send("a b BAD");
    expect(await steps(stream, 1)).toEqual(["a"]);
    expect(await step(stream.return())).toBe("done");
    expect(await steps(stream, 2)).toEqual(["done", "done"]);
  });
});

describe("aborting", () => {
  const reason = new Error("enough");

  test("a signal that is aborted already opens nothing", async () => {
    const open = vi.fn<ResponseStreamPlan<Word>["open"]>();
    expect(await steps(plan(open, { signal: AbortSignal.abort(reason) }), 2)).toEqual([{ threw: reason }, "done"]);
    expect(open).not.toHaveBeenCalled();
  });

  test("what the abort does not take back is delivered before its reason, the rest is dropped", async () => {
    const body = manualBody();
    const controller = new AbortController();
    const stream = reading(body, { signal: controller.signal });
    body.send("a b u:1 c u:2");
    expect(await steps(stream, 1)).toEqual(["a"]);
    controller.abort(reason);
    expect(body.cancelled()).toBe(reason);
    expect(await steps(stream, 4)).toEqual(["u:1", "u:2", { threw: reason }, "done"]);
  });

  test.each([
    ["the answer's end marker", "a b u:1 END"],
    ["an error", "a b u:1 BAD"],
  ])("it is the abort that counts, although %s has been read and not been delivered", async (_what, text) => {
    const body = manualBody();
    const controller = new AbortController();
    const stream = reading(body, { signal: controller.signal });
    body.send(text);
    expect(await steps(stream, 1)).toEqual(["a"]);
    controller.abort(reason);
    expect(await steps(stream, 3)).toEqual(["u:1", { threw: reason }, "done"]);
    expect(body.cancelled()).toBeDefined();
  });

  test("the abort counts, although the body has ended and not all of it been delivered", async () => {
    const body = manualBody();
    const controller = new AbortController();
    const stream = reading(body, { signal: controller.signal });
    body.send("LAST");
    body.end();
    const endings = vi.spyOn(Words.prototype, "end").mockImplementation(function (this: Words) {
      this.feed(new TextEncoder().encode("x y"));
    });
    expect(await steps(stream, 1)).toEqual(["x"]);
    controller.abort(reason);
    expect(await steps(stream, 2)).toEqual([{ threw: reason }, "done"]);
    endings.mockRestore();
  });

  test("an abort after the last item has no effect", async () => {
    const controller = new AbortController();
    const stream = plan(() => Promise.resolve(new Response("a END")), { signal: controller.signal });
    expect(await steps(stream, 2)).toEqual(["a", "done"]);
    controller.abort(reason);
    expect(await steps(stream, 1)).toEqual(["done"]);
  });

  test("an abort ends the wait for a fetch that ignores its signal; its late answer is cancelled", async () => {
    const body = manualBody();
    const fetched = Promise.withResolvers<Response>();
    const controller = new AbortController();
    const stream = plan(() => fetched.promise, { signal: controller.signal });
    const asked = step(stream.next());
    controller.abort(reason);
    expect(await asked).toEqual({ threw: reason });
    fetched.resolve(body.response);
    await expect.poll(() => body.cancelled()).toBeDefined();
  });

  test("an abort at any moment about the answer's arrival cancels its body, though the fetch ignores its signal", async () => {
    const open: number[] = [];
    for (let turns = 0; turns < 30; turns++) {
      const aborting = new AbortController();
      const asked = Promise.withResolvers<Response>();
      let cancelled = false;
      const body = new ReadableStream<Uint8Array>({ cancel: () => void (cancelled = true) });
      const first = step(plan(() => asked.promise, { signal: aborting.signal }).next());
      asked.resolve(new Response(body));
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      aborting.abort(new Error("enough"));
      expect(await first).toEqual(message("enough"));
      await new Promise((resolve) => setImmediate(resolve));
      if (!cancelled) open.push(turns);
    }
    expect(open).toEqual([]);
  });

  test("a fetch that ignores its signal and fails late leaves no unhandled rejection", async () => {
    const unhandled = vi.fn<(error: unknown) => void>();
    process.on("unhandledRejection", unhandled);
    const fetched = Promise.withResolvers<Response>();
    const controller = new AbortController();
    const asked = step(plan(() => fetched.promise, { signal: controller.signal }).next());
    controller.abort(reason);
    await asked;
    fetched.reject(new Error("late"));
    await new Promise((resolve) => setImmediate(resolve));
    process.off("unhandledRejection", unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });

  test("an abort ends the wait for a body that ignores being cancelled", async () => {
    const controller = new AbortController();
    const deaf = new ReadableStream<Uint8Array>({ pull: () => new Promise(() => undefined), cancel: () => new Promise(() => undefined) });
    const stream = plan(() => Promise.resolve(new Response(deaf)), { signal: controller.signal });
    const asked = step(stream.next());
    setTimeout(() => controller.abort(reason), 5);
    expect(await asked).toEqual({ threw: reason });
  });
});

describe("deadlines", () => {
  test.each([
    ["headers", { headersMs: 20 }, () => new Promise<Response>(() => undefined)],
    ["first-token", { firstTokenMs: 20 }, () => Promise.resolve(manualBody().response)],
    ["total", { totalMs: 20 }, () => Promise.resolve(manualBody().response)],
  ] as const)("%s", async (phase, deadlines, open) => {
    const [seen] = await steps(plan(open, { deadlines: { ...patient, ...deadlines } }), 1);
    expect(seen).toEqual({ threw: expect.any(DeadlinePassed) });
    expect(seen).toMatchObject({ threw: { phase } });
  });

  test("one that passes cancels the body", async () => {
    const body = manualBody();
    const stream = reading(body, { deadlines: { ...patient, idleMs: 20 } });
    body.send("a");
    expect(await steps(stream, 2)).toMatchObject(["a", { threw: { phase: "idle" } }]);
    expect(body.cancelled()).toBeInstanceOf(DeadlinePassed);
  });
});

test.each([
  ["it is read to its end", async (stream: ResponseStream<Word>) => void (await steps(stream, 3))],
  ["it fails", async (stream: ResponseStream<Word>, body: ManualBody) => (body.break(new Error("broken")), void (await steps(stream, 3)))],
  ["its consumer leaves", async (stream: ResponseStream<Word>) => (await steps(stream, 1), void (await stream.return()))],
  [
    "it is aborted",
    async (stream: ResponseStream<Word>, _body: ManualBody, abort: () => void) => (
      await steps(stream, 1),
      abort(),
      void (await steps(stream, 3))
    ),
  ],
])("no listener stays on the signal and no timer runs after a call when %s", async (_how, use) => {
  const controller = new AbortController();
  const added = vi.spyOn(controller.signal, "addEventListener");
  const removed = vi.spyOn(controller.signal, "removeEventListener");
  const before = process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
  const body = manualBody();
  const stream = reading(body, { signal: controller.signal, deadlines: { headersMs: 9e5, firstTokenMs: 9e5, idleMs: 9e5, totalMs: 9e5 } });
  body.send("a b END");
  await use(stream, body, () => controller.abort());
  expect(removed.mock.calls.length).toBeGreaterThanOrEqual(added.mock.calls.length);
  expect(process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length).toBeLessThanOrEqual(before);
});
