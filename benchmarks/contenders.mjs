import { startChild } from "./child.mjs";

/** Every contender by its file in `contenders/`, with the package whose version counts. */
export const contenders = [
  { name: "bare", title: "bare loop: fetch, TextDecoder, JSON.parse" },
  { name: "chatport", title: "Chatport, `provider.stream()`" },
  { name: "adapter", title: "Chatport, one attempt and no policy" },
  { name: "stack", title: "Chatport, retry + fallback + routing" },
  { name: "ai-sdk-openai", title: "`doStream()`", package: "@ai-sdk/openai" },
  { name: "openai", title: "`chat.completions.create()`", package: "openai" },
  { name: "langchain", title: "`ChatOpenAI.stream()`", package: "@langchain/openai" },
  { name: "ai", title: "`streamText().stream`", package: "ai" },
];

export const peers = contenders.filter((contender) => contender.package !== undefined);

/** The characters that the first contender found behind a URL; the others have to find as many. */
const charactersOf = new Map();

/** A contender in a process of its own. */
export async function startContender(contender) {
  const child = await startChild("contender-process.mjs", [contender.name]);
  return {
    name: contender.name,
    stop: child.stop,
    /** Reads one stream. Refuses a contender that has not seen all of it. */
    run: async (url, events) => {
      const result = await child.ask(url);
      if (!charactersOf.has(url)) charactersOf.set(url, result.characters);
      if (result.events !== events || result.characters !== charactersOf.get(url)) {
        throw new Error(`${contender.name} saw ${result.events} text events of ${events}, and ${result.characters} characters.`);
      }
      return result;
    },
  };
}
