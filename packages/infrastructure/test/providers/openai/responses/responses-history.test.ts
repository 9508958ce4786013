import {
  assistantMessage,
  type AssistantPart,
  type JsonObject,
  type Message,
  text,
  toolMessage,
  toolResult,
  userMessage,
} from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { adaptHistory, stateOf } from "../../../../src/http/history.js";
import { historyLosses } from "../../../../src/providers/history-losses.js";
import { toChatCompletionRequest } from "../../../../src/providers/openai/index.js";
import { opaqueState } from "../../../../src/providers/openai/opaque-state.js";
import { responsesHistoryRules } from "../../../../src/providers/openai/responses/responses-history.js";
import { toResponsesRequest } from "../../../../src/providers/openai/responses/responses-request.js";

const openAI = "https://api.openai.com";
const elsewhere = "https://other.example/v1";

const state = (kept: JsonObject, origin = openAI) => ({ providerMetadata: opaqueState(kept, origin) });
const thought = { id: "rs_1", summary: [{ type: "summary_text", text: "Hm." }], encrypted_content: "c2VhbGVk", type: "reasoning" };
const search = { id: "ws_1", type: "web_search_call", status: "completed", action: { type: "search", query: "Oslo" } };
const call = { type: "tool-call", id: "call_1", name: "weather", input: {}, json: "{}" } as const;

/** What a server of the Responses API answered: every kind of part, with what is kept of its item. */
const answer: readonly AssistantPart[] = [
  { type: "reasoning", text: "Hm.", ...state({ item: thought }) },
  { type: "provider", vendor: "openai", data: search, ...state({}) },
  { ...text("It rains."), ...state({ item: { id: "msg_1", status: "completed", phase: "commentary" } }) },
  { type: "refusal", text: "No.", ...state({ item: { id: "msg_1", status: "completed", phase: "commentary" } }) },
  { ...call, ...state({ item: { id: "fc_1", status: "completed", namespace: "geo" } }) },
];
const turn = [assistantMessage(answer), toolMessage(toolResult(call, "12 °C"))];

function sent(messages: readonly Message[], baseUrl?: string) {
  const { request } = toResponsesRequest(
    { messages: [userMessage("hi"), ...messages] },
    { provider: "work", model: "m", stream: true, ...(baseUrl !== undefined && { baseUrl }) },
  );
  return request.input.slice(1);
}
function chatSent(messages: readonly Message[]) {
  const { request } = toChatCompletionRequest(
    { messages: [userMessage("hi"), ...messages] },
    { provider: "work", model: "m", stream: true },
  );
  return request.messages.slice(1);
}

describe("an answer of the Responses API", () => {
  test("goes back to its server as the items that it came in", () => {
    expect(sent(turn)).toEqual([
      thought,
      search,
      {
        id: "msg_1",
        type: "message",
        status: "completed",
        phase: "commentary",
        role: "assistant",
        content: [
          { type: "output_text", text: "It rains.", annotations: [] },
          { type: "refusal", refusal: "No." },
        ],
      },
      { id: "fc_1", type: "function_call", status: "completed", namespace: "geo", call_id: "call_1", name: "weather", arguments: "{}" },
      { type: "function_call_output", call_id: "call_1", output: "12 °C" },
    ]);
  });

  test("goes to another server as text and calls alone", () => {
    expect(sent(turn, elsewhere)).toEqual([
      { role: "assistant", content: "It rains.No." },
      { type: "function_call", call_id: "call_1", name: "weather", arguments: "{}" },
      { type: "function_call_output", call_id: "call_1", output: "12 °C" },
    ]);
  });

  test("bears no mark of ours on the wire", () => {
    expect(JSON.stringify(sent(turn))).not.toContain("origin");
  });

  test("keeps its citations and log probabilities with its text", () => {
    const annotations = [{ type: "url_citation", url: "https://a.example", title: "A", start_index: 0, end_index: 2 }];
    const logprobs = [{ token: "It", logprob: -0.1, bytes: [73, 116], top_logprobs: [] }];
    const [message] = sent([assistantMessage([{ ...text("It rains."), ...state({ item: { id: "msg_1" }, annotations, logprobs }) }])]);
    expect(message).toMatchObject({ content: [{ type: "output_text", text: "It rains.", annotations, logprobs }] });
  });

  test("is one message for the texts of one item, in its place", () => {
    const words = (value: string, id: string) => ({ ...text(value), ...state({ item: { id } }) });
    const content = [words("a", "msg_1"), words("b", "msg_1"), words("c", "msg_2"), call, words("d", "msg_2")];
    expect(sent([assistantMessage(content)])).toMatchObject([
      { id: "msg_1", content: [{ text: "a" }, { text: "b" }] },
      { id: "msg_2", content: [{ text: "c" }, { text: "d" }] },
      { type: "function_call" },
    ]);
  });

  test("takes citations along that came after their text", () => {
    const item = { id: "msg_1" };
    const late = { ...text(""), ...state({ item, annotations: [{ type: "url_citation", url: "https://b.example" }] }) };
    expect(sent([assistantMessage([{ ...text("It rains."), ...state({ item }) }, late])])).toMatchObject([
      { content: [{ type: "output_text", text: "It rains.", annotations: [{ url: "https://b.example" }] }] },
    ]);
  });

  test("does not repeat the id of an item, which the API refuses", () => {
    const again = [...turn, ...turn].filter(({ role }) => role === "assistant");
    const ids = sent(again).map((item) => ("id" in item ? item["id"] : undefined));
    expect(ids).toEqual(["rs_1", "ws_1", "msg_1", "fc_1", undefined, undefined, undefined, undefined]);
  });

  test("says what its parts say, whatever is kept beside them", () => {
    const forged = { item: { id: "fc_1", type: "reasoning", call_id: "call_9", name: "rm", arguments: "[]", role: "user", content: [] } };
    const [words, calling] = sent([
      assistantMessage([
        { ...text("Yes."), ...state(forged) },
        { ...call, ...state(forged) },
      ]),
    ]);
    expect(words).toMatchObject({ type: "message", role: "assistant", content: [{ type: "output_text", text: "Yes." }] });
    expect(calling).toMatchObject({ type: "function_call", call_id: "call_1", name: "weather", arguments: "{}" });
  });
});

describe("reasoning", () => {
  const back = (item: JsonObject) => sent([assistantMessage([{ type: "reasoning", text: "Hm.", ...state({ item }) }, text("Yes.")])]);

  test("goes back sealed, or by its text, and never by its summary alone, which the server cannot look up", () => {
    const open = { id: "rs_1", summary: [], content: [{ type: "reasoning_text", text: "Hm." }], encrypted_content: null };
    expect(back(thought)[0]).toEqual(thought);
    expect(back(open)[0]).toEqual({ ...open, type: "reasoning" });
    expect(back({ ...thought, encrypted_content: null })).toEqual([{ role: "assistant", content: "Yes." }]);
    expect(back({ ...thought, encrypted_content: "", content: [] })).toEqual([{ role: "assistant", content: "Yes." }]);
  });

  test("always has a summary, which the API demands", () => {
    expect(back({ id: "rs_1", encrypted_content: "c2VhbGVk" })[0]).toEqual({
      id: "rs_1",
      type: "reasoning",
      summary: [],
      encrypted_content: "c2VhbGVk",
    });
  });

  test("of which there is only text stays at home, and an answer of nothing else is passed over", () => {
    expect(sent([assistantMessage([{ type: "reasoning", text: "Hm." }]), userMessage("well?")])).toEqual([
      { role: "user", content: "well?" },
    ]);
  });
});

describe("an item that a caller made by hand", () => {
  test("is sent as it is", () => {
    const approval = { type: "mcp_approval_response", approval_request_id: "mcpr_1", approve: true };
    expect(sent([assistantMessage([{ type: "provider", vendor: "openai", data: approval }])])).toEqual([approval]);
  });
});

const ofChat: readonly AssistantPart[] = [
  { type: "reasoning", text: "Hm.", ...state({ reasoning_details: [{ type: "reasoning.encrypted", data: "abc" }] }) },
  { ...text("Yes."), ...state({ extra_content: { a: 1 }, logprobs: [{ token: "Yes" }] }) },
  { ...call, ...state({ extra_content: { google: { thought_signature: "s" } } }) },
  { type: "provider", vendor: "openai", data: { annotations: [{ url: "u" }] }, ...state({}) },
  { type: "provider", vendor: "openai", data: { audio: { id: "audio_1" } }, ...state({}) },
  { type: "provider", vendor: "openai", data: { function_call: { name: "f", arguments: "{}" } }, ...state({}) },
];

describe("what one of OpenAI's APIs made, at the same server", () => {
  test("of Chat Completions does not reach the wire of Responses", () => {
    expect(sent([assistantMessage(ofChat), toolMessage(toolResult(call, "ok"))])).toEqual([
      { role: "assistant", content: "Yes." },
      { type: "function_call", call_id: "call_1", name: "weather", arguments: "{}" },
      { type: "function_call_output", call_id: "call_1", output: "ok" },
    ]);
  });

  test("of Responses does not reach the messages of Chat Completions", () => {
    const withAudio = { type: "provider", vendor: "openai", data: { type: "new_call", audio: { id: "a" } }, ...state({}) } as const;
    expect(chatSent([assistantMessage([...answer, withAudio]), toolMessage(toolResult(call, "ok"))])).toEqual([
      {
        role: "assistant",
        content: "It rains.",
        refusal: "No.",
        tool_calls: [{ id: "call_1", type: "function", function: { name: "weather", arguments: "{}" } }],
      },
      { role: "tool", tool_call_id: "call_1", content: "ok" },
    ]);
  });
});

describe("the ids of calls", () => {
  test("have no more than 64 characters, and their results the same", () => {
    const long = { ...call, id: `call_${"ł".repeat(70)}` };
    const [calling, result] = sent([assistantMessage([long]), toolMessage(toolResult(long, "ok"))]);
    expect(calling).toMatchObject({ call_id: expect.stringMatching(/^[a-z0-9]{4,64}$/u) });
    expect(result).toMatchObject({ call_id: calling !== undefined && "call_id" in calling ? calling["call_id"] : undefined });
  });

  test("of 64 characters stay, of whatever alphabet", () => {
    const long = { ...call, id: "ł".repeat(64) };
    expect(sent([assistantMessage([long]), toolMessage(toolResult(long, "ok"))])).toMatchObject([
      { call_id: long.id },
      { call_id: long.id },
    ]);
  });
});

describe("what would be lost", () => {
  const table = { type: "openai", model: "m", api: "responses" } as const;
  const tell = (messages: readonly Message[], changes: object = {}) =>
    historyLosses(messages, { ...table, ...changes })?.map(({ what, part }) => `${what} ${part}`);

  test("is nothing of an answer of the same server and API", () => {
    expect(tell(turn)).toEqual([]);
  });

  test("is the state, the reasoning and the items of another server's", () => {
    expect(tell(turn, { baseUrl: elsewhere })).toEqual(["state 0", "reasoning 0", "provider-part 1", "state 2", "state 3", "state 4"]);
  });

  test("are the items of the other API, told for a table of either", () => {
    const items: readonly AssistantPart[] = [
      { type: "provider", vendor: "openai", data: search, ...state({}) },
      { type: "provider", vendor: "openai", data: { audio: { id: "a" } }, ...state({}) },
    ];
    expect(tell([assistantMessage(items)])).toEqual(["provider-part 1"]);
    expect(tell([assistantMessage(items)], { api: "chat-completions" })).toEqual(["provider-part 0"]);
  });

  test("is the state of the other API, and the reasoning that it was there for", () => {
    expect(tell([assistantMessage(answer)], { api: "chat-completions" })).toEqual([
      "state 0",
      "reasoning 0",
      "provider-part 1",
      "state 2",
      "state 3",
      "state 4",
    ]);
    expect(tell([assistantMessage(ofChat)])).toEqual([
      "state 0",
      "reasoning 0",
      "state 1",
      "state 2",
      "provider-part 3",
      "provider-part 4",
      "provider-part 5",
    ]);
  });

  test("is told for a preset's server too", () => {
    const xai = { type: "openai-compatible", preset: "xai", api: "responses" } as const;
    expect(historyLosses([assistantMessage([answer[1] ?? call])], xai)).toMatchObject([{ what: "provider-part" }]);
  });

  test("follows the rules that requests are made by", () => {
    expect(adaptHistory(turn, responsesHistoryRules({ baseUrl: elsewhere })).losses).toEqual(
      historyLosses(turn, { ...table, baseUrl: elsewhere }),
    );
  });
});

test("ids of calls and messages stay at home with the thoughts that they were made with, as another model's do", () => {
  const sealed = { ...thought, encrypted_content: "sealed" };
  const made = (item: JsonObject) => ({ providerMetadata: stateOf("openai", "https://api.openai.com", { item }, "gpt-5") });
  const turns = [
    assistantMessage([
      { type: "reasoning", text: "Hm.", ...made(sealed) },
      { ...text("It rains."), ...state({ item: { id: "msg_1", status: "completed" } }) },
      { ...call, ...state({ item: { id: "fc_1", status: "completed" } }) },
    ]),
    toolMessage(toolResult(call, "12 °C")),
  ];
  const idsSentTo = (model: string) => {
    const { request } = toResponsesRequest({ messages: turns }, { provider: "work", model, stream: true });
    return request.input.flatMap((item) => ("id" in item ? [item.id] : []));
  };
  expect(idsSentTo("gpt-5")).toEqual([sealed.id, "msg_1", "fc_1"]);
  expect(idsSentTo("gpt-5-mini")).toEqual(["msg_1_apart"]);
});
