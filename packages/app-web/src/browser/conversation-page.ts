import type { ChatFrame } from "../chat-frame.js";

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
  readonly error: HTMLElement;
  readonly errorText: HTMLElement;
  readonly retry: HTMLButtonElement;
  /** Read aloud by screen readers: how the answer stands, and the answer once it is complete. */
  readonly status: HTMLElement;
}

/** One question, one answer. The draft stays until its answer is complete, and what came of an answer stays when it fails. */
export function startPage(page: PageElements, ask: Ask): void {
  let asking: AbortController | undefined;

  const run = async (prompt: string): Promise<void> => {
    const controller = new AbortController();
    asking = controller;
    showAsking(page, prompt);
    try {
      const text = await show(page, ask(prompt, controller.signal));
      page.status.textContent = `Answer: ${text}`;
      if (page.prompt.value === prompt) page.prompt.value = "";
    } catch (error) {
      if (controller.signal.aborted) page.status.textContent = "Stopped.";
      else showError(page, error);
    } finally {
      asking = undefined;
      page.stop.hidden = true;
      page.send.hidden = false;
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
async function show(page: PageElements, frames: AsyncIterable<ChatFrame>): Promise<string> {
  const shown = new Map<number, string>();
  const append = (index: number, text: string): void => {
    shown.set(index, (shown.get(index) ?? "") + text);
    page.answer.append(text);
  };
  for await (const frame of frames) {
    if (frame.type === "text-delta" || frame.type === "refusal-delta") append(frame.index, frame.text);
    // A part may come whole, without deltas.
    else if (frame.type === "part-end" && "text" in frame.part && frame.part.type !== "reasoning" && !shown.has(frame.index)) {
      append(frame.index, frame.part.text);
    } else if (frame.type === "message-end" && frame.finishReason === "length") page.answer.append("\n\n[cut at the token limit]");
    else if (frame.type === "error") throw new Error(frame.message);
  }
  return [...shown.values()].join("");
}
