import { startChild } from "./child.mjs";

/** Who reads Chat Completions: the stack and the peers, by their file in `contenders/completions/`, with the package whose version counts. */
export const contenders = [
  { name: "bare", title: "bare loop: fetch, TextDecoder, JSON.parse" },
  { name: "chatport", title: "Chatport, `provider.stream()`" },
  { name: "adapter", title: "Chatport, one attempt and no policy" },
  { name: "stack", title: "Chatport, retry + fallback + routing" },
  { name: "ai-sdk-openai", title: "`doStream()`", package: "@ai-sdk/openai" },
  { name: "openai", title: "`chat.completions.create()`", package: "openai" },
  { name: "langchain", title: "`ChatOpenAI.stream()`", package: "@langchain/openai" },
  { name: "ai", title: "`streamText().stream`", package: "ai" },
].map((contender) => ({ format: "completions", ...contender }));

export const peers = contenders.filter((contender) => contender.package !== undefined);

/** The other formats, by their folder in `contenders/`: the bare loop, Chatport's adapter, and the vendor's own client. */
export const adapters = [
  adapter("anthropic", "Anthropic, Messages", { name: "anthropic-sdk", title: "`messages.create()`", package: "@anthropic-ai/sdk" }),
  adapter("gemini", "Gemini, streamGenerateContent", {
    name: "google-genai",
    title: "`generateContentStream()`",
    package: "@google/genai",
  }),
  adapter("ollama", "Ollama, /api/chat", { name: "ollama", title: "`chat()`", package: "ollama" }),
  adapter("responses", "OpenAI, Responses", { name: "openai", title: "`responses.create()`", package: "openai" }),
];

function adapter(format, title, peer) {
  const readers = [
    { name: "bare", title: "bare loop: fetch, TextDecoder, JSON.parse" },
    { name: "chatport", title: "Chatport, `provider.stream()`" },
    peer,
  ];
  return { format, title, contenders: readers.map((reader) => ({ format, ...reader })) };
}

/** The characters that the first contender found behind a URL; the others have to find as many. */
const charactersOf = new Map();

/** A contender in a process of its own. */
export async function startContender({ format, name }) {
  const child = await startChild("contender-process.mjs", [format, name]);
  return {
    name,
    stop: child.stop,
    /** Reads one stream. Refuses a contender that has not seen all of it. */
    run: async (url, events) => {
      const result = await child.ask(url);
      if (!charactersOf.has(url)) charactersOf.set(url, result.characters);
      if (result.events !== events || result.characters !== charactersOf.get(url)) {
        throw new Error(`${format}/${name} saw ${result.events} text events of ${events}, and ${result.characters} characters.`);
      }
      return result;
    },
  };
}
