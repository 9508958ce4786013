import {
  assistantMessage,
  type ChatCapability,
  type ChatRequest,
  isChatException,
  systemMessage,
  text,
  toolMessage,
  userMessage,
  requireCapabilities,
} from "../src/index.js";
import { describe, expect, test } from "vitest";

const hi = [userMessage("hi")];
const image = { type: "image", mediaType: "image/png", source: { base64: "iVBO" } } as const;
const file = { type: "file", mediaType: "application/pdf", source: { base64: "JVBE" } } as const;
const drawing = { type: "file", mediaType: "IMAGE/PNG", source: { base64: "iVBO" } } as const;
const call = { type: "tool-call", id: "1", name: "f", input: {}, json: "" } as const;
const result = (...content: readonly (typeof image)[]) => ({ type: "tool-result", callId: "1", name: "f", content }) as const;
const tool = { name: "f", inputSchema: { type: "object" } };

/** What each capability is needed for, and the field that an exception names. */
const asking: readonly (readonly [capability: ChatCapability, request: Partial<ChatRequest>, field: string])[] = [
  ["tools", { tools: [tool] }, "tools"],
  ["tools", { toolChoice: "required" }, "toolChoice"],
  ["tools", { toolChoice: { tool: "f" } }, "toolChoice"],
  ["tools", { messages: [...hi, assistantMessage([text("a"), call])] }, "messages[1].content[1]"],
  ["tools", { messages: [toolMessage(result())] }, "messages[0].content[0]"],
  ["structured-output", { output: { name: "place", schema: {} } }, "output"],
  ["image-input", { messages: [...hi, userMessage([text("a"), image])] }, "messages[1].content[1]"],
  ["image-input", { messages: [userMessage([drawing])] }, "messages[0].content[0]"],
  ["image-input", { messages: [toolMessage(result(image))] }, "messages[0].content[0].content[0]"],
  ["file-input", { messages: [userMessage([file])] }, "messages[0].content[0]"],
  ["reasoning", { reasoning: "none" }, "reasoning"],
  ["sampling", { temperature: 0 }, "temperature"],
  ["sampling", { topP: 0 }, "topP"],
  ["stop-sequences", { stopSequences: ["END"] }, "stopSequences"],
  ["seed", { seed: 0 }, "seed"],
  ["max-output-tokens", { maxOutputTokens: 1 }, "maxOutputTokens"],
];
const all: ReadonlySet<ChatCapability> = new Set(asking.map(([capability]) => capability));

function refusalOf(request: Partial<ChatRequest>, capabilities: ReadonlySet<ChatCapability>): unknown {
  try {
    requireCapabilities({ messages: hi, ...request }, capabilities, "work");
  } catch (error) {
    return error;
  }
  return undefined;
}

describe.each(asking)("without %s, %j", (capability, request, field) => {
  test("is unsupported, and the exception names the field", () => {
    const rest = new Set([...all].filter((other) => other !== capability));
    const error = refusalOf(request, rest);
    expect(isChatException(error) && error).toMatchObject({ code: "unsupported", provider: "work" });
    expect(isChatException(error) && error.message.split(" ")[0]).toBe(field);
  });

  test("is fine with all the capabilities", () => {
    expect(refusalOf(request, all)).toBeUndefined();
  });
});

test("a request that asks for nothing but an answer needs no capability", () => {
  const messages = [systemMessage("Be brief."), userMessage("hi"), assistantMessage([{ type: "reasoning", text: "Hm." }, text("Hello.")])];
  expect(refusalOf({ messages, tools: [], stopSequences: [], toolChoice: "none" }, new Set())).toBeUndefined();
  expect(refusalOf({ messages, toolChoice: "auto" }, new Set())).toBeUndefined();
});
