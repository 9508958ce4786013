import type { AssistantPart, ChatEvent, Usage } from "../../../src/index.js";
import { type Alteration, altering, type BrokenProvider, garbled, misreading, misreadingSteps } from "./broken-provider.js";

/** Rules 5 (tools), 6 (bytes) and 7 (usage). */
export const brokenContent: readonly BrokenProvider[] = [
  changingCalls(
    "writes the arguments anew",
    ["events/several-parts", "tools/call", "tools/several-calls", "tools/minted-ids", "tools/whole", "tools/bytes"],
    (part) => (part.type === "tool-call" ? { ...part, json: JSON.stringify(part.input) } : part),
  ),
  changingCalls(
    "gives calls ids of its own",
    [
      "events/several-parts",
      "tools/call",
      "tools/several-calls",
      "tools/empty-arguments",
      "tools/minted-ids",
      "tools/whole",
      "tools/bytes",
    ],
    (part) => (part.type === "tool-call" ? { ...part, id: `mine_${part.id}` } : part),
  ),
  misreading("takes two calls for one", ["tools/several-calls", "tools/minted-ids", "tools/whole", "tools/bytes"], (script) => {
    const calls = script.steps.filter((step) => step.type === "tool-call");
    if (calls.length < 2) return script;
    const merged = { ...calls[0], type: "tool-call", name: "weather", deltas: calls.flatMap(({ deltas }) => deltas) } as const;
    return { ...script, steps: [...script.steps.filter((step) => step.type === "text"), merged, ...script.steps.slice(-1)] };
  }),
  changingCalls("takes empty arguments for broken ones", ["tools/empty-arguments"], (part) =>
    part.type === "tool-call" && part.json === "" ? { type: "invalid-tool-call", id: part.id, name: part.name, json: "" } : part,
  ),
  changingCalls("runs broken arguments as {}", ["tools/broken-arguments", "tools/cut-arguments"], (part) =>
    part.type === "invalid-tool-call" ? { ...part, type: "tool-call", input: {} } : part,
  ),
  misreadingSteps("repairs cut arguments", ["tools/cut-arguments"], (step) =>
    step.type === "tool-call" && step.deltas.at(-1)?.endsWith("[1") ? { ...step, deltas: [...step.deltas, "]}"] } : step,
  ),
  altering("passes stop on although it holds a call", ["tools/stop-with-call"], () => ({
    event: (event) => (event.type === "message-end" && event.rawFinishReason === "stop" ? { ...event, finishReason: "stop" } : event),
  })),
  misreadingSteps("mints the same id for every call", ["tools/minted-ids"], (step) =>
    step.type === "tool-call" ? { id: "call_0", ...step } : step,
  ),
  altering("leaves the calls out of a whole answer", ["tools/whole"], (_request, { delivery }) => ({
    event: (event) => (delivery === "whole" && isOfCall(event) ? [] : event),
  })),
  misreading("decodes every byte by itself", ["bytes/one-by-one"], (script) => (script.pieceBytes === 1 ? garbled(script) : script)),
  misreading("expects a line in every piece", ["bytes/any-size"], (script) => ((script.pieceBytes ?? 0) > 1 ? garbled(script) : script)),
  misreadingSteps("reads on in a line without an end", ["bytes/endless-line"], (step) =>
    step.type === "flood" && step.of === "line" ? { type: "stall" } : step,
  ),
  misreadingSteps("reads on in an event without an end", ["bytes/endless-event"], (step) =>
    step.type === "flood" && step.of === "event" ? { type: "stall" } : step,
  ),
  misreadingSteps("loses arguments where their bytes are cut", ["tools/bytes"], (step, _position, { pieceBytes }) =>
    step.type === "tool-call" && pieceBytes !== undefined ? { ...step, deltas: step.deltas.slice(1) } : step,
  ),
  altering("takes a keep-alive for an event", ["bytes/keep-alive"], (_request, _options, { keepAlive }) => ({
    event: (event) => (keepAlive && event.type === "text-delta" ? [event, { ...event, text: "" }] : event),
  })),
  altering("leaves usage out of message-end", ["usage/reported", "usage/cumulative"], () => ({
    event: ({ ...event }) => {
      if (event.type === "message-end") Reflect.deleteProperty(event, "usage");
      return event;
    },
  })),
  altering("adds usage up", ["usage/cumulative"], () => addingUp()),
  altering("reports zero where nothing was said", ["usage/not-invented"], () => ({
    event: (event) => (event.type === "message-end" ? { usage: { inputTokens: 0, outputTokens: 0 }, ...event } : event),
  })),
  altering("loses usage when it throws", ["usage/on-exception", "usage/on-timeout"], () => ({
    error: (error) => {
      if (error instanceof Error) Reflect.deleteProperty(error, "usage");
      return error;
    },
  })),
  altering("tells usage only at the end", ["usage/before-abort", "usage/held-at-abort"], () => ({
    event: (event) => (event.type === "usage" ? [] : event),
  })),
];

function changingCalls(fault: string, breaks: BrokenProvider["breaks"], change: (part: AssistantPart) => AssistantPart): BrokenProvider {
  return altering(fault, breaks, () => ({
    event: (event) => (event.type === "part-end" ? { ...event, part: change(event.part) } : event),
  }));
}

function isOfCall(event: ChatEvent): boolean {
  return event.type.startsWith("tool-call") || (event.type === "part-end" && event.part.type === "tool-call");
}

function addingUp(): Alteration {
  let sum: Usage | undefined;
  const add = (more: Usage): Usage => ({
    inputTokens: (sum?.inputTokens ?? 0) + (more.inputTokens ?? 0),
    outputTokens: (sum?.outputTokens ?? 0) + (more.outputTokens ?? 0),
  });
  return {
    event: (event) => {
      if (event.type === "usage") return { ...event, usage: (sum = add(event.usage)) };
      return event.type === "message-end" && sum ? { ...event, usage: sum } : event;
    },
  };
}
