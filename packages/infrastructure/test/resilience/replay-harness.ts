import type { ChatProvider, ChatRequest } from "@chatport/domain";
import { type ChatProviderHarness, type ContractSkips, FakeChatProvider, type ScriptedAnswer } from "@chatport/domain/testing";
import { createTapeProvider, memoryTape, withTape } from "../../src/resilience/index.js";

const noDeadlines = "a replay waits for nobody: the deadlines were kept when it was recorded";
const allThere = "a tape is there as a whole: nothing of it arrives while something else is read";
const modelsOnly = "a tape holds the list that was told, and tells it at once: a failed list is on none";

/** What a tape cannot know. */
export const unrecorded: ContractSkips = {
  "deadlines/headers": noDeadlines,
  "deadlines/first-token": noDeadlines,
  "deadlines/idle": noDeadlines,
  "deadlines/idle-despite-keep-alive": noDeadlines,
  "deadlines/total": noDeadlines,
  "deadlines/total-over-events": noDeadlines,
  "deadlines/whole-has-total-alone": noDeadlines,
  "usage/on-timeout": noDeadlines,
  "usage/held-at-abort": allThere,
  "models/aborted-while-waiting": modelsOnly,
  "models/error": modelsOnly,
  "tools/minted-ids": "the same request gets the recorded answer again, with the ids that it had",
};

/**
 * The contract's harness over a replayed tape: a script is recorded from FakeChatProvider when the tape is first read, and the provider under test plays it. A
 * request is a tape that is read; it holds nothing that would have to be freed.
 */
export function overReplay(wrap: (provider: ChatProvider) => ChatProvider = (provider) => provider): ChatProviderHarness {
  return {
    start: (script) => {
      const read = Promise.withResolvers<void>();
      let reads = 0;
      const replayOf = (request?: ChatRequest): ChatProvider => {
        const recorded = async (): Promise<string> => {
          if (request !== undefined) reads++;
          read.resolve();
          return await tapeOf(script, request);
        };
        const tape = { read: recorded, append: () => Promise.reject(new Error("A replay writes nothing.")) };
        return createTapeProvider({ name: "fake", vendor: "fake", tape, pace: script.steps.some(isStill) ? "recorded" : "instant" });
      };
      const { name, vendor, capabilities } = replayOf();
      const provider: ChatProvider = {
        name,
        vendor,
        capabilities,
        stream: (request, options) => replayOf(request).stream(request, options),
        listModels: async (options) => (await replayOf().listModels?.(options)) ?? [],
      };
      return Promise.resolve({ provider: wrap(provider), released: read.promise, requests: () => reads });
    },
  };
}

/** A tape with the script's answer to the request; without one, with the list of models. Where the script keeps still, the next thing comes an hour later. */
async function tapeOf(script: ScriptedAnswer, request: ChatRequest | undefined): Promise<string> {
  const tape = memoryTape();
  const ending = script.steps.map((step) => (isStill(step) ? ({ type: "close" } as const) : step));
  const models = script.models?.map((id) => ({ id }));
  const recording = withTape(new FakeChatProvider({ ...script, steps: ending }, models ? { models } : {}), { mode: "record", tape });
  if (request === undefined) await recording.listModels?.();
  else await readToItsEnd(recording, request);
  return script.steps.some(isStill) ? tape.text.replace(/(?<="type":"failure","atMs":)\d+/u, String(3_600_000)) : tape.text;
}

function isStill({ type }: ScriptedAnswer["steps"][number]): boolean {
  return type === "stall" || type === "no-headers";
}

/** How it ends is on the tape. */
async function readToItsEnd(provider: ChatProvider, request: ChatRequest): Promise<void> {
  const events = provider.stream(request)[Symbol.asyncIterator]();
  const readOn = async (): Promise<boolean> => (await events.next().catch(() => ({ done: true }))).done !== true;
  while (await readOn());
}
