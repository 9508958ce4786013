import {
  assistantMessage,
  type AssistantMessage,
  type ChatRequest,
  collect,
  type InvalidToolCallPart,
  type Message,
  systemMessage,
  text,
  type ToolCallPart,
  toolMessage,
  toolResult,
  userMessage,
} from "@chatport/domain";
import { strangeId } from "./answers/strange-id.js";
import type { SwapVendor } from "./swap-vendor.js";

export const image = { type: "image", mediaType: "image/png", source: { base64: "iVBORw0KGgo=" } } as const;

/** More digits than JavaScript's numbers have. */
export const bigNumber = { text: "12345678901234567890", parsed: Number("12345678901234567890") };

const settings: Omit<ChatRequest, "messages"> = {
  tools: [{ name: "weather", description: "The weather.", inputSchema: { type: "object", properties: { city: { type: "string" } } } }],
  reasoning: "low",
  maxOutputTokens: 4_096,
};

/** How a conversation begins: with instructions, a text and an image. */
export const opening: readonly Message[] = [
  systemMessage("Be brief. SYSTEMMARK"),
  userMessage([text("What is it like there? ASKMARK"), image]),
];

/** One turn of a vendor's in a conversation: the body that it was sent, its text, and its answer. */
export async function turnOf(
  vendor: SwapVendor,
  messages: readonly Message[],
): Promise<{ readonly body: unknown; readonly bodyText: string; readonly answer: AssistantMessage }> {
  const bodies: string[] = [];
  const provider = vendor.provide(async (input, init) => {
    bodies.push(await new Request(input, init).text());
    return new Response(vendor.answer.body, { headers: { "content-type": vendor.answer.contentType } });
  });
  const { message } = await collect(provider.stream({ messages, ...settings }));
  const [bodyText] = bodies;
  if (bodyText === undefined || bodies.length > 1) throw new Error(`${vendor.name} was asked ${bodies.length} times.`);
  return { body: JSON.parse(bodyText), bodyText, answer: message };
}

/** An answer with the results of its calls: the first has an image, the others failed. */
export function answered(answer: AssistantMessage): readonly Message[] {
  const calls = answer.content.filter((part) => part.type === "tool-call");
  const results = calls.map((call, index) =>
    index === 0 ? toolResult(call, [text("RESULTMARK"), image]) : toolResult(call, "FAILEDMARK", true),
  );
  return [answer, toolMessage(...results)];
}

const cutCall: InvalidToolCallPart = { type: "invalid-tool-call", id: "call_cut", name: "weather", json: '{"city":"BROKENMARK' };
const strangeCall = callWith(strangeId("ending"), "STRANGEMARK");
const unlatinCall = callWith("ключ", "UNLATINMARK");
/** Valid JSON, but no object: models of APIs that take any text for arguments write such. */
const listCall: ToolCallPart = { ...callWith("call_list", ""), input: ["LISTMARK"], json: '["LISTMARK"]' };
const numberCall: ToolCallPart = { ...callWith("call_number", ""), input: bigNumber.parsed, json: bigNumber.text };

/**
 * How the conversation goes on, with all that a vendor's answer may lack: a refusal, a call that was cut, in two answers in a row; strange ids; parts and reasoning
 * that nobody has state for; arguments that are no object; a system message between the turns.
 */
export const ending: readonly Message[] = [
  assistantMessage([{ type: "refusal", text: "WONTMARK" }]),
  assistantMessage([text("ONCEMOREMARK"), cutCall]),
  toolMessage(toolResult(cutCall, "CUTRESULTMARK", true)),
  assistantMessage([
    { type: "reasoning", text: "UNSIGNEDMARK" },
    { type: "provider", vendor: "acme", data: { search: "FOREIGNMARK" } },
    strangeCall,
    unlatinCall,
    listCall,
    numberCall,
  ]),
  // Results come in whatever order the tools end.
  toolMessage(
    toolResult(unlatinCall, "EARLYMARK"),
    toolResult(strangeCall, [image]),
    toolResult(listCall, "LISTRESULTMARK"),
    toolResult(numberCall, "NUMBERRESULTMARK"),
  ),
  systemMessage("MIDDLEMARK"),
  userMessage("LASTMARK"),
];

function callWith(id: string, city: string): ToolCallPart {
  const input = { city };
  return { type: "tool-call", id, name: "weather", input, json: JSON.stringify(input) };
}
