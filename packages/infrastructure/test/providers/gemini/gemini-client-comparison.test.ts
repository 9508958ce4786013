import { GoogleGenAI, FunctionCallingConfigMode, type GenerateContentParameters, ServiceTier, ThinkingLevel } from "@google/genai";
import { assistantMessage, type ChatRequest, systemMessage, text, toolMessage, userMessage } from "@chatport/domain";
import { describe, expect, test } from "vitest";
import { createGeminiProvider } from "../../../src/providers/gemini/index.js";
import { isJsonObject, parseJson } from "../../../src/http/json.js";
import { startLoopbackServer } from "../../../src/testing/loopback-server.js";
import { origin as googlesOrigin, sse } from "./gemini-server.js";

const schema = { type: "object", properties: { city: { type: "string" } }, required: ["city"] } as const;
const png = "iVBORw0KGgo=";

interface Conversation {
  readonly name: string;
  readonly ours: ChatRequest;
  readonly theirs: Omit<GenerateContentParameters, "model">;
}

const hi = { role: "user", parts: [{ text: "hi" }] };

const conversations: readonly Conversation[] = [
  { name: "text", ours: { messages: [userMessage("hi")] }, theirs: { contents: "hi" } },
  {
    name: "a system message and several turns",
    ours: { messages: [systemMessage("Be brief."), userMessage("hi"), assistantMessage("Hello."), userMessage("And?")] },
    theirs: {
      contents: [hi, { role: "model", parts: [{ text: "Hello." }] }, { role: "user", parts: [{ text: "And?" }] }],
      config: { systemInstruction: { parts: [{ text: "Be brief." }] } },
    },
  },
  {
    name: "a tools round trip with a signature",
    ours: {
      messages: [
        userMessage("hi"),
        assistantMessage([
          {
            type: "tool-call",
            id: "fc_1",
            name: "weather",
            input: { city: "Paris" },
            json: '{"city":"Paris"}',
            providerMetadata: { gemini: { thoughtSignature: "c2ln" } },
          },
        ]),
        toolMessage({
          type: "tool-result",
          callId: "fc_1",
          name: "weather",
          content: [text("sunny"), { type: "image", mediaType: "image/png", source: { base64: png } }],
        }),
      ],
      tools: [{ name: "weather", description: "The weather.", inputSchema: schema }],
      toolChoice: { tool: "weather" },
    },
    theirs: {
      contents: [
        hi,
        { role: "model", parts: [{ functionCall: { id: "fc_1", name: "weather", args: { city: "Paris" } }, thoughtSignature: "c2ln" }] },
        {
          role: "user",
          parts: [
            {
              functionResponse: {
                id: "fc_1",
                name: "weather",
                response: { output: "sunny" },
                parts: [{ inlineData: { mimeType: "image/png", data: png } }],
              },
            },
          ],
        },
      ],
      config: {
        tools: [{ functionDeclarations: [{ name: "weather", description: "The weather.", parametersJsonSchema: schema }] }],
        toolConfig: { functionCallingConfig: { mode: FunctionCallingConfigMode.ANY, allowedFunctionNames: ["weather"] } },
      },
    },
  },
  {
    name: "images and files",
    ours: {
      messages: [
        userMessage([
          text("hi"),
          { type: "image", mediaType: "image/png", source: { base64: png } },
          { type: "image", mediaType: "image/png", source: { url: `data:image/png;base64,${png}` } },
          { type: "file", mediaType: "application/pdf", source: { url: "https://example.org/a.pdf" } },
        ]),
      ],
    },
    theirs: {
      contents: [
        {
          role: "user",
          parts: [
            { text: "hi" },
            { inlineData: { mimeType: "image/png", data: png } },
            { inlineData: { mimeType: "image/png", data: png } },
            { fileData: { mimeType: "application/pdf", fileUri: "https://example.org/a.pdf" } },
          ],
        },
      ],
    },
  },
  {
    name: "structured output",
    ours: { messages: [userMessage("hi")], output: { name: "place", schema } },
    theirs: { contents: "hi", config: { responseMimeType: "application/json", responseJsonSchema: schema } },
  },
  {
    name: "reasoning",
    ours: { messages: [userMessage("hi")], reasoning: "low" },
    theirs: { contents: "hi", config: { thinkingConfig: { thinkingLevel: ThinkingLevel.LOW, includeThoughts: true } } },
  },
  {
    name: "parameters",
    ours: {
      messages: [userMessage("hi")],
      temperature: 0.2,
      topP: 0.9,
      maxOutputTokens: 64,
      seed: 7,
      stopSequences: ["END"],
      providerOptions: { gemini: { topK: 5, tools: [{ googleSearch: {} }], cachedContent: "cachedContents/abc", serviceTier: "flex" } },
    },
    theirs: {
      contents: "hi",
      config: {
        temperature: 0.2,
        topP: 0.9,
        maxOutputTokens: 64,
        seed: 7,
        stopSequences: ["END"],
        topK: 5,
        tools: [{ googleSearch: {} }],
        cachedContent: "cachedContents/abc",
        serviceTier: ServiceTier.FLEX,
      },
    },
  },
];

/** What of a request matters. */
interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly key: string | string[] | undefined;
  readonly type: string | undefined;
  readonly body: unknown;
}

/** The client sends empty settings along, which say nothing. */
function meaningOf(body: string): unknown {
  const json = parseJson(body);
  return isJsonObject(json) ? { generationConfig: {}, ...json } : json;
}

const answer = [{ candidates: [{ content: { parts: [{ text: "ok" }] }, finishReason: "STOP" }] }];

describe.each(conversations)("$name", ({ ours, theirs }) => {
  test.each(["stream", "whole"] as const)("is asked as Google's own client asks it: %s", async (delivery) => {
    const seen: Seen[] = [];
    await using server = await startLoopbackServer(async ({ request, response, body }) => {
      const { method, url, headers } = request;
      seen.push({ method, url, key: headers["x-goog-api-key"], type: headers["content-type"], body: meaningOf(body) });
      if (delivery === "stream") response.writeHead(200, { "content-type": "text/event-stream" }).end(sse(answer));
      else response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(answer[0]));
    });
    const model = "gemini-3.8-flash";
    // The documentation's own requests go to v1beta; the client goes there when it is told to.
    const client = new GoogleGenAI({ apiKey: "test-key", apiVersion: "v1beta", httpOptions: { baseUrl: server.origin } });
    if (delivery === "whole") await client.models.generateContent({ model, ...theirs });
    else for await (const _chunk of await client.models.generateContentStream({ model, ...theirs }));
    const provider = createGeminiProvider({ model, apiKey: "test-key", baseUrl: `${server.origin}/v1beta`, retry: false });
    for await (const _event of provider.stream(ours, { delivery }));
    expect(seen).toHaveLength(2);
    expect(seen[1]).toEqual(seen[0]);
    expect(seen[1]?.url).not.toContain("test-key");
    expect(seen[1]?.key).toBe("test-key");
  });
});

test("Google's own address is the default", async () => {
  const urls: string[] = [];
  const fetch: typeof globalThis.fetch = async (input) => {
    urls.push(input instanceof Request ? input.url : String(input));
    return new Response(sse(answer));
  };
  for await (const _event of createGeminiProvider({ model: "tunedModels/mine", retry: false, fetch }).stream({
    messages: [userMessage("hi")],
  }));
  expect(urls).toEqual([`${googlesOrigin}/v1beta/tunedModels/mine:streamGenerateContent?alt=sse`]);
});
