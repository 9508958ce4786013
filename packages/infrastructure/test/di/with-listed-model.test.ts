import { type ChatException, complete, NetworkException, RequestException, textOf, userMessage } from "@chatport/domain";
import { FakeChatProvider } from "@chatport/domain/testing";
import { describe, expect, test } from "vitest";
import { withListedModel } from "../../src/di/with-listed-model.js";

const hello = { messages: [userMessage("hello")] };
const unknownModel = new RequestException("not-found", "The model does not exist.", { provider: "fake", status: 404 });

function server(models: readonly string[], refusal: ChatException = unknownModel) {
  return new FakeChatProvider(
    ({ model }) => {
      if (model === undefined) throw refusal;
      return `answered by ${model}`;
    },
    { models: models.map((id) => ({ id })) },
  );
}

describe("a server that was named without a model", () => {
  test("is asked for the guess first, and no further when it answers", async () => {
    const fake = new FakeChatProvider("hello");
    expect((await complete(withListedModel(fake, "guess"), hello)).text).toBe("hello");
    expect(fake.calls).toHaveLength(1);
  });

  test("answers with the only model that it lists, and is asked for that one at once from then on", async () => {
    const fake = server(["tiny"]);
    const provider = withListedModel(fake, "guess");
    expect((await complete(provider, hello)).text).toBe("answered by tiny");
    expect((await complete(provider, hello)).text).toBe("answered by tiny");
    expect(fake.calls.map(({ request }) => request.model)).toEqual([undefined, "tiny", "tiny"]);
  });

  test("lists its models to choose from, when there are several", async () => {
    const error: unknown = await complete(withListedModel(server(["a", "b"]), "guess"), hello).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: "not-found",
      status: 404,
      message: "No model was chosen. This server has a, b: choose one with --model or CHATPORT_MODEL.",
    });
  });

  test.each([
    ["that lists nothing", server([])],
    ["that has the guessed model", server(["guess", "other"])],
  ])("%s is believed", async (_name, fake) => {
    await expect(complete(withListedModel(fake, "guess"), hello)).rejects.toBe(unknownModel);
  });

  test("is not asked for another model when something else failed", async () => {
    const down = new NetworkException("network", "refused", { provider: "fake" });
    const fake = server(["tiny"], down);
    await expect(complete(withListedModel(fake, "guess"), hello)).rejects.toBe(down);
    expect(fake.calls).toHaveLength(1);
  });

  test("is not asked again once its answer has begun", async () => {
    const refusal = { type: "error", kind: "invalid-request", message: "gone" } as const;
    const fake = new FakeChatProvider({ steps: [{ type: "text", deltas: ["half"] }, refusal] }, { models: [{ id: "tiny" }] });
    await expect(complete(withListedModel(fake, "guess"), hello)).rejects.toMatchObject({ code: "invalid-request" });
    const texts: string[] = [];
    const read = async (): Promise<void> => {
      for await (const text of textOf(withListedModel(fake, "guess").stream(hello))) texts.push(text);
    };
    await expect(read()).rejects.toMatchObject({ code: "invalid-request" });
    expect(texts).toEqual(["half"]);
  });

  test("is asked for what a request names, without a second try", async () => {
    const fake = server(["tiny"]);
    expect((await complete(withListedModel(fake, "guess"), { ...hello, model: "mine" })).text).toBe("answered by mine");
    expect(fake.calls).toHaveLength(1);
  });

  test("is left alone once the caller has left, even while it lists its models", async () => {
    const reason = new Error("enough");
    const leaving = new AbortController();
    const fake = server(["tiny"]);
    const slow = Object.assign(fake, {
      listModels: async ({ signal }: { signal?: AbortSignal } = {}) => {
        leaving.abort(reason);
        signal?.throwIfAborted();
        return [{ id: "tiny" }];
      },
    });
    await expect(complete(withListedModel(slow, "guess"), hello, { signal: leaving.signal })).rejects.toBe(reason);
    expect(fake.calls).toHaveLength(1);
  });
});
