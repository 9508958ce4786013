import { nearestName } from "../../../../names/nearest-name.js";
import { requestParametersSchema } from "../../models/request.js";
import { unsupported } from "../../../../http/request-checks.js";

/**
 * The exception for an option that the Responses API does not have: it tells what to write instead, and which options are Chat Completions' alone.
 *
 * @param known the names of the options that there are
 */
export function unknownOption(name: string, known: readonly string[], provider: string): Error {
  return unsupported(provider, `providerOptions.openai.${name} ${reasonFor(name, known)}`);
}

function reasonFor(name: string, known: readonly string[]): string {
  const why = notTaken.get(bare(name));
  if (why !== undefined) return `is not taken: ${why}`;
  const same = known.find((candidate) => bare(candidate) === bare(name));
  if (same !== undefined) return `is not known. Did you mean ${same}?`;
  if (chatCompletionsOptions.has(bare(name))) {
    const ofChat = 'is an option of Chat Completions, and this provider speaks Responses (api = "responses").';
    const nearest = instead.get(bare(name)) ?? hintAt(nearestName(name, known));
    return nearest === undefined ? ofChat : `${ofChat} ${nearest}`;
  }
  const hint = hintAt(nearestName(name, known)) ?? `Known: ${known.join(", ")}.`;
  return `is not known. ${hint} What only your server knows goes in providerOptions.openai.extraBody.`;
}

function hintAt(name: string | undefined): string | undefined {
  return name === undefined ? undefined : `Did you mean ${name}?`;
}

const everything = "every request holds the whole conversation, and nothing is left with the server.";
const tokens = "set the request's maxOutputTokens.";

/** What would leave the conversation with the server, and what the request or the call says. By bare names. */
const notTaken: ReadonlyMap<string, string> = new Map([
  ["background", "an answer is read as it is generated."],
  ["conversation", everything],
  ["input", "the conversation is in the request's messages."],
  ["instructions", "send a system message, which keeps its place."],
  ["maxcompletiontokens", tokens],
  ["maxoutputtokens", tokens],
  ["maxtokens", tokens],
  ["messages", "the conversation is in the request's messages."],
  ["model", "set the request's model."],
  ["previousresponseid", everything],
  ["reasoning", "set the request's reasoning, or reasoningEffort, reasoningSummary, reasoningContext and reasoningMode."],
  ["store", everything],
  ["stream", "the call's delivery says it."],
  ["temperature", "set the request's temperature."],
  ["text", "set the request's output, or textFormat and verbosity."],
  ["tools", "set the request's tools, and serverTools for the server's own."],
  ["topp", "set the request's topP."],
]);

const chatCompletionsOptions: ReadonlySet<string> = new Set(Object.keys(requestParametersSchema.shape).map(bare));

/** How the same is said in this API. By bare names. */
const instead: ReadonlyMap<string, string> = new Map([
  ["logprobs", 'Set topLogprobs, and include: ["message.output_text.logprobs"].'],
  ["responseformat", "Set the request's output, or textFormat."],
  ["websearchoptions", 'Set serverTools: [{"type": "web_search"}].'],
]);

function bare(name: string): string {
  return name.replaceAll(/[^a-z0-9]/giu, "").toLowerCase();
}
