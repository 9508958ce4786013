import { assistantMessage, type AssistantPart, type Message, text, toolMessage, type ToolResultPart, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { adaptHistory, type HistoryRules, stateOf } from "../../src/http/history.js";

const here = "https://api.acme.example";
const elsewhere = "https://proxy.example";
const strict: HistoryRules = {
  vendor: "acme",
  origin: here,
  toolCallId: { pattern: /[a-zA-Z0-9_-]+/u, maxLength: 40 },
  reasoning: "own",
  refusals: false,
  invalidCalls: false,
};

function partsFrom(part: AssistantPart, changes: Partial<HistoryRules> = {}) {
  const { messages, losses } = adaptHistory([userMessage("hi"), assistantMessage([part])], { ...strict, ...changes });
  return { parts: messages[1]?.content, losses: losses.map(({ what, message, part: at }) => ({ what, at: [message, at] })) };
}
function call(id: string): AssistantPart {
  return { type: "tool-call", id, name: "f", input: {}, json: "{}" };
}
function broken(id: string): AssistantPart {
  return { type: "invalid-tool-call", id, name: "f", json: '{"a' };
}
function result(callId: string): ToolResultPart {
  return { type: "tool-result", callId, name: "f", content: [text("done")] };
}
/** The ids of calls and results, a list for each message. */
function idsOf(messages: readonly Message[], changes: Partial<HistoryRules> = {}) {
  const adapted = adaptHistory(messages, { ...strict, ...changes });
  return adapted.messages.map(({ content }) =>
    content.flatMap((part) => ("id" in part ? [part.id] : "callId" in part ? [part.callId] : [])),
  );
}

const signed = { type: "reasoning", text: "Hm.", providerMetadata: stateOf("acme", here, { signature: "s" }) } as const;
const toldState = { what: "state", at: [1, 0] };

describe("opaque state", () => {
  test("goes back to the origin that made it, without the mark of the origin", () => {
    expect(partsFrom(signed)).toEqual({ parts: [{ ...signed, providerMetadata: { acme: { signature: "s" } } }], losses: [] });
  });

  test.each([
    ["another origin of the same vendor", { origin: elsewhere }],
    ["another scheme", { origin: "http://api.acme.example" }],
    ["another port", { origin: `${here}:8443` }],
    ["another vendor", { vendor: "other" }],
  ])("does not go to %s", (_where, changes) => {
    const kept = { ...text("Hello"), providerMetadata: stateOf("acme", here, { signature: "s" }) };
    expect(partsFrom(kept, changes)).toStrictEqual({ parts: [text("Hello")], losses: [toldState] });
  });

  test("without an origin is anybody's of its vendor", () => {
    const kept = { ...text("Hello"), providerMetadata: { acme: { detail: "low" } } };
    expect(partsFrom(kept)).toEqual({ parts: [kept], losses: [] });
  });

  test("of several vendors is told as lost, but for one's own", () => {
    const mixed = { ...text("Hello"), providerMetadata: { ...stateOf("acme", here, { a: 1 }), ...stateOf("other", here, { b: 2 }) } };
    expect(partsFrom(mixed)).toEqual({ parts: [{ ...text("Hello"), providerMetadata: { acme: { a: 1 } } }], losses: [toldState] });
  });

  test("that the API does not read is lost, with another API of the same server as the reason", () => {
    const kept = { ...text("Hello"), providerMetadata: stateOf("acme", here, { signature: "s" }) };
    const { messages, losses } = adaptHistory([assistantMessage([kept])], { ...strict, takesState: () => false });
    expect(messages[0]?.content).toStrictEqual([text("Hello")]);
    expect(losses).toMatchObject([{ what: "state", reason: "Opaque state is sent back only to the API that made it." }]);
  });

  test.each(["text", "reasoning"] as const)("takes its empty %s part with it: an API refuses one", (type) => {
    const hollow = { type, text: "", providerMetadata: stateOf("other", here, { a: 1 }) };
    expect(partsFrom(hollow, { reasoning: "text" })).toEqual({ parts: [], losses: [toldState] });
  });
});

describe("state that names the model which made it", () => {
  const thought = { type: "reasoning", text: "Hm.", providerMetadata: stateOf("acme", here, { signature: "s" }, "small") } as const;
  const lost = [toldState, { what: "reasoning", at: [1, 0] }];

  test("goes back to that model, without the mark of the model", () => {
    expect(partsFrom(thought, { model: "small" })).toEqual({
      parts: [{ ...thought, providerMetadata: { acme: { signature: "s" } } }],
      losses: [],
    });
  });

  test("does not go to another model, and that is told, with the model as the reason", () => {
    expect(partsFrom(thought, { model: "large" })).toEqual({ parts: [], losses: lost });
    const { losses } = adaptHistory([assistantMessage([thought])], { ...strict, model: "large" });
    expect(losses[0]?.reason).toContain("the model that made it");
  });

  test("does not go to another server either, whatever its model", () => {
    expect(partsFrom(thought, { model: "small", origin: elsewhere })).toEqual({ parts: [], losses: lost });
    const { losses } = adaptHistory([assistantMessage([thought])], { ...strict, model: "large", origin: elsewhere });
    expect(losses[0]?.reason).toContain("the server that made it");
  });

  test("goes back as it is where the rules know of no models: the field is the vendor's own then", () => {
    expect(partsFrom(thought)).toEqual({
      parts: [{ ...thought, providerMetadata: { acme: { signature: "s", model: "small" } } }],
      losses: [],
    });
  });

  test("and state that names none goes to every model", () => {
    expect(partsFrom(signed, { model: "large" })).toMatchObject({ parts: [{ type: "reasoning" }], losses: [] });
  });

  test("keeps a provider part from another model", () => {
    const part = { type: "provider", vendor: "acme", data: {}, providerMetadata: stateOf("acme", here, {}, "small") } as const;
    expect(partsFrom(part, { model: "small" }).losses).toEqual([]);
    expect(partsFrom(part, { model: "large" })).toEqual({ parts: [], losses: [{ what: "provider-part", at: [1, 0] }] });
  });
});

describe("reasoning", () => {
  const unsigned = { type: "reasoning", text: "Hm." } as const;
  const lost = { what: "reasoning", at: [1, 0] };

  test.each([
    ["own", signed, 1, []],
    ["own", unsigned, 0, [lost]],
    ["text", unsigned, 1, []],
    ["none", signed, 0, [lost]],
  ] as const)("with the rule %s", (reasoning, part, kept, losses) => {
    const adapted = partsFrom(part, { reasoning });
    expect(adapted.parts).toHaveLength(kept);
    expect(adapted.losses).toEqual(losses);
  });

  test("of another origin is lost, text and state, or its state alone where any text is taken", () => {
    expect(partsFrom(signed, { origin: elsewhere })).toEqual({ parts: [], losses: [toldState, lost] });
    expect(partsFrom(signed, { origin: elsewhere, reasoning: "text" })).toStrictEqual({ parts: [unsigned], losses: [toldState] });
  });
});

describe("refusals and provider parts", () => {
  test("a refusal is text where the API has no form for it, which is no loss", () => {
    const refusal = { type: "refusal", text: "No." } as const;
    expect(partsFrom(refusal)).toEqual({ parts: [text("No.")], losses: [] });
    expect(partsFrom(refusal, { refusals: true })).toEqual({ parts: [refusal], losses: [] });
  });

  const search = { type: "provider", vendor: "acme", data: { search: "x" }, providerMetadata: stateOf("acme", here, {}) } as const;
  const lost = { what: "provider-part", at: [1, 0] };

  test.each([
    ["another vendor's", { vendor: "other" }],
    ["another origin's", { origin: elsewhere }],
    ["one without a place in a request", { takesProviderPart: () => false }],
  ])("a provider part is left out when it is %s", (_whose, changes) => {
    expect(partsFrom(search, changes)).toEqual({ parts: [], losses: [lost] });
  });

  test("one's own provider part goes back", () => {
    expect(partsFrom(search)).toMatchObject({ parts: [{ type: "provider", data: { search: "x" } }], losses: [] });
  });
});

describe("ids of tool calls", () => {
  test("that the API takes stay, and others are rewritten, call and result alike", () => {
    const [, fine = [], rewritten = []] = idsOf([
      userMessage("hi"),
      assistantMessage([call("call_1"), call("a:b")]),
      toolMessage(result("a:b"), result("call_1")),
    ]);
    expect(fine[0]).toBe("call_1");
    expect(fine[1]).toMatch(/^[a-zA-Z0-9]+$/u);
    expect(rewritten).toEqual([fine[1], "call_1"]);
  });

  test("are rewritten the same when the conversation grows", () => {
    const begun = [assistantMessage([call("a:b")]), toolMessage(result("a:b"))];
    const grown = [...begun, assistantMessage([call("c:d"), call("a:b")]), toolMessage(result("a:b"), result("c:d"))];
    expect(idsOf(grown).slice(0, 2)).toEqual(idsOf(begun));
  });

  test("that a server used again in a later answer become ids of their own, and results follow their call", () => {
    const [first, firstResult, second, secondResult] = idsOf([
      assistantMessage([call("call_0")]),
      toolMessage(result("call_0")),
      assistantMessage([call("call_0"), call("call_0_2")]),
      toolMessage(result("call_0_2"), result("call_0")),
    ]);
    expect([first, firstResult]).toEqual([["call_0"], ["call_0"]]);
    expect(new Set([...(first ?? []), ...(second ?? [])]).size).toBe(3);
    expect(secondResult).toEqual(second?.toReversed());
  });

  test("are told apart in every answer that uses the same one", () => {
    const turns = Array.from({ length: 5 }, () => [assistantMessage([call("c")]), toolMessage(result("c"))]).flat();
    const sent = idsOf([...turns, assistantMessage([call("c_3")])]);
    expect(sent.filter((_ids, index) => index % 2 === 0)).toEqual([["c"], ["c_2"], ["c_4"], ["c_5"], ["c_6"], ["c_3"]]);
    expect(sent.filter((_ids, index) => index % 2 === 1)).toEqual([["c"], ["c_2"], ["c_4"], ["c_5"], ["c_6"]]);
  });

  test("may be as short as an API wants them", () => {
    const nine = { toolCallId: { pattern: /[a-zA-Z0-9]{9}/u, maxLength: 9 } };
    const [calls = []] = idsOf([assistantMessage([call("call_abcdefgh"), call("call_abcdefgi"), call("abcdefghi")])], nine);
    expect(new Set(calls).size).toBe(3);
    expect(calls).toEqual([expect.stringMatching(/^[a-zA-Z0-9]{9}$/u), expect.stringMatching(/^[a-zA-Z0-9]{9}$/u), "abcdefghi"]);
  });
});

describe("calls of one answer that share an id", () => {
  const named = (name: string): AssistantPart => ({ type: "tool-call", id: "c", name, input: {}, json: "{}" });
  const resultOf = (name: string): ToolResultPart => ({ type: "tool-result", callId: "c", name, content: [text(name)] });

  test("become calls of their own, and each result follows the call of its name, or else the next one", () => {
    const answer = assistantMessage([named("f"), named("g"), named("g")]);
    expect(idsOf([answer, toolMessage(resultOf("g"), resultOf("f"), resultOf("g"))])).toEqual([
      ["c", "c_2", "c_3"],
      ["c_2", "c", "c_3"],
    ]);
    expect(idsOf([answer, toolMessage(resultOf("f")), toolMessage(resultOf("x"), resultOf("x"))])).toEqual([
      ["c", "c_2", "c_3"],
      ["c"],
      ["c_2", "c_3"],
    ]);
  });

  test("are not left out with an invalid one of them", () => {
    const { messages, losses } = adaptHistory([assistantMessage([broken("c"), named("g")]), toolMessage(resultOf("g"))], strict);
    expect(messages).toMatchObject([{ content: [{ type: "tool-call", id: "c_2" }] }, { content: [{ callId: "c_2" }] }]);
    expect(losses).toMatchObject([{ what: "invalid-tool-call", message: 0, part: 0 }]);
  });
});

describe("invalid tool calls", () => {
  const answered = [assistantMessage([text("Let me see."), broken("c1")]), toolMessage(result("c1"))];

  test("are left out with their results, and both are told", () => {
    const { messages, losses } = adaptHistory(answered, strict);
    expect(messages.map(({ content }) => content)).toEqual([[text("Let me see.")], []]);
    expect(losses.map(({ what, message, part }) => [what, message, part])).toEqual([
      ["invalid-tool-call", 0, 1],
      ["tool-result", 1, 0],
    ]);
  });

  test("are echoed where the API takes them, if a result answers them", () => {
    expect(idsOf(answered, { invalidCalls: true })).toEqual([["c1"], ["c1"]]);
    expect(idsOf(answered.slice(0, 1), { invalidCalls: true })).toEqual([[]]);
  });

  test("do not take a later call of the same id with them", () => {
    expect(idsOf([...answered, assistantMessage([call("c1")]), toolMessage(result("c1"))])).toEqual([[], [], ["c1_2"], ["c1_2"]]);
  });
});

test("messages keep their places, and what was given is left as it was", () => {
  const given = [userMessage("hi"), assistantMessage([signed]), toolMessage(result("a:b")), userMessage("well?")];
  const before = structuredClone(given);
  expect(adaptHistory(given, { ...strict, origin: elsewhere }).messages.map(({ role }) => role)).toEqual(given.map(({ role }) => role));
  expect(given).toEqual(before);
});
