import { collect } from "@chatport/domain";
import { FakeChatProvider } from "@chatport/domain/testing";
import { describe, expect, test } from "vitest";
import { withRouting } from "../../src/resilience/index.js";
import { read, request } from "./scripted-provider.js";

function fake(name: string): FakeChatProvider {
  return new FakeChatProvider((asked) => `${name} with ${asked.model ?? "its own"}`, { name, models: [{ id: `${name}-model` }] });
}

const providers = [fake("openai"), fake("openrouter"), fake("open"), fake("open/router")];

async function answerOf(model: string | undefined, options?: Parameters<typeof withRouting>[1]): Promise<string> {
  const stream = withRouting(providers, options).stream({ ...request, ...(model !== undefined && { model }) });
  return (await collect(stream)).text;
}

describe("the model finds its provider", () => {
  test.each([
    ["openai/gpt-5", "openai with gpt-5"],
    ["openrouter/meta-llama/llama-3", "openrouter with meta-llama/llama-3"],
    ["openrouter/openai/gpt-5", "openrouter with openai/gpt-5"],
    ["open/router/x", "open/router with x"],
    ["open/x", "open with x"],
    ["openrouter/", "openrouter with its own"],
    ["gpt-5", "openai with gpt-5"],
    ["openrouter", "openai with openrouter"],
    [undefined, "openai with its own"],
  ])("%s: %s", async (model, expected) => {
    expect(await answerOf(model)).toBe(expected);
  });

  test("the default provider is the one that is named", async () => {
    expect(await answerOf("gpt-5", { default: "openrouter" })).toBe("openrouter with gpt-5");
    expect(await answerOf(undefined, { default: "openrouter" })).toBe("openrouter with its own");
  });

  test("a configured model stands in for one that no request names", async () => {
    expect(await answerOf(undefined, { model: "openrouter/x" })).toBe("openrouter with x");
    expect(await answerOf("y", { model: "openrouter/x" })).toBe("openai with y");
  });
});

describe("a prefix that names no provider", () => {
  test("is not found, and the nearest name is told; nobody is asked", async () => {
    const { error } = await read(withRouting(providers, { name: "main" }).stream({ ...request, model: "opnai/gpt-5" }));
    expect(error).toMatchObject({ code: "not-found", provider: "main", message: expect.stringMatching(/Did you mean "openai\/gpt-5"\?/u) });
  });

  test("that resembles none is told with the names there are", async () => {
    const { error } = await read(withRouting(providers).stream({ ...request, model: "meta-llama/llama-3" }));
    expect(error).toMatchObject({ code: "not-found", message: expect.stringContaining("openai, openrouter, open, open/router") });
  });

  test("fails from next(), once, and an abort goes before it", async () => {
    const router = withRouting(providers);
    const events = router.stream({ ...request, model: "nobody/x" })[Symbol.asyncIterator]();
    await expect(events.next()).rejects.toMatchObject({ code: "not-found" });
    expect(await events.next()).toEqual({ done: true, value: undefined });
    const aborted = router.stream({ ...request, model: "nobody/x" }, { signal: AbortSignal.abort("enough") });
    expect((await read(aborted)).error).toBe("enough");
  });

  test("says nothing to a reader who has left", async () => {
    const stream = withRouting(providers).stream({ ...request, model: "nobody/x" });
    const events = stream[Symbol.asyncIterator]();
    expect(await events.return?.()).toEqual({ done: true, value: undefined });
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });
});

test("the list of models is everybody's, and each id reaches its provider", async () => {
  const router = withRouting([fake("a"), fake("b")]);
  const ids = ((await router.listModels?.()) ?? []).map(({ id }) => id);
  expect(ids).toEqual(["a/a-model", "b/b-model"]);
  const texts = await Promise.all(ids.map(async (model) => (await collect(router.stream({ ...request, model }))).text));
  expect(texts).toEqual(["a with a-model", "b with b-model"]);
});

test("what would be ambiguous or empty is refused", () => {
  expect(() => withRouting([])).toThrow(RangeError);
  expect(() => withRouting([fake("a"), fake("a")])).toThrow(/"a"/u);
  expect(() => withRouting([fake("a")], { default: "b" })).toThrow(/"b"/u);
});

test("the chosen provider's stream is handed out as it is", () => {
  const [provider] = providers;
  const stream = provider!.stream(request);
  const router = withRouting([{ name: "same", vendor: "v", capabilities: new Set(), stream: () => stream }]);
  expect(router.stream(request)).toBe(stream);
});
