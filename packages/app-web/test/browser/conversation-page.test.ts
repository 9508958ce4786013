import type { FinishReason } from "@chatport/domain";
import { expect, test, vi } from "vitest";
import type { ChatFrame } from "../../src/chat-frame.js";
import type { BottomFollower } from "../../src/browser/bottom-follower.js";
import { type Ask, type PageElements, startPage } from "../../src/browser/conversation-page.js";

/** As much of an element as the page uses. What a real browser does with it is looked at by hand. */
class FakeElement extends EventTarget {
  textContent = "";
  value = "";
  hidden = false;
  append(text: string): void {
    this.textContent += text;
  }
}

const still: BottomFollower = { follow: () => {}, restart: () => {} };

function started(ask: Ask, follower = still) {
  const names = ["form", "prompt", "send", "stop", "question", "answer", "note", "error", "errorText", "retry", "status"] as const;
  const page = Object.fromEntries(names.map((name) => [name, new FakeElement()])) as unknown as PageElements;
  page.error.hidden = true;
  startPage(page, ask, follower);
  return page;
}

function pressEnter(page: PageElements, facts: Record<string, unknown> = {}): void {
  page.prompt.dispatchEvent(Object.assign(new Event("keydown", { cancelable: true }), { key: "Enter", ...facts }));
}

async function* frames(...all: readonly ChatFrame[]): AsyncGenerator<ChatFrame, void, undefined> {
  yield* all;
}

const half: ChatFrame = { type: "text-delta", index: 0, text: "half <b>" };
const end: ChatFrame = { type: "message-end", finishReason: "stop" };
const failure: ChatFrame = { type: "error", code: "truncated", message: "It was cut off.", retryable: true };

test("Enter asks; a complete answer is shown as text, announced, and clears the draft", async () => {
  const page = started(() => frames(half, end));
  page.prompt.value = "why?";
  pressEnter(page);
  await vi.waitFor(() => expect(page.status.textContent).toBe("Answer: half <b>"));
  expect(page.answer.textContent).toBe("half <b>");
  expect(page.prompt.value).toBe("");
  expect(page.error.hidden).toBe(true);
});

test.each([{ shiftKey: true }, { isComposing: true }, { keyCode: 229 }])("Enter with %j is no question", (facts) => {
  const ask = vi.fn<Ask>(() => frames(end));
  const page = started(ask);
  page.prompt.value = "にほん";
  pressEnter(page, facts);
  expect(ask).not.toHaveBeenCalled();
});

test("a failed answer keeps what came and the draft, says why, and is tried again on request", async () => {
  const ask = vi.fn<Ask>(() => frames(half, failure));
  const page = started(ask);
  page.prompt.value = "why?";
  pressEnter(page);
  await vi.waitFor(() => expect(page.error.hidden).toBe(false));
  expect([page.errorText.textContent, page.answer.textContent, page.prompt.value]).toEqual(["It was cut off.", "half <b>", "why?"]);
  await vi.waitFor(() => expect(page.send.hidden).toBe(false));
  ask.mockImplementation(() => frames(end));
  page.retry.dispatchEvent(new Event("click"));
  expect(ask.mock.calls.map(([prompt]) => prompt)).toEqual(["why?", "why?"]);
});

test("Stop ends the answer, keeps what came, and is no error", async () => {
  const page = started(async function* (_prompt, signal) {
    yield half;
    await new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
  });
  page.prompt.value = "why?";
  pressEnter(page);
  await vi.waitFor(() => expect(page.answer.textContent).toBe("half <b>"));
  page.stop.dispatchEvent(new Event("click"));
  await vi.waitFor(() => expect(page.status.textContent).toBe("Stopped."));
  expect([page.error.hidden, page.stop.hidden, page.answer.textContent]).toEqual([true, true, "half <b>"]);
});

const toolCall: ChatFrame = {
  type: "part-end",
  index: 0,
  part: { type: "tool-call", id: "1", name: "weather", input: {}, json: "{}" },
};
const cutCall: ChatFrame = { type: "part-end", index: 0, part: { type: "invalid-tool-call", id: "1", name: "weather", json: "{" } };
const image: ChatFrame = { type: "part-end", index: 1, part: { type: "provider", vendor: "acme", data: {} } };
const thought: ChatFrame = { type: "part-end", index: 0, part: { type: "reasoning", text: "hm" } };
const ended = (finishReason: FinishReason): ChatFrame => ({ type: "message-end", finishReason });

test.each<readonly [string, readonly ChatFrame[], RegExp]>([
  ["cut at the token limit", [half, ended("length")], /^The answer was cut at the token limit\.$/],
  ["cut by a filter", [half, ended("content-filter")], /^The answer was cut by the provider's content filter\.$/],
  ["cut by a filter before its first word", [ended("content-filter")], /^The answer was cut by the provider's content filter\.$/],
  ["paused", [half, ended("pause")], /^The provider paused; ask it to go on\.$/],
  ["empty", [ended("stop")], /^The answer is empty\.$/],
  ["empty, for a reason of the provider's own", [ended("other")], /^The answer is empty\.$/],
  ["nothing but thoughts", [thought, ended("stop")], /^The answer is empty\.$/],
  ["nothing but a tool call", [toolCall, ended("tool-calls")], /^The model asked to run the tool "weather"/],
  ["nothing but a broken tool call", [cutCall, ended("length")], /weather.*token limit/],
  ["partly not shown", [half, image, ended("stop")], /^The answer has a part of acme's own/],
])("an answer that is %s says so and keeps the draft", async (_what, all, note) => {
  const page = started(() => frames(...all));
  page.prompt.value = "why?";
  pressEnter(page);
  await vi.waitFor(() => expect(page.send.hidden).toBe(false));
  expect(page.note.textContent).toMatch(note);
  expect(page.status.textContent).toContain(page.note.textContent);
  expect(page.prompt.value).toBe("why?");
  expect(page.answer.textContent).toBe(all.includes(half) ? "half <b>" : "");
});

test("a note goes when the next question is asked", async () => {
  const ask = vi.fn<Ask>(() => frames(half, ended("length")));
  const page = started(ask);
  page.prompt.value = "why?";
  pressEnter(page);
  await vi.waitFor(() => expect(page.send.hidden).toBe(false));
  ask.mockImplementation(() => frames({ type: "part-end", index: 0, part: { type: "refusal", text: "No." } }, end));
  pressEnter(page);
  await vi.waitFor(() => expect(page.prompt.value).toBe(""));
  expect([page.note.textContent, page.answer.textContent]).toEqual(["", "No."]);
});

test("a question follows the answer anew, and every piece of it is followed", async () => {
  const calls: string[] = [];
  const page = started(() => frames(half, half, end), { restart: () => calls.push("restart"), follow: () => calls.push("follow") });
  page.prompt.value = "why?";
  pressEnter(page);
  await vi.waitFor(() => expect(page.send.hidden).toBe(false));
  // The last one is for a note or an error below the answer.
  expect(calls).toEqual(["restart", "follow", "follow", "follow"]);
});
