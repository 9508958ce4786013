import {
  type Attempt,
  AuthenticationException,
  type ChatExceptionCode,
  type ChatProvider,
  collect,
  isChatException,
  NetworkException,
  RequestException,
  userMessage,
} from "@chatport/domain";
import { FakeChatProvider, type FakeScript } from "@chatport/domain/testing";
import { describe, expect, test, vi } from "vitest";
import { defaultFallbackCodes, withFallback, withRetry } from "../../src/resilience/index.js";
import { answer, busy, read, request, ScriptedProvider, start, used, word } from "./scripted-provider.js";

/** A provider that throws this at once. */
function failing(name: string, error: unknown): FakeChatProvider {
  return new FakeChatProvider({ steps: [{ type: "throw", error }] }, { name });
}

function failure(code: ChatExceptionCode, provider: string): Error {
  // The class is of no interest here: programs act on the code.
  return Object.assign(new NetworkException("network", `${code} of ${provider}`, { provider }), { code });
}

function text(provider: ChatProvider, model?: string): Promise<string> {
  return collect(provider.stream({ ...request, ...(model !== undefined && { model }) })).then((completion) => completion.text);
}

/** Who failed, and for which time, oldest first. */
function attemptsIn(error: unknown): readonly string[] | undefined {
  return isChatException(error) ? error.attempts?.map(({ provider, number }) => `${provider} ${number}`) : undefined;
}

/** What an exception tells where two providers, "a" and "b", failed three times each; the last failure is the exception itself. */
const allOfTwo = ["a 1", "a 2", "a 3", "b 1", "b 2"];

describe("who answers", () => {
  test("the first provider, as long as it does; the others are asked nothing", async () => {
    const [first, second] = [new FakeChatProvider("first", { name: "a" }), new FakeChatProvider("second", { name: "b" })];
    expect(await text(withFallback([first, second]))).toBe("first");
    expect(second.calls).toHaveLength(0);
  });

  test.each(defaultFallbackCodes)("the next one after %s", async (code) => {
    expect(
      await text(withFallback([failing("a", failure(code, "a")), failing("b", failure(code, "b")), new FakeChatProvider("third")])),
    ).toBe("third");
  });

  test.each(["authentication", "permission", "invalid-request", "context-overflow", "not-found", "content-filter"] as const)(
    "nobody else after %s, unless it is listed",
    async (code) => {
      const thrown = failure(code, "a");
      const [first, second] = [failing("a", thrown), new FakeChatProvider("second", { name: "b" })];
      expect((await read(withFallback([first, second]).stream(request))).error).toBe(thrown);
      expect(second.calls).toHaveLength(0);
      expect(await text(withFallback([first, second], { on: [code] }))).toBe("second");
    },
  );

  test("nobody else after a failure that is left out of the list", async () => {
    const fallback = withFallback([failing("a", busy()), new FakeChatProvider("second")], { on: ["network"] });
    expect((await read(fallback.stream(request))).error).toMatchObject({ code: "unavailable" });
  });

  test("nobody else after an error that is no ChatException: it is a mistake in a program", async () => {
    const bug = new TypeError("undefined is not a function");
    expect((await read(withFallback([failing("a", bug), new FakeChatProvider("second")]).stream(request))).error).toBe(bug);
  });

  test("one that can express the request, when an earlier one cannot", async () => {
    const plain = new FakeChatProvider("plain", { name: "plain", capabilities: [] });
    const able = new FakeChatProvider("able", { name: "able" });
    const fallback = withFallback([plain, able], { on: [] });
    expect(await collect(fallback.stream({ ...request, temperature: 0.5 }))).toMatchObject({ text: "able" });
    expect(plain.calls).toHaveLength(0);
    expect(fallback.capabilities.has("sampling")).toBe(true);
  });
});

describe("the commit point", () => {
  const steps = {
    "the first text": { type: "text", deltas: ["Once"] },
    "the first reasoning": { type: "reasoning", deltas: ["Hm"] },
    "the first tool call": { type: "tool-call", id: "1", name: "f", deltas: [] },
  } as const;

  test.each(Object.entries(steps))("after %s a failure is thrown, and nothing is said twice", async (_what, step) => {
    const script: FakeScript = { steps: [step, { type: "reset" }] };
    const second = new FakeChatProvider("second", { name: "b" });
    const { events, error } = await read(withFallback([new FakeChatProvider(script, { name: "a" }), second]).stream(request));
    expect(events.filter(({ type }) => type === "message-start")).toHaveLength(1);
    expect(error).toMatchObject({ code: "network", provider: "a" });
    expect(error).not.toHaveProperty("attempts");
    expect(second.calls).toHaveLength(0);
  });

  test("message-start and usage of a provider that fails then are not shown", async () => {
    const first = new ScriptedProvider([{ type: "message-start", model: "first" } as const, used(7), busy()]);
    const { events } = await read(withFallback([first, new ScriptedProvider(answer)]).stream(request));
    expect(events).toEqual(answer);
  });

  test("after it next() hands out the provider's own promises", async () => {
    const promises: Promise<unknown>[] = [];
    const inner = new ScriptedProvider([start, word, word, word]);
    const { name, vendor, capabilities } = inner;
    const recording: ChatProvider = {
      name,
      vendor,
      capabilities,
      stream(asked, options) {
        const events = inner.stream(asked, options)[Symbol.asyncIterator]();
        const next = () => {
          promises.push(events.next());
          return promises.at(-1) as ReturnType<typeof events.next>;
        };
        return { [Symbol.asyncIterator]: () => ({ next }) };
      },
    };
    const events = withFallback([recording]).stream(request)[Symbol.asyncIterator]();
    await events.next();
    await events.next();
    const third = events.next();
    expect(promises[2]).toBe(third);
    await third;
  });
});

describe("what is told", () => {
  test("every failure that is moved past, to both listeners", async () => {
    const [first, second] = [failure("quota", "a"), failure("network", "b")];
    const call = vi.fn<(attempt: Attempt) => void>();
    const policy = vi.fn<(attempt: Attempt) => void>();
    const fallback = withFallback([failing("a", first), failing("b", second), new FakeChatProvider("third")], { onAttempt: policy });
    await read(fallback.stream(request, { onAttempt: call }));
    expect(call.mock.calls.map(([attempt]) => attempt)).toEqual([
      { provider: "a", number: 1, exception: first },
      { provider: "b", number: 1, exception: second },
    ]);
    expect(policy.mock.calls).toEqual(call.mock.calls);
  });

  test("the last failure, with the earlier ones in its attempts", async () => {
    const [first, last] = [failure("quota", "a"), failure("network", "b")];
    const { error } = await read(withFallback([failing("a", first), failing("b", last)], { name: "main" }).stream(request));
    expect(error).toMatchObject({ code: "network", provider: "b", attempts: [{ provider: "a", number: 1, exception: first }] });
    expect(last).not.toHaveProperty("attempts");
    expect(isChatException(error)).toBe(true);
  });

  test("every attempt of every provider, retries included", async () => {
    const patient = (name: string) => withRetry(failing(name, failure("network", name)), { maxDelayMs: 0 });
    const { error } = await read(withFallback([patient("a"), patient("b")]).stream(request));
    expect(attemptsIn(error)).toEqual(allOfTwo);
  });

  test("a group of providers by its own name, whose attempts are counted apart from its members'", async () => {
    const inner = withFallback([failing("a", failure("quota", "a")), failing("b", failure("network", "b"))], { name: "inner" });
    const patient = withRetry(failing("c", failure("network", "c")), { maxDelayMs: 0 });
    const onAttempt = vi.fn<(attempt: Attempt) => void>();
    await read(withFallback([inner, patient, new FakeChatProvider("last")], { onAttempt }).stream(request));
    expect(onAttempt.mock.calls.map(([{ provider, number }]) => `${provider} ${number}`)).toEqual(["inner 1", "c 3"]);
  });

  test("a failure in mid-answer carries the earlier ones too", async () => {
    const first = failure("network", "a");
    const cut = new FakeChatProvider({ steps: [{ type: "text", deltas: ["Once"] }, { type: "close" }] }, { name: "b" });
    const { error } = await read(withFallback([failing("a", first), cut]).stream(request));
    expect(error).toMatchObject({ code: "truncated", provider: "b", attempts: [{ provider: "a", exception: first }] });
  });

  test("why the able provider did not answer, rather than that another one is not able", async () => {
    const plain = new FakeChatProvider("plain", { name: "plain", capabilities: [] });
    const fallback = withFallback([failing("able", failure("network", "able")), plain]);
    const { error } = await read(fallback.stream({ ...request, temperature: 0.5 }));
    expect(error).toMatchObject({
      code: "network",
      provider: "able",
      attempts: [{ provider: "plain", exception: { code: "unsupported" } }],
    });
  });

  test("a listener that throws ends the call with its error", async () => {
    const bug = new Error("listener");
    const second = new FakeChatProvider("second");
    const onAttempt = () => {
      throw bug;
    };
    expect((await read(withFallback([failing("a", busy()), second], { onAttempt }).stream(request))).error).toBe(bug);
    expect(second.calls).toHaveLength(0);
  });
});

describe("the model", () => {
  const models = (...providers: readonly FakeChatProvider[]) => providers.map(({ calls }) => calls.map((call) => call.request.model));

  test("that a request names is the first provider's; the others answer with their own", async () => {
    const [first, second] = [failing("a", busy()), new FakeChatProvider("second", { name: "b" })];
    expect(await text(withFallback([first, second]), "large")).toBe("second");
    expect(models(first, second)).toEqual([["large"], [undefined]]);
  });

  test("with a provider's name before it asks that one first, and the others after it", async () => {
    const [first, second, third] = [
      new FakeChatProvider("first", { name: "a" }),
      failing("b", busy()),
      new FakeChatProvider("third", { name: "c" }),
    ];
    expect(await text(withFallback([third, first, second]), "b/meta/large")).toBe("third");
    expect(models(third, first, second)).toEqual([[undefined], [], ["meta/large"]]);
  });

  test("that is configured stands in for one that no request names", async () => {
    const [first, second] = [new FakeChatProvider("first", { name: "a" }), new FakeChatProvider("second", { name: "b" })];
    const fallback = withFallback([first, second], { model: "b/large" });
    expect(await text(fallback)).toBe("second");
    expect(await text(fallback, "small")).toBe("first");
    expect(models(first, second)).toEqual([["small"], ["large"]]);
  });
});

describe("the list of models", () => {
  test("is everybody's, with their names", async () => {
    const providers = [
      new FakeChatProvider("", { name: "a", models: [{ id: "x/1", contextWindow: 5 }] }),
      new FakeChatProvider("", { name: "plain", capabilities: [] }),
      new FakeChatProvider("", { name: "b", models: [{ id: "2" }] }),
    ];
    expect(await withFallback(providers).listModels?.()).toEqual([{ id: "a/x/1", contextWindow: 5 }, { id: "b/2" }]);
  });

  test("leaves out who cannot list, and tells why; it fails when nobody can", async () => {
    const down = new FakeChatProvider("", { name: "down" });
    const thrown = failure("network", "down");
    Object.assign(down, { listModels: () => Promise.reject(thrown) });
    const onAttempt = vi.fn();
    expect(await withFallback([down, new FakeChatProvider("", { name: "b", models: [{ id: "2" }] })]).listModels?.({ onAttempt })).toEqual([
      { id: "b/2" },
    ]);
    expect(onAttempt).toHaveBeenCalledExactlyOnceWith({ provider: "down", number: 1, exception: thrown });
    await expect(withFallback([down, down]).listModels?.()).rejects.toMatchObject({ code: "network", attempts: [{ provider: "down" }] });
  });
});

test("a list tells of a member by its own name, and of a mistake in a program by that", async () => {
  const listing = (name: string, thrown: Error): ChatProvider =>
    Object.assign(new FakeChatProvider("", { name }), { listModels: () => Promise.reject(thrown) });
  const able = new FakeChatProvider("", { name: "b", models: [{ id: "2" }] });
  const onAttempt = vi.fn();
  await withFallback([listing("group", failure("network", "inner")), able]).listModels?.({ onAttempt });
  expect(onAttempt).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ provider: "group" }));
  const bug = new TypeError("undefined is not a function");
  await expect(withFallback([listing("a", bug), able]).listModels?.()).rejects.toBe(bug);
});

test("a list that fails tells every attempt, retries included", async () => {
  const patient = (name: string): ChatProvider => {
    const down = new FakeChatProvider("", { name });
    Object.assign(down, { listModels: () => Promise.reject(failure("network", name)) });
    return withRetry(down, { maxDelayMs: 0 });
  };
  const error: unknown = await withFallback([patient("a"), patient("b")])
    .listModels?.()
    .catch((thrown: unknown) => thrown);
  expect(attemptsIn(error)).toEqual(allOfTwo);
});

describe("the deadline", () => {
  test("is one for all: each provider is given what is left", async () => {
    vi.useFakeTimers();
    try {
      const slow: FakeScript = {
        steps: [
          { type: "delay", milliseconds: 400 },
          { type: "throw", error: busy() },
        ],
      };
      const [first, second] = [new FakeChatProvider(slow, { name: "a" }), new FakeChatProvider("second", { name: "b" })];
      const outcome = read(withFallback([first, second], { overallMs: 1_000 }).stream(request));
      await vi.runAllTimersAsync();
      expect((await outcome).error).toBeUndefined();
      expect([first, second].map(({ calls }) => calls[0]?.options.deadlines?.totalMs)).toEqual([1_000, 600]);
    } finally {
      vi.useRealTimers();
    }
  });

  test("that a hanging provider used up lets nobody else begin", async () => {
    const second = new FakeChatProvider("second", { name: "b" });
    const hanging = new FakeChatProvider({ steps: [{ type: "no-headers" }] }, { name: "a" });
    const { error } = await read(withFallback([hanging, second]).stream(request, { deadlines: { totalMs: 50 } }));
    expect(error).toMatchObject({ code: "timeout", phase: "total", provider: "a" });
    expect(second.calls).toHaveLength(0);
  });

  test("that nobody set leaves every provider its own", async () => {
    const [first, second] = [failing("a", busy()), new FakeChatProvider("second", { name: "b" })];
    await text(withFallback([first, second]));
    expect([first, second].map(({ calls }) => calls[0]?.options.deadlines)).toEqual([undefined, undefined]);
  });
});

describe("leaving and aborting", () => {
  test("cancel the provider that is being asked, and nobody else is", async () => {
    for (const how of ["return", "abort"] as const) {
      const hanging = new FakeChatProvider({ steps: [{ type: "no-headers" }] }, { name: "b" });
      const third = new FakeChatProvider("third");
      const controller = new AbortController();
      const fallback = withFallback([failing("a", busy()), hanging, third]);
      const answers = fallback.stream(request, { signal: controller.signal });
      const events = answers[Symbol.asyncIterator]();
      const pending = events.next();
      await vi.waitFor(() => expect(hanging.calls).toHaveLength(1));
      if (how === "return") {
        await events.return?.();
        expect(await pending).toEqual({ done: true, value: undefined });
      } else {
        controller.abort("enough");
        await expect(pending).rejects.toBe("enough");
      }
      expect(hanging.calls[0]?.outcome).toBe("cancelled");
      expect(third.calls).toHaveLength(0);
    }
  });
});

test("who leaves after the usage of an aborted call is told no reason any more", async () => {
  const controller = new AbortController();
  const stalling = new ScriptedProvider([start, used(7), "stall"]);
  const events = withFallback([stalling]).stream(request, { signal: controller.signal })[Symbol.asyncIterator]();
  const first = events.next();
  await vi.waitFor(() => expect(stalling.options).toHaveLength(1));
  controller.abort("enough");
  expect((await first).value).toEqual(start);
  expect(await events.return?.()).toEqual({ done: true, value: undefined });
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test("a fallback of nothing, or with a deadline that is none, is refused", () => {
  expect(() => withFallback([])).toThrow(RangeError);
  expect(() => withFallback([new FakeChatProvider("")], { overallMs: Number.NaN })).toThrow(RangeError);
});

test("its name is the first provider's unless it has its own; its vendor is theirs when they have one", () => {
  const [a, b] = [new FakeChatProvider("", { name: "a", vendor: "x" }), new FakeChatProvider("", { name: "b", vendor: "y" })];
  expect([withFallback([a, a]), withFallback([a, b], { name: "main" })].map(({ name, vendor }) => [name, vendor])).toEqual([
    ["a", "x"],
    ["main", "fallback"],
  ]);
});

test("a wrong key is told, not passed over", async () => {
  const wrongKey = new AuthenticationException("authentication", "Wrong key.", { provider: "a" });
  const refused = new RequestException("invalid-request", "No.", { provider: "b" });
  const messages = [userMessage("hi")];
  expect((await read(withFallback([failing("a", wrongKey), failing("b", refused)]).stream({ messages }))).error).toBe(wrongKey);
});
