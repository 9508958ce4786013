import type { Usage } from "@chatport/domain";
import { type ScriptedAnswer, type ScriptedError, scriptedModel, type ScriptedStep } from "@chatport/domain/testing";
import { isJsonObject, parseJson } from "../http/json.js";

type ScriptedCall = Extract<ScriptedStep, { readonly type: "tool-call" }>;

/**
 * The lines that say one step of a script, in the form of Ollama's `/api/chat`. Counts stand on the last line, so a usage step says nothing there if the end
 * follows it; elsewhere it gets a line of its own.
 */
export function linesOf(step: ScriptedStep, script: ScriptedAnswer, echo: string): readonly string[] {
  switch (step.type) {
    case "text":
      return step.deltas.map((content) => line(script, message({ content })));
    case "reasoning":
      return step.deltas.map((thinking) => line(script, message({ content: "", thinking })));
    case "tool-call":
      return [line(script, message({ content: "" }, [step]))];
    case "usage":
      return isBeforeEnd(step, script) ? [] : [line(script, message({ content: "" }), countsOf(step.usage))];
    case "end":
      return [lastLine(script, message({ content: "" }))];
    case "error":
      return [`${errorBody(step, echo)}\n`];
    default:
      return [];
  }
}

/** The whole answer that the steps make. */
export function wholeOllamaAnswer(script: ScriptedAnswer): string {
  const { steps } = script;
  const spoken = (type: "text" | "reasoning"): string => steps.flatMap((step) => (step.type === type ? step.deltas : [])).join("");
  const thinking = spoken("reasoning");
  const calls = steps.filter((step) => step.type === "tool-call");
  // As the server does: no line feed behind it.
  return lastLine(script, message({ content: spoken("text"), ...(thinking !== "" && { thinking }) }, calls)).trimEnd();
}

/** An error's status, headers and body. */
export function ollamaErrorAnswer(step: ScriptedError, echo: string): { status: number; headers: Record<string, string>; body: string } {
  const { retryAfterMs } = step;
  const headers: Record<string, string> = retryAfterMs === undefined ? {} : { "retry-after": String(retryAfterMs / 1000) };
  return { status: statuses[step.kind], headers, body: errorBody(step, echo) };
}

/** The answer of `GET /api/tags`. */
export function modelTags(script: ScriptedAnswer): object {
  const models = script.models ?? [script.model ?? scriptedModel];
  const rest = { modified_at: "2026-11-01T10:00:00.000000000Z", size: 1_000, digest: "0".repeat(64), details: { format: "gguf" } };
  return { models: models.map((model) => ({ name: model, model, ...rest })) };
}

const statuses = { authentication: 401, "rate-limit": 429, "invalid-request": 400, unavailable: 503 } as const;

/** An error is words alone, so the words name its kind. */
const words = {
  authentication: "unauthorized: ",
  "rate-limit": "too many requests: ",
  "invalid-request": "invalid options: ",
  unavailable: "",
} as const;

function errorBody({ kind, message: said }: ScriptedError, echo: string): string {
  return JSON.stringify({ error: `${words[kind]}${said}${echo}` });
}

function isBeforeEnd(step: ScriptedStep, { steps }: ScriptedAnswer): boolean {
  return steps[steps.indexOf(step) + 1]?.type === "end";
}

function lastLine(script: ScriptedAnswer, said: string): string {
  const usage = script.steps.findLast((step) => step.type === "usage")?.usage;
  const end = script.steps.find((step) => step.type === "end");
  // The server's own word for an answer that ends with calls is "stop".
  const reason = end?.finishReason === undefined ? {} : { done_reason: end.finishReason === "length" ? "length" : "stop" };
  return line(script, said, { done: true, ...reason, ...countsOf(usage) });
}

/** `said` is JSON already: the arguments of a call must stay as they were scripted, blanks and all. */
function line(script: ScriptedAnswer, said: string, rest: object = {}): string {
  const head = JSON.stringify({ model: script.model ?? scriptedModel, created_at: "2026-11-01T10:00:00.000000000Z" });
  const tail = JSON.stringify({ done: false, ...rest });
  return `${head.slice(0, -1)},"message":${said},${tail.slice(1)}\n`;
}

function message(said: object, calls: readonly ScriptedCall[] = []): string {
  const spoken = JSON.stringify({ role: "assistant", ...said });
  return calls.length === 0 ? spoken : `${spoken.slice(0, -1)},"tool_calls":[${calls.map(callOf).join(",")}]}`;
}

function callOf({ id, name, deltas }: ScriptedCall): string {
  const json = deltas.join("");
  const given = json === "" ? "{}" : isJsonObject(parseJson(json)) ? json : JSON.stringify(json);
  const identified = id === undefined ? "" : `"id":${JSON.stringify(id)},`;
  return `{${identified}"function":{"name":${JSON.stringify(name)},"arguments":${given}}}`;
}

function countsOf(usage: Usage = {}): object {
  return { prompt_eval_count: usage.inputTokens, eval_count: usage.outputTokens };
}
