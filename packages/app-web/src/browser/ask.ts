import type { ChatFrame } from "../chat-frame.js";

/**
 * Asks the server and yields the frames of its answer. Leaving the loop, or the signal, ends the answer on the server too.
 *
 * @throws {Error} when the server refuses the question, or the answer ends before its end.
 */
export async function* ask(prompt: string, signal: AbortSignal): AsyncGenerator<ChatFrame, void, undefined> {
  const response = await fetch("/api/chat", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ prompt }),
    signal,
  });
  if (!response.ok || response.body === null) throw new Error((await response.text()) || `The server answered ${response.status}.`);
  let isComplete = false;
  for await (const line of linesOf(response.body)) {
    if (line === "") continue;
    // Our own server wrote it.
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion
    const frame = JSON.parse(line) as ChatFrame;
    isComplete ||= frame.type === "message-end" || frame.type === "error";
    yield frame;
  }
  if (!isComplete) throw new Error("The connection ended before the answer was complete.");
}

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string, void, undefined> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      const lines = (rest + decoder.decode(value, { stream: !done })).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
      if (done) return;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}
