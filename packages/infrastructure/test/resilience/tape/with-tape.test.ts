import { setImmediate } from "node:timers/promises";
import { ApiLimitException, type ChatProvider, type ChatRequest, collect, Secret, userMessage } from "@chatport/domain";
import { FakeChatProvider, type FakeScript } from "@chatport/domain/testing";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createTapeProvider, memoryTape, type TapeStorage, withTape } from "../../../src/resilience/index.js";
import { createOpenAIProvider } from "../../../src/providers/openai/index.js";
import { startScriptedOpenAIServer } from "../../../src/testing/index.js";
import { read, request, ScriptedProvider } from "../scripted-provider.js";

const rich: FakeScript = {
  steps: [
    { type: "reasoning", deltas: ["Let me ", "think."] },
    { type: "usage", usage: { inputTokens: 3 } },
    { type: "text", deltas: ["Hello ", "wörld 🙂"] },
    { type: "tool-call", id: "c1", name: "look", deltas: ['{"a":', "1}"] },
    { type: "tool-call", id: "c2", name: "look", deltas: ['{"a"'] },
    { type: "usage", usage: { inputTokens: 3, outputTokens: 9 } },
    { type: "end", finishReason: "stop" },
  ],
};

/** Records one answer to each request, and gives back what was seen of each. */
async function record(provider: ChatProvider, tape: TapeStorage, ...requests: readonly ChatRequest[]) {
  const recording = withTape(provider, { mode: "record", tape });
  const seen = [];
  for (const asked of requests) seen.push(await read(recording.stream(asked)));
  return seen;
}

const replay = (tape: TapeStorage, options: Partial<Parameters<typeof createTapeProvider>[0]> = {}) =>
  createTapeProvider({ ...options, tape });

const noTape = expect.stringMatching(/^There is no such tape, or nothing has been recorded on it/);

test("a tape that is not there is told apart from one that has another answer", async () => {
  const tape = memoryTape();
  const missing = await read(replay(tape, { name: "demo" }).stream(request));
  expect(missing.error).toMatchObject({ code: "not-found", provider: "demo", message: noTape });
  await record(new FakeChatProvider("hello"), tape, request);
  const [header = ""] = tape.text.split("\n");
  const bare = await read(replay(memoryTape(`${header}\n`)).stream(request));
  expect(bare.error).toMatchObject({ message: expect.stringMatching(/no answer to this request .*; it holds no other one\./) });
});

describe("what was recorded is replayed", () => {
  test("event by event, without the provider", async () => {
    const tape = memoryTape();
    const [seen] = await record(new FakeChatProvider(rich), tape, request);
    expect(await read(replay(tape).stream(request))).toEqual(seen);
    const unasked = new FakeChatProvider(rich);
    expect(await read(withTape(unasked, { mode: "replay", tape }).stream(request))).toEqual(seen);
    expect(unasked.calls).toHaveLength(0);
  });

  test("whatever the texts are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary", minLength: 1 }), { minLength: 1 }), async (deltas) => {
        const tape = memoryTape();
        const provider = new FakeChatProvider({
          steps: [
            { type: "text", deltas },
            { type: "end", finishReason: "stop" },
          ],
        });
        const [seen] = await record(provider, tape, request);
        expect(await read(replay(tape).stream(request))).toEqual(seen);
      }),
      { numRuns: 50 },
    );
  });

  test("with the failure, its code, wait, status and what had arrived", async () => {
    const error = new ApiLimitException("rate-limit", "Slow down.", { provider: "fake", status: 429, retryAfterMs: 700, requestId: "r1" });
    const tape = memoryTape();
    const script: FakeScript = {
      steps: [
        { type: "text", deltas: ["Once"] },
        { type: "throw", error },
      ],
    };
    await record(new FakeChatProvider(script), tape, request);
    const { events, error: replayed } = await read(replay(tape).stream(request));
    expect(events.map(({ type }) => type)).toEqual(["message-start", "text-delta"]);
    expect(replayed).toBeInstanceOf(ApiLimitException);
    expect(replayed).toMatchObject({
      code: "rate-limit",
      message: "Slow down.",
      provider: "fake",
      status: 429,
      retryAfterMs: 700,
      requestId: "r1",
      retryable: true,
      partial: { content: [{ type: "text", text: "Once" }] },
    });
  });

  test.each([
    [{ type: "no-headers" }, "timeout"],
    [{ type: "reset" }, "network"],
    [{ type: "wrong-body", body: "html", message: "nap" }, "malformed"],
    [{ type: "error", kind: "authentication", message: "No." }, "authentication"],
    [{ type: "error", kind: "unavailable", message: "No." }, "unavailable"],
  ] as const)("after %j as %s", async (step, code) => {
    const tape = memoryTape();
    const provider = new FakeChatProvider({ steps: [step] }, { deadlines: { headersMs: 10 } });
    const [seen] = await record(provider, tape, request);
    const { error } = await read(replay(tape).stream(request));
    expect(error).toMatchObject({ ...(seen?.error as object), code });
  });

  test("with an error that is no ChatException, by its words", async () => {
    const tape = memoryTape();
    await record(new FakeChatProvider({ steps: [{ type: "throw", error: new TypeError("bug") }] }), tape, request);
    expect((await read(replay(tape).stream(request))).error).toMatchObject({ message: "bug" });
  });

  test("several answers to one request in their order, and then the last again; another request has its own", async () => {
    const tape = memoryTape();
    const other = { messages: [userMessage("other")] };
    await record(new FakeChatProvider(["one", "two", "three"]), tape, request, other, request);
    const replaying = replay(tape);
    const texts = [];
    for (const asked of [request, request, request, other]) texts.push((await collect(replaying.stream(asked))).text);
    expect(texts).toEqual(["one", "three", "three", "two"]);
  });

  test("for a request whose fields stand in another order", async () => {
    const tape = memoryTape();
    await record(new FakeChatProvider("yes"), tape, { messages: request.messages, seed: 1, model: "m" });
    expect((await collect(replay(tape).stream({ model: "m", seed: 1, messages: request.messages }))).text).toBe("yes");
  });

  test("the list of models too", async () => {
    const tape = memoryTape();
    const models = [{ id: "a", contextWindow: 8 }, { id: "b" }];
    await withTape(new FakeChatProvider("", { models }), { mode: "record", tape }).listModels?.();
    expect(await replay(tape).listModels?.()).toEqual(models);
    await expect(replay(memoryTape()).listModels?.()).rejects.toMatchObject({ code: "not-found", message: noTape });
  });

  test("calls at the same time do not mix", async () => {
    const tape = memoryTape();
    const provider = new FakeChatProvider((asked) => JSON.stringify(asked.messages), { deltaDelay: 1 });
    const recording = withTape(provider, { mode: "record", tape });
    const requests = ["a b c", "d e f"].map((words) => ({ messages: [userMessage(words)] }));
    await Promise.all(requests.map((asked) => read(recording.stream(asked))));
    for (const asked of requests) expect((await collect(replay(tape).stream(asked))).text).toBe(JSON.stringify(asked.messages));
  });

  test("an answer that was left or aborted ends where its reader was, as cut off", async () => {
    const tape = memoryTape();
    const recording = withTape(new FakeChatProvider("one two three"), { mode: "record", tape });
    for await (const event of recording.stream(request)) if (event.type === "text-delta") break;
    const { events, error } = await read(replay(tape).stream(request));
    expect(events.map(({ type }) => type)).toEqual(["message-start", "text-delta"]);
    expect(error).toMatchObject({ code: "truncated" });
  });

  test("an aborted one is no failure of its provider's", async () => {
    const tape = memoryTape();
    const controller = new AbortController();
    const provider = new FakeChatProvider({ steps: [{ type: "text", deltas: ["Once"] }, { type: "stall" }] });
    const aborted = read(withTape(provider, { mode: "record", tape }).stream(request, { signal: controller.signal }));
    await vi.waitFor(() => expect(provider.calls).toHaveLength(1));
    controller.abort(new Error("enough"));
    await aborted;
    expect((await read(replay(tape).stream(request))).error).toMatchObject({ code: "truncated" });
  });

  test("one that was left while the tape was read asks nobody", async () => {
    const opened = Promise.withResolvers<string>();
    const provider = new FakeChatProvider("yes");
    const tape: TapeStorage = { ...memoryTape(), read: () => opened.promise };
    const events = withTape(provider, { mode: "record", tape }).stream(request)[Symbol.asyncIterator]();
    const pending = events.next();
    await setImmediate();
    await events.return?.();
    opened.resolve("");
    expect(await pending).toEqual({ done: true, value: undefined });
    expect(provider.calls).toEqual([]);
  });

  test("so does one that was left while its next event was awaited, also when the provider ends it for that", async () => {
    const tape = memoryTape();
    const provider = new FakeChatProvider({ steps: [{ type: "text", deltas: ["Once"] }, { type: "stall" }] });
    const events = withTape(provider, { mode: "record", tape }).stream(request)[Symbol.asyncIterator]();
    for (const _event of ["message-start", "text-delta"]) await events.next();
    const pending = events.next();
    await setImmediate();
    await events.return?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    expect((await read(replay(tape).stream(request))).error).toMatchObject({ code: "truncated" });
  });
});

describe("a provider whose pending event fails because it is left", () => {
  const failing = (): ChatProvider => {
    const pending = Promise.withResolvers<never>();
    const events = [Promise.resolve({ done: false, value: { type: "message-start", model: "m" } } as const), pending.promise];
    const leave = async (): Promise<{ done: true; value: undefined }> => {
      pending.reject(new Error("left"));
      await setImmediate();
      return { done: true, value: undefined };
    };
    const stream = () => ({ [Symbol.asyncIterator]: () => ({ next: () => events.shift() ?? leave(), return: leave }) });
    return Object.assign(new FakeChatProvider(""), { stream });
  };
  const leaving = async (tape: TapeStorage, hasLeft?: () => void): Promise<unknown> => {
    const events = withTape(failing(), { mode: "record", tape }).stream(request)[Symbol.asyncIterator]();
    await events.next();
    const pending = events.next();
    await setImmediate();
    const left = await events.return?.().catch((error: unknown) => error);
    hasLeft?.();
    expect(await pending).toEqual({ done: true, value: undefined });
    return left;
  };

  test("is on the tape when who left it has left", async () => {
    const tape = memoryTape();
    let isWritten = false;
    const append = async (lines: string): Promise<void> => {
      for (let turn = 0; turn < 5; turn++) await setImmediate();
      isWritten = true;
      await tape.append(lines);
    };
    await leaving({ ...tape, append }, () => expect(isWritten).toBe(true));
    expect((await read(replay(tape).stream(request))).error).toMatchObject({ code: "truncated" });
  });

  test("is not unrecorded in silence", async () => {
    const tape = { ...memoryTape(), append: () => Promise.reject(new Error("disk full")) };
    expect(await leaving(tape)).toMatchObject({ code: "unavailable" });
  });
});

/** The hash under which a tape holds {@link request}. */
async function recordedHash(): Promise<string | undefined> {
  const tape = memoryTape();
  await record(new FakeChatProvider("yes"), tape, request);
  return /"request":"([0-9a-f]{64})"/.exec(tape.text)?.[1];
}

describe("what is not on the tape", () => {
  test("is not found, and says so", async () => {
    const tape = memoryTape();
    await record(new FakeChatProvider("yes"), tape, request);
    const { error } = await read(replay(tape, { name: "demo" }).stream({ messages: [userMessage("else")] }));
    expect(error).toMatchObject({ code: "not-found", provider: "demo", message: expect.stringContaining("no answer to this request") });
  });

  test.each([
    ["no JSON", "hello\nworld\n"],
    ["JSON of another kind", '{"name":"package"}\n'],
    ["a tape without its header", '{"type":"end","atMs":1}\n'],
    ["a tape of a later version", '{"type":"tape","version":2}\n'],
    ["one line of another file, such as a token without a line break", "x-token-0123456789"],
    ["a beginning that is no header's", '{"type":"event"'],
    ["a broken line", '{"type":"tape","version":1}\n{"type":"event","atMs":1,"event":{"type":"nonsense"}}\n'],
  ])("%s is refused, and never written to", async (_what, text) => {
    const tape = memoryTape(text);
    const provider = new FakeChatProvider("yes");
    expect((await read(replay(tape).stream(request))).error).toMatchObject({ code: "malformed" });
    const [seen] = await record(provider, tape, request);
    expect(seen?.error).toMatchObject({ code: "malformed" });
    expect([provider.calls.length, tape.text]).toEqual([0, text]);
  });

  test.each([
    ["an index that would make a list endless", { type: "text-delta", index: 1e9, text: "x" }],
    ["an index that is a name", { type: "text-delta", index: "__proto__", text: "x" }],
    ["a text that is none", { type: "text-delta", index: 0, text: { toString: 1 } }],
    ["a part of no known type", { type: "part-end", index: 0, part: { type: "image", source: { url: "file:///etc/passwd" } } }],
    ["a call without arguments", { type: "part-end", index: 0, part: { type: "tool-call", id: "1", name: "n", json: "{}" } }],
    ["an end for a reason that there is not", { type: "message-end", finishReason: "because" }],
  ])("a tape that came from somewhere else is judged as a server is: %s", async (_what, event) => {
    const hash = (await recordedHash()) ?? "";
    const lines = [
      { type: "tape", version: 1 },
      { type: "call", request: hash, provider: "p" },
      { type: "event", atMs: 0, event },
      { type: "end", atMs: 1 },
    ];
    const tape = memoryTape(lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const { events, error } = await read(replay(tape).stream(request));
    expect(events).toEqual([]);
    expect(error).toMatchObject({ code: "malformed", message: expect.stringContaining("line 3") });
  });

  test("what nests deeper than the stack is refused, recorded or replayed", async () => {
    const deep = `${"[".repeat(20_000)}${"]".repeat(20_000)}`;
    const steps = [
      { type: "tool-call", id: "c", name: "look", deltas: [deep] },
      { type: "end", finishReason: "stop" },
    ] as const;
    const [seen] = await record(new FakeChatProvider({ steps }), memoryTape(), request);
    expect(seen?.error).toMatchObject({ code: "malformed" });
    const tape = memoryTape();
    await record(new FakeChatProvider("yes"), tape, request);
    await tape.append(
      `{"type":"event","atMs":0,"event":{"type":"part-end","index":0,"part":{"type":"provider","vendor":"v","data":{"a":${deep}}}}}\n`,
    );
    expect((await read(replay(tape).stream(request))).error).toMatchObject({ code: "malformed" });
  });
});

describe("what a tape holds", () => {
  const canary = "sk-test-canary-5e1f8a90c3";

  test("a header with its version, then JSON a line", async () => {
    const tape = memoryTape();
    await record(new FakeChatProvider("yes"), tape, request, request);
    const lines = tape.text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string });
    expect(lines[0]).toEqual({ type: "tape", version: 1 });
    expect(lines.filter(({ type }) => type === "tape")).toHaveLength(1);
    expect(lines.filter(({ type }) => type === "call")).toHaveLength(2);
  });

  test("of a request its hash and shape, none of its content", async () => {
    const tape = memoryTape();
    const messages = [userMessage(`my password is ${canary}`)];
    const providerOptions = { fake: { extraBody: { token: canary } } };
    const tools = [{ name: "look", description: canary, inputSchema: {} }];
    await record(new FakeChatProvider("yes"), tape, { messages, model: "m", tools, temperature: 0, providerOptions });
    expect(tape.text).not.toContain(canary);
    expect(tape.text).toContain(
      '"shape":{"model":"m","messages":[{"role":"user","parts":["text, 40 characters"]}],"tools":["look"],"settings":["temperature","providerOptions"]}',
    );
  });

  test.each(["text", "reasoning", "refusal"] as const)("no secret that a %s holds, even in pieces; the rest stays", async (type) => {
    const tape = memoryTape();
    const deltas = ["It is ", ...Array.from(canary), ", I think"];
    const provider = new FakeChatProvider({
      steps: [
        { type, deltas },
        { type: "end", finishReason: "stop" },
      ],
    });
    await read(withTape(provider, { mode: "record", tape, secrets: [new Secret(canary)] }).stream(request));
    expect(tape.text).not.toContain(canary);
    const { events } = await read(replay(tape).stream(request));
    expect(events.flatMap((event) => ("text" in event ? [event.text] : [])).join("")).toBe("It is [redacted], I think");
  });

  test("no secret that is a number, where a vendor may put one", async () => {
    const tape = memoryTape();
    const part = { type: "text", text: "hi", providerMetadata: { v: { pin: 12_345_678, other: 7 } } } as const;
    const provider = new ScriptedProvider([
      { type: "message-start", model: "m" },
      { type: "part-end", index: 0, part },
      { type: "message-end", finishReason: "stop" },
    ]);
    await read(withTape(provider, { mode: "record", tape, secrets: [new Secret("12345678")] }).stream(request));
    expect(tape.text).not.toContain("12345678");
    const { message } = await collect(replay(tape).stream(request));
    expect(message.content).toEqual([{ ...part, providerMetadata: { v: { pin: "[redacted]", other: 7 } } }]);
  });

  test("no call that can be run where a secret was a piece of its JSON", async () => {
    const tape = memoryTape();
    const provider = new FakeChatProvider({
      steps: [
        { type: "tool-call", id: "c", name: "look", deltas: ['{"a":', "1}"] },
        { type: "end", finishReason: "stop" },
      ],
    });
    await read(withTape(provider, { mode: "record", tape, secrets: [new Secret('"a":1')] }).stream(request));
    const { message } = await collect(replay(tape).stream(request));
    expect(message.content).toEqual([{ type: "invalid-tool-call", id: "c", name: "look", json: "{[redacted]}" }]);
  });

  test("what `redact` takes out, too", async () => {
    const tape = memoryTape();
    const redact = (text: string): string => text.replaceAll("Ann", "[name]");
    const secrets = [new Secret(canary)];
    const provider = new FakeChatProvider({
      steps: [
        { type: "text", deltas: ["A", "nn has ", canary] },
        { type: "end", finishReason: "stop" },
      ],
    });
    await read(withTape(provider, { mode: "record", tape, secrets, redact }).stream(request));
    expect((await collect(replay(tape).stream(request))).text).toBe("[name] has [redacted]");
  });

  test("the beginning of a secret that does not follow stays, though a piece ends with it", async () => {
    const tape = memoryTape();
    const deltas = [canary.slice(0, 12), "offee"];
    const provider = new FakeChatProvider({
      steps: [
        { type: "text", deltas },
        { type: "end", finishReason: "stop" },
      ],
    });
    await read(withTape(provider, { mode: "record", tape, secrets: [new Secret(canary)] }).stream(request));
    const { events } = await read(replay(tape).stream(request));
    expect(events.flatMap((event) => ("text" in event ? [event.text] : []))).toEqual(deltas);
  });

  test("no key of the provider, where its server echoes it in everything", async () => {
    for (const kind of ["authentication", "unavailable"] as const) {
      await using server = await startScriptedOpenAIServer({ steps: [{ type: "error", kind, message: "Bad key:" }] }, { secret: canary });
      const tape = memoryTape();
      await record(createOpenAIProvider({ model: "m", apiKey: canary, baseUrl: server.baseUrl, retry: false }), tape, request);
      expect(tape.text).toContain("Bad key:");
      expect(tape.text).not.toContain(canary);
    }
  });
});

describe("the pace", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  async function recorded(): Promise<TapeStorage> {
    const tape = memoryTape();
    const writing = record(new FakeChatProvider("one two", { deltaDelay: 1_000 }), tape, request);
    // The hash comes from a thread of its own, which fake timers do not move.
    await vi.advanceTimersByTimeAsync(5_000);
    await writing;
    return tape;
  }

  test("is instant unless asked otherwise", async () => {
    const tape = await recorded();
    const begun = performance.now();
    expect((await collect(replay(tape).stream(request))).text).toBe("one two");
    expect(performance.now() - begun).toBe(0);
  });

  test("is the recorded one when asked for, and leaving ends a wait", async () => {
    const tape = await recorded();
    const begun = performance.now();
    const events = replay(tape, { pace: "recorded" }).stream(request)[Symbol.asyncIterator]();
    expect((await events.next()).value).toMatchObject({ type: "message-start" });
    const second = events.next();
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    await vi.advanceTimersToNextTimerAsync();
    expect((await second).value).toMatchObject({ type: "text-delta", text: "one" });
    expect(performance.now() - begun).toBeGreaterThanOrEqual(1_000);
    const third = events.next();
    await vi.waitFor(() => expect(vi.getTimerCount()).toBe(1));
    await events.return?.();
    expect(await third).toEqual({ done: true, value: undefined });
    expect(vi.getTimerCount()).toBe(0);
  });

  test("is waited for no more by whoever left while the tape was read", async () => {
    const tape = await recorded();
    const begun = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    const late = async (): Promise<string> => {
      begun.resolve();
      await opened.promise;
      return (await tape.read()).replaceAll(/"atMs":\d+/gu, '"atMs":3600000');
    };
    const stream = replay({ ...tape, read: late }, { pace: "recorded" }).stream(request);
    const events = stream[Symbol.asyncIterator]();
    const first = events.next();
    await begun.promise;
    await events.return?.();
    opened.resolve();
    expect(await first).toEqual({ done: true, value: undefined });
    expect(vi.getTimerCount()).toBe(0);
  });
});
