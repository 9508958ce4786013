import type { AssistantPart, ChatExceptionCode, Usage } from "@chatport/domain";
import { userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { createOpenAIProvider } from "../../../src/providers/openai/index.js";
import { type Transcript, transcripts, wireOf } from "../../support/llama-transcripts.js";
import { joined, observe, type ObservedAnswer } from "../../support/observed-answer.js";
import { type RawServer, startRawServer, writeAll } from "../../support/raw-server.js";

interface Answer {
  readonly text?: string | RegExp;
  readonly reasoning?: string;
  readonly finishReason: string;
  readonly usage?: Usage;
  readonly calls?: readonly Partial<AssistantPart>[];
}

interface Failure {
  readonly codes: readonly ChatExceptionCode[];
  readonly words: string;
  readonly retryable?: boolean;
  readonly partial?: RegExp;
}

const tokens = (inputTokens: number, outputTokens: number, cachedInputTokens: number): Usage => ({
  inputTokens,
  outputTokens,
  cachedInputTokens,
});
const story = "Amy. She loved to play with her toys and her toys. One day, she w";
const time = { type: "tool-call", name: "get_time", input: { zone: "CET" }, json: '{ "zone" : "CET" }' } as const;
const bird = '{ "name" : "bird", "age" : 3, "happy" : false }';
const walk = ". She asked her mommy for a walk, but her mommy said they couldn't";
const thought = "\nHer, she wanted to see whatt";

/** What a user must see of each recorded chat completion. */
const answers: Readonly<Record<string, Answer>> = {
  "02-chat": { text: story, finishReason: "length", usage: tokens(15, 24, 0) },
  "03-chat-stream": { text: story, finishReason: "length" },
  "03w-chat-stream-wire": { text: "Amy. She loved", finishReason: "length" },
  "04-chat-stream-usage": { text: story, finishReason: "length", usage: tokens(15, 24, 14) },
  "05-chat-stream-stop-string": { text: "Amy", finishReason: "stop", usage: tokens(15, 3, 14) },
  "06-chat-stream-logprobs": { text: "Amy. She", finishReason: "length" },
  "07-chat-n2": { text: "Emma. She loved to watch them fly and gett pret", finishReason: "length", usage: tokens(15, 24, 14) },
  "08-chat-stream-multiturn": { text: "is a big, red ball. She wanted to play with the dog, but she did n", finishReason: "length" },
  "09-chat-stream-unicode": { text: "zour uncleer and having a lot.", finishReason: "length" },
  "10-json-schema": { text: bird, finishReason: "stop", usage: tokens(15, 70, 14) },
  "11-json-schema-stream": { text: bird, finishReason: "stop" },
  "12-json-object-without-schema-not-enforced-stream": { text: /^Amy\. .* They saw a$/u, finishReason: "length" },
  "13-unknown-model-accepted-single-mode": { text: "Amy. She", finishReason: "length", usage: tokens(15, 4, 14) },
  "40-tool-call": { finishReason: "tool-calls", calls: [{ ...time, id: "5AiM2M6Wg5FanmHRP71WwXycmKQEZr0K" }], usage: tokens(752, 68, 0) },
  "41-tool-call-stream": {
    finishReason: "tool-calls",
    calls: [{ ...time, id: "MgWgyVYbPLWRlfYp6JMijw0nVwSL2kSo" }],
    usage: tokens(752, 68, 751),
  },
  "42-tool-call-stream-parallel-truncated": {
    finishReason: "length",
    calls: [time, time, { type: "invalid-tool-call", id: "WXoXocNXNHdPySgSqcT0gPUByrDnObaH", name: "get_time", json: "{" }],
    usage: tokens(752, 130, 751),
  },
  "43-named-tool-choice-not-enforced-stream": { text: '"Mommy," said,', finishReason: "length", usage: tokens(773, 8, 0) },
  "44-tool-result-turn-stream": { text: '"Miable, some cars, butt', finishReason: "length" },
  "45-tool-choice-required-but-model-rambles-stream": { text: '"Mommy," said, "I\'m', finishReason: "length", usage: tokens(773, 12, 772) },
  "50-reasoning": { text: walk, reasoning: thought, finishReason: "length", usage: tokens(46, 40, 0) },
  "51-reasoning-stream": { text: walk, reasoning: thought, finishReason: "length", usage: tokens(46, 40, 45) },
  "62-auth-right-key-stream": { text: "Amy.", finishReason: "length" },
  "83-router-known-model-stream": { text: "Anna", finishReason: "length" },
};

/** What a user must be told where the server failed, refused, or answered anything but a chat completion. */
const failures: Readonly<Record<string, Failure>> = {
  "00-health": { codes: ["malformed", "unavailable"], words: "ok" },
  "01-models": { codes: ["malformed", "unavailable"], words: "" },
  "14-completions-stream": { codes: ["malformed"], words: "text completion", retryable: false },
  "15-responses-stream": { codes: ["truncated", "malformed"], words: "" },
  "16-anthropic-messages-stream": { codes: ["truncated", "malformed"], words: "" },
  "17-image-content-part": { codes: ["unavailable"], words: "image input is not supported" },
  "20-err-malformed-json": { codes: ["unavailable"], words: "parse error at line 1, column 44" },
  "21-err-no-messages": { codes: ["invalid-request"], words: "'messages' is required", retryable: false },
  "22-err-messages-not-array": { codes: ["invalid-request"], words: "Expected 'messages' to be an array", retryable: false },
  "23-err-bad-role-content": { codes: ["invalid-request"], words: "Expected 'content' to be a string or an array", retryable: false },
  "24-err-context-too-long": { codes: ["context-overflow"], words: "exceeds the available context size (512 tokens)", retryable: false },
  "25-err-context-too-long-stream": {
    codes: ["context-overflow"],
    words: "exceeds the available context size (512 tokens)",
    retryable: false,
  },
  "26-err-bad-schema": { codes: ["invalid-request"], words: 'Unrecognized schema: {"type":"nonsense"}', retryable: false },
  "27-err-temperature-string": { codes: ["invalid-request"], words: "Field 'temperature'", retryable: false },
  "28-err-embeddings-unsupported": { codes: ["unavailable", "unsupported"], words: "does not support embeddings", retryable: false },
  "29-err-empty-body": { codes: ["unavailable"], words: "attempting to parse an empty input" },
  "30-err-unknown-path": { codes: ["not-found"], words: "File Not Found", retryable: false },
  "31-err-method": { codes: ["not-found"], words: "File Not Found", retryable: false },
  "32-options-cors": { codes: ["truncated"], words: "before it said anything" },
  "46-err-tool-choice-bad": { codes: ["invalid-request"], words: "Invalid tool_choice: sometimes", retryable: false },
  "47-err-tools-bad-shape": { codes: ["unavailable"], words: "Missing tool function" },
  "60-auth-missing-key": { codes: ["authentication"], words: "Invalid API Key", retryable: false },
  "61-auth-wrong-key": { codes: ["authentication"], words: "Invalid API Key", retryable: false },
  "63-auth-models-without-key": { codes: ["authentication"], words: "Invalid API Key", retryable: false },
  "64-auth-wrong-key-stream": { codes: ["authentication"], words: "Invalid API Key", retryable: false },
  "70-killed-mid-stream": { codes: ["network", "truncated"], words: "", retryable: true, partial: /^Amy\. She loved to play .{400}/su },
  "81-router-unknown-model": { codes: ["not-found", "invalid-request"], words: "model 'gpt-nope' not found", retryable: false },
  "82-router-unknown-model-stream": { codes: ["not-found", "invalid-request"], words: "model 'gpt-nope' not found", retryable: false },
  "84-router-missing-model": { codes: ["invalid-request"], words: "model name is missing from the request", retryable: false },
};

const byName = new Map(transcripts.map((transcript) => [transcript.name, transcript]));

test("every transcript has its place here", () => {
  expect([...Object.keys(answers), ...Object.keys(failures)].toSorted()).toEqual([...byName.keys()].toSorted());
});

/** As it was recorded, and cut finely: inside a line, a chunk, a UTF-8 character. */
const cuts = [
  ["whole", Infinity],
  ["in pieces of 1,021 bytes", 1_021],
  ["in pieces of 7 bytes", 7],
] as const;

describe.each(cuts)("answers of a real llama.cpp server, %s", (_how, size) => {
  test.each(Object.entries(answers))("%s", async (name, expected) => {
    await using server = await replay(get(name), size);
    const { parts, end, exception } = await ask(server, get(name));
    expect(exception).toBeUndefined();
    expect(end?.finishReason).toBe(expected.finishReason);
    if (expected.text instanceof RegExp) expect(joined(parts, "text")).toMatch(expected.text);
    else expect(joined(parts, "text")).toBe(expected.text ?? "");
    expect(joined(parts, "reasoning")).toBe(expected.reasoning ?? "");
    expect(parts.filter(({ type }) => type.endsWith("tool-call"))).toMatchObject(expected.calls ?? []);
    expect(end?.usage).toEqual(expected.usage);
  });

  test.each(Object.entries(failures))("%s", async (name, expected) => {
    // Cutting a hundred kilobytes into pieces of seven bytes shows nothing that the others do not.
    const sizeHere = get(name).body.length > 50_000 ? Math.max(size, 100) : size;
    await using server = await replay(get(name), sizeHere);
    const { exception, end } = await ask(server, get(name));
    expect(end).toBeUndefined();
    expect(expected.codes).toContain(exception?.code);
    expect(exception?.message).toContain(expected.words);
    if (expected.retryable !== undefined) expect(exception?.retryable).toBe(expected.retryable);
    if (expected.partial === undefined) expect(joined(exception?.partial?.content ?? [], "text")).toBe("");
    else expect(joined(exception?.partial?.content ?? [], "text")).toMatch(expected.partial);
  });
});

test("token probabilities that were asked for are kept with their text", async () => {
  await using server = await replay(get("06-chat-stream-logprobs"), Infinity);
  const { parts } = await ask(server, get("06-chat-stream-logprobs"));
  const metadata = parts[0]?.providerMetadata?.["openai"];
  expect(metadata).toMatchObject({
    logprobs: [{ token: "A", top_logprobs: [{ token: "A" }, { token: "J" }] }, { token: "my" }, { token: "." }, { token: " She" }],
  });
});

test("models are listed, and a missing key is told", async () => {
  await using listing = await replay(get("01-models"), 7);
  expect(await provider(listing).listModels?.()).toEqual([{ id: "stories260K", createdAt: 1_795_351_861, ownedBy: "llamacpp" }]);
  await using closed = await replay(get("63-auth-models-without-key"), Infinity);
  await expect(provider(closed).listModels?.()).rejects.toMatchObject({
    code: "authentication",
    message: expect.stringContaining("Invalid API Key"),
  });
});

function get(name: string): Transcript {
  const transcript = byName.get(name);
  if (transcript === undefined) throw new Error(`There is no transcript ${name}.`);
  return transcript;
}

function replay(transcript: Transcript, size: number): Promise<RawServer> {
  return startRawServer(async (socket) => {
    await writeAll(socket, wireOf(transcript, size));
    if (transcript.closes || transcript.name.includes("killed")) socket.end();
  });
}

function provider({ baseUrl }: RawServer): ReturnType<typeof createOpenAIProvider> {
  return createOpenAIProvider({ model: "stories260K", apiKey: "sk-test-llama", baseUrl, retry: false });
}

function ask(server: RawServer, { streamed }: Transcript): Promise<ObservedAnswer> {
  return observe(provider(server).stream({ messages: [userMessage("hi")] }, { delivery: streamed ? "stream" : "whole" }));
}
