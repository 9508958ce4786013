import { type Attempt, type CallOptions, type ChatEvent, type ChatProvider, type ChatRequest, NetworkException } from "@chatport/domain";
import type { AnswerDraft } from "./answer-draft.js";
import { AnswerWriter, type Outputs } from "./answer-writer.js";
import { singleLine } from "./control-filter.js";

/**
 * Asks, and shows the answer to a person as it comes. Its last line is ended however it ends, and `draft` has what came.
 *
 * @throws what the provider throws.
 */
export async function showAnswer(
  provider: ChatProvider,
  request: ChatRequest,
  options: CallOptions,
  outputs: Outputs,
  draft?: AnswerDraft,
): Promise<void> {
  const writer = new AnswerWriter(outputs);
  try {
    for await (const event of askUntilEnd(provider, request, { ...options, onAttempt: (attempt) => tellAttempt(attempt, outputs) })) {
      draft?.add(event);
      await writer.write(event);
    }
  } finally {
    await writer.end();
  }
}

/**
 * The provider's events.
 *
 * @throws what the provider throws; and `truncated` when they end without `message-end`, which a provider that keeps the contract never does.
 */
export async function* askUntilEnd(provider: ChatProvider, request: ChatRequest, options: CallOptions): AsyncGenerator<ChatEvent> {
  let ended = false;
  for await (const event of provider.stream(request, options)) {
    ended = event.type === "message-end";
    yield event;
  }
  if (!ended) throw new NetworkException("truncated", "The answer ended without message-end", { provider: provider.name });
}

function tellAttempt(attempt: Attempt, { notes }: Outputs): void {
  // In a log, the final failure tells how many attempts there were.
  if (!notes.isTerminal) return;
  const { provider, exception, delayMs } = attempt;
  // A retry says how long it waits; who asks the next provider never does.
  const next = delayMs === undefined ? "asking the next provider" : `trying again in ${(delayMs / 1000).toFixed(1)} s`;
  notes.post(`${notes.styled("dim", singleLine(`${provider}: ${exception.message} - ${next}`))}\n`);
}
