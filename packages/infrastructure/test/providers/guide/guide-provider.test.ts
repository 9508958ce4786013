import {
  type ChatEvent,
  type ChatRequest,
  collect,
  complete,
  isChatException,
  text,
  toolMessage,
  toolResult,
  userMessage,
} from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { createGuideProvider } from "../../../src/providers/guide/index.js";

const question: ChatRequest = { messages: [userMessage("What is a ChatProvider?")] };
const image = { type: "image", mediaType: "image/png", source: { base64: "iVBORw0KGgo=" } } as const;

describe("The guide", () => {
  test("goes by the name that it was given, and is the guide without one", () => {
    expect(createGuideProvider({ name: "help" })).toMatchObject({ name: "help", vendor: "guide" });
    expect(createGuideProvider().name).toBe("guide");
  });

  test("streams its answer in pieces that add up to it", async () => {
    const events = await eventsOf(question);
    const pieces = events.flatMap((event) => (event.type === "text-delta" ? [event.text] : []));
    expect(pieces.length).toBeGreaterThan(10);
    expect(pieces.join("")).toBe((await complete(createGuideProvider(), question)).text);
  });

  test("answers whole when asked to, without deltas", async () => {
    const events: ChatEvent[] = [];
    for await (const event of createGuideProvider().stream(question, { delivery: "whole" })) events.push(event);
    expect(events.map(({ type }) => type)).toEqual(["message-start", "part-end", "message-end"]);
  });

  test("lets other work run while it streams", async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    await collect(createGuideProvider().stream(question));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });

  test("stops at once when it is aborted from outside, with the abort's reason", async () => {
    const controller = new AbortController();
    const reason = new Error("Ctrl-C");
    let pieces = 0;
    const reading = (async () => {
      for await (const event of createGuideProvider().stream(question, { signal: controller.signal })) {
        if (event.type === "text-delta" && ++pieces === 3) setTimeout(() => controller.abort(reason), 0);
      }
    })();
    await expect(reading).rejects.toBe(reason);
    expect(pieces).toBeLessThan(10);
  });

  test("answers a request that names it as the model", async () => {
    expect((await complete(createGuideProvider(), { ...question, model: "guide" })).model).toBe("guide");
  });

  test("accepts settings that ask for nothing", async () => {
    const request: ChatRequest = {
      ...question,
      tools: [],
      toolChoice: "none",
      stopSequences: [],
      reasoning: "none",
      providerOptions: { openai: { user: "me" } },
    };
    expect((await complete(createGuideProvider(), request)).finishReason).toBe("stop");
  });
});

describe("The guide refuses what it cannot do", () => {
  const refused: readonly (readonly [string, Partial<ChatRequest>])[] = [
    ["the model", { model: "gpt-5" }],
    ["tools", { tools: [{ name: "clock", inputSchema: { type: "object" } }] }],
    ["a required tool call", { toolChoice: "required" }],
    ["a required tool call", { toolChoice: { tool: "clock" } }],
    ["structured output", { output: { name: "city", schema: { type: "object" } } }],
    ["a limit of output tokens", { maxOutputTokens: 10 }],
    ["sampling parameters", { temperature: 0 }],
    ["sampling parameters", { topP: 1 }],
    ["stop sequences", { stopSequences: ["END"] }],
    ["a seed", { seed: 0 }],
    ["reasoning", { reasoning: "low" }],
    ["provider options", { providerOptions: { guide: { extraBody: {} } } }],
    ["images", { messages: [userMessage([text("What is this?"), image])] }],
    ["images", { messages: [toolMessage(toolResult({ id: "1", name: "camera" }, [image])), userMessage("What is this?")] }],
    [
      "files",
      { messages: [userMessage([{ type: "file", mediaType: "application/pdf", source: { base64: "JVBERi0=" } }]), userMessage("And?")] },
    ],
  ];

  test.each(refused)("%s: %j", async (what, part) => {
    const events = createGuideProvider({ name: "help" }).stream({ ...question, ...part });
    const answer = events[Symbol.asyncIterator]();
    const error: unknown = await answer.next().catch((thrown: unknown) => thrown);
    expect(isChatException(error)).toBe(true);
    expect(error).toMatchObject({ code: "unsupported", provider: "help", retryable: false, message: expect.stringContaining(what) });
    expect(await answer.next()).toEqual({ done: true, value: undefined });
  });
});

async function eventsOf(request: ChatRequest): Promise<readonly ChatEvent[]> {
  const events: ChatEvent[] = [];
  for await (const event of createGuideProvider().stream(request)) events.push(event);
  return events;
}
