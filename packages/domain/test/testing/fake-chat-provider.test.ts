import { afterEach, describe, expect, test, vi } from "vitest";
import { collect, complete, NetworkException, textOf, userMessage } from "../../src/index.js";
import { FakeChatProvider } from "../../src/testing/index.js";
import { allOf } from "../all-of.js";

const hello = { messages: [userMessage("hello")] };

describe("FakeChatProvider answers", () => {
  test("a text, word by word, to every call", async () => {
    const fake = new FakeChatProvider("hello  wide\nworld ");
    expect(await allOf(textOf(fake.stream(hello)))).toEqual(["hello", "  wide", "\nworld "]);
    expect(await complete(fake, hello)).toMatchObject({ text: "hello  wide\nworld ", finishReason: "stop" });
  });

  test.each(["", " ", "\n\n"])("the text %j as it is", async (text) => {
    expect((await collect(new FakeChatProvider(text).stream(hello))).text).toBe(text);
  });

  test("a list, one a call, and fails a call beyond it", async () => {
    const fake = new FakeChatProvider(["first", { steps: [{ type: "text", deltas: ["second"] }, { type: "end" }] }]);
    expect((await complete(fake, hello)).text).toBe("first");
    expect((await complete(fake, hello)).text).toBe("second");
    await expect(complete(fake, hello)).rejects.toThrow("FakeChatProvider was given 2 answers, and this is call 3.");
  });

  test("what a function makes of the request", async () => {
    const fake = new FakeChatProvider(({ messages }) => `You sent ${messages.length}.`);
    expect((await complete(fake, hello)).text).toBe("You sent 1.");
  });

  test("with the model of the request where the script names none", async () => {
    expect((await complete(new FakeChatProvider("hi"), { ...hello, model: "asked" })).model).toBe("asked");
  });

  test("with the very error that the script throws", async () => {
    const error = new NetworkException("network", "Unplugged.", { provider: "fake" });
    const fake = new FakeChatProvider({
      steps: [
        { type: "text", deltas: ["so far"] },
        { type: "throw", error },
      ],
    });
    await expect(collect(fake.stream(hello))).rejects.toBe(error);
  });
});

test("FakeChatProvider trusts no call before the end marker, even one that looks whole", async () => {
  const fake = new FakeChatProvider({
    steps: [{ type: "tool-call", id: "c", name: "delete", deltas: ['{"all":true}'] }, { type: "close" }],
  });
  await expect(collect(fake.stream(hello))).rejects.toMatchObject({
    partial: { content: [{ type: "invalid-tool-call", id: "c", name: "delete", json: '{"all":true}' }] },
  });
});

describe("FakeChatProvider records its calls", () => {
  test("with request, options and how they ended", async () => {
    const fake = new FakeChatProvider(["done", { steps: [{ type: "close" }] }, "left"]);
    await complete(fake, hello);
    await expect(collect(fake.stream(hello))).rejects.toMatchObject({ code: "truncated" });
    for await (const event of fake.stream(hello)) if (event.type === "text-delta") break;
    expect(fake.calls.map(({ outcome }) => outcome)).toEqual(["completed", "failed", "cancelled"]);
    expect(fake.calls[0]).toMatchObject({ request: hello, options: { delivery: "whole" } });
    await Promise.all(fake.calls.map(({ released }) => released));
  });

  test("as running until they end", async () => {
    const fake = new FakeChatProvider("hello");
    const events = fake.stream(hello)[Symbol.asyncIterator]();
    expect(fake.calls).toEqual([]);
    await events.next();
    expect(fake.calls[0]?.outcome).toBe("running");
  });

  test("as cancelled by their signal, without another read", async () => {
    const controller = new AbortController();
    const fake = new FakeChatProvider("hello");
    await fake.stream(hello, { signal: controller.signal })[Symbol.asyncIterator]().next();
    controller.abort();
    await fake.calls[0]?.released;
    expect(fake.calls[0]?.outcome).toBe("cancelled");
  });

  test("not where it refuses before any I/O", async () => {
    const fake = new FakeChatProvider("hello", { name: "plain", capabilities: [] });
    const needy = { ...hello, seed: 7 };
    await expect(complete(fake, needy)).rejects.toMatchObject({
      code: "unsupported",
      message: 'seed is 7, which "plain" cannot be told (seed). Leave it out, or ask another provider.',
    });
    expect(fake.calls).toEqual([]);
    expect(fake.listModels).toBeUndefined();
  });
});

describe("FakeChatProvider takes its time", () => {
  afterEach(() => void vi.useRealTimers());

  test("between deltas and in delay steps, on the platform's timers", async () => {
    vi.useFakeTimers();
    const steps = [{ type: "delay", milliseconds: 1_000 }, { type: "text", deltas: ["a", "b"] }, { type: "end" }] as const;
    const answer = collect(new FakeChatProvider({ steps }, { deltaDelay: 250 }).stream(hello));
    await vi.advanceTimersByTimeAsync(1_499);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect((await answer).text).toBe("ab");
    expect(vi.getTimerCount()).toBe(0);
  });

  test("and keeps the port's own deadlines where a call sets none", async () => {
    vi.useFakeTimers();
    const answer = collect(new FakeChatProvider({ steps: [{ type: "no-headers" }] }).stream(hello));
    const [failure] = await Promise.all([thrownBy(answer), vi.advanceTimersByTimeAsync(120_000)]);
    expect(failure).toMatchObject({ code: "timeout", phase: "headers" });
  });

  test("and adds up what passes without an event", async () => {
    vi.useFakeTimers();
    const delay = { type: "delay", milliseconds: 80_000 } as const;
    const answer = collect(new FakeChatProvider({ steps: [delay, delay, { type: "end" }] }).stream(hello));
    const [failure] = await Promise.all([thrownBy(answer), vi.advanceTimersByTimeAsync(120_000)]);
    expect(failure).toMatchObject({ code: "timeout", phase: "headers" });
  });

  test("as the injected sleep says, and frees its timer when it is aborted", async () => {
    const slept: number[] = [];
    const sleep = (milliseconds: number): Promise<void> => {
      slept.push(milliseconds);
      return Promise.resolve();
    };
    await complete(new FakeChatProvider("one two", { deltaDelay: 40, sleep }), hello);
    expect(slept).toEqual([40, 40]);

    vi.useFakeTimers();
    const controller = new AbortController();
    const answer = collect(new FakeChatProvider("one", { deltaDelay: 60_000 }).stream(hello, { signal: controller.signal }));
    const failure = thrownBy(answer);
    await vi.advanceTimersByTimeAsync(10);
    controller.abort("enough");
    expect(await failure).toBe("enough");
    expect(vi.getTimerCount()).toBe(0);
  });
});

function thrownBy(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => undefined,
    (error: unknown) => error,
  );
}
