import { type ChatEvent, collect, type JsonObject, Secret } from "@chatport/domain";
import { expect, test } from "vitest";
import { AnswerAssembler, type FailureContext, JsonEventApi, type JsonEventSink, unsupported } from "../../src/http/index.js";

/** The least that an API's answers can be read by: every event is a piece of text, "end" ends. */
class PiecesSink implements JsonEventSink {
  readonly #answer: AnswerAssembler;
  hasEnded = false;
  readonly hasFinishReason = false;

  constructor(_failure: () => FailureContext, emit: (event: ChatEvent) => void) {
    this.#answer = new AnswerAssembler(emit);
  }

  get soFar() {
    return this.#answer.soFar;
  }

  onJson(value: unknown): boolean {
    this.#answer.start("m", undefined);
    this.#answer.text(String(value));
    return true;
  }

  onMarker(data: string): boolean {
    this.hasEnded = data === "end";
    return this.hasEnded;
  }

  onDocument(value: unknown): void {
    this.onJson(value);
  }

  finish(): void {
    this.#answer.finish("stop", undefined);
  }
}

function apiOver(respond: (request: Request) => Response, headers: Readonly<Record<string, string>> = { "x-team": "research" }) {
  const asked: Request[] = [];
  const api = new JsonEventApi({
    name: "pieces",
    baseUrl: "https://pieces.example/v1",
    apiKey: new Secret("key-canary-1234567"),
    headers,
    fetch: async (input, init) => {
      const request = new Request(input, init);
      asked.push(request);
      return respond(request);
    },
  });
  const ask = (make: () => { path: string; json: JsonObject }) => api.ask(make, {}, (failure, emit) => new PiecesSink(failure, emit));
  return { ask, asked };
}

const speak = () => ({ path: "/speak", json: { say: "hi" } });

test("asks nothing before it is read, then once, with the key and the headers", async () => {
  const { ask, asked } = apiOver(() => new Response('data: "Hel"\n\ndata: "lo"\n\ndata: end\n\n'));
  const events = ask(speak);
  expect(asked).toHaveLength(0);
  await expect(collect(events)).resolves.toMatchObject({ text: "Hello", finishReason: "stop" });
  expect(asked).toHaveLength(1);
  const [request] = asked;
  expect([request?.url, request?.method, request?.headers.get("authorization"), request?.headers.get("x-team")]).toEqual([
    "https://pieces.example/v1/speak",
    "POST",
    "Bearer key-canary-1234567",
    "research",
  ]);
  expect(await request?.json()).toEqual({ say: "hi" });
});

test("a header that was configured by hand goes before the key", async () => {
  const { ask, asked } = apiOver(() => new Response('data: "Hi"\n\ndata: end\n\n'), { Authorization: "Basic abc" });
  await collect(ask(speak));
  expect(asked[0]?.headers.get("authorization")).toBe("Basic abc");
});

test("what the mapping refuses comes from the first read, and nothing is sent", async () => {
  const { ask, asked } = apiOver(() => new Response());
  const events = ask(() => {
    throw unsupported("pieces", "No.");
  });
  await expect(collect(events)).rejects.toMatchObject({ code: "unsupported", provider: "pieces" });
  expect(asked).toHaveLength(0);
});

test("an error's words do not show the key that the server repeats", async () => {
  const { ask } = apiOver(() => Response.json({ error: { message: "key-canary-1234567 is not known" } }, { status: 401 }));
  const failure = await collect(ask(speak)).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "authentication", provider: "pieces", status: 401 });
  expect(String(failure)).not.toContain("canary");
});
