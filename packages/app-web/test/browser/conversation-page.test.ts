import { expect, test, vi } from "vitest";
import type { ChatFrame } from "../../src/chat-frame.js";
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

function started(ask: Ask) {
  const names = ["form", "prompt", "send", "stop", "question", "answer", "error", "errorText", "retry", "status"] as const;
  const page = Object.fromEntries(names.map((name) => [name, new FakeElement()])) as unknown as PageElements;
  page.error.hidden = true;
  startPage(page, ask);
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
