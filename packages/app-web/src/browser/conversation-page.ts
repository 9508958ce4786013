import type { ChatFrame } from "../chat-frame.js";
import { AnswerNotes, isSpoken } from "./answer-notes.js";
import type { BottomFollower } from "./bottom-follower.js";

/** How the page gets an answer. */
export type Ask = (prompt: string, signal: AbortSignal) => AsyncIterable<ChatFrame>;

/** The page's elements, by their ids in `index.html`. */
export interface PageElements {
  readonly form: HTMLFormElement;
  readonly prompt: HTMLTextAreaElement;
  readonly send: HTMLButtonElement;
  readonly stop: HTMLButtonElement;
  readonly question: HTMLElement;
  readonly answer: HTMLElement;
  /** What there is to know about an answer beyond its text. */
  readonly note: HTMLElement;
  readonly error: HTMLElement;
  readonly errorText: HTMLElement;
  readonly retry: HTMLButtonElement;
  /** Read aloud by screen readers: how the answer stands, and the answer once it is complete. */
  readonly status: HTMLElement;
}

/** One question, one answer. The draft stays until its answer is whole, with nothing to say against it, and what came of an answer stays when it fails. */
export function startPage(page: PageElements, ask: Ask, follower: BottomFollower): void {
  let asking: AbortController | undefined;

  const run = async (prompt: string): Promise<void> => {
    const controller = new AbortController();
    asking = controller;
    showAsking(page, prompt);
    follower.restart();
    try {
      const { text, note } = await show(page, ask(prompt, controller.signal), follower);
      page.note.textContent = note;
      page.status.textContent = `Answer: ${text} ${note}`.trim();
      if (note === "" && page.prompt.value === prompt) page.prompt.value = "";
    } catch (error) {
      if (controller.signal.aborted) page.status.textContent = "Stopped.";
      else showError(page, error);
    } finally {
      asking = undefined;
      page.stop.hidden = true;
      page.send.hidden = false;
      follower.follow();
    }
  };
  const submit = (): void => {
    const prompt = page.prompt.value;
    if (prompt.trim() !== "" && asking === undefined) void run(prompt);
  };

  page.form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  page.prompt.addEventListener("keydown", (event) => {
    // While a word is being composed (Japanese, Chinese, Korean) Enter chooses it; Safari says so by keyCode 229 alone.
    // oxlint-disable-next-line typescript/no-deprecated
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    submit();
  });
  page.stop.addEventListener("click", () => asking?.abort());
  page.retry.addEventListener("click", submit);
}

function showAsking(page: PageElements, prompt: string): void {
  page.question.textContent = prompt;
  page.answer.textContent = "";
  page.note.textContent = "";
  page.error.hidden = true;
  page.send.hidden = true;
  page.stop.hidden = false;
  page.status.textContent = "Waiting for the answer.";
}

function showError(page: PageElements, error: unknown): void {
  page.errorText.textContent = error instanceof Error ? error.message : String(error);
  page.error.hidden = false;
  page.status.textContent = "";
}

/** Shows the answer as it comes; textContent and text nodes only, so that nothing in it is ever HTML. */
async function show(page: PageElements, frames: AsyncIterable<ChatFrame>, follower: BottomFollower): Promise<ShownAnswer> {
  const shown = new Map<number, string>();
  const notes = new AnswerNotes();
  const append = (index: number, text: string): void => {
    shown.set(index, (shown.get(index) ?? "") + text);
    page.answer.append(text);
    follower.follow();
  };
  for await (const frame of frames) {
    if (frame.type === "error") throw new Error(frame.message);
    if (frame.type === "text-delta" || frame.type === "refusal-delta") append(frame.index, frame.text);
    // A part may come whole, without deltas.
    else if (frame.type === "part-end" && isSpoken(frame.part) && !shown.has(frame.index)) append(frame.index, frame.part.text);
    notes.add(frame);
  }
  return { text: [...shown.values()].join(""), note: notes.text };
}

interface ShownAnswer {
  readonly text: string;
  /** Empty: the answer is whole, and all of it is shown. */
  readonly note: string;
}
