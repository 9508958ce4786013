import { isChatException, textOf, userMessage } from "@chatport/domain";
import { createOpenAIProvider } from "@chatport/infrastructure/openai";

// The page's own server answers below /v1: a model's server that also serves files (llama-server --path dist), or one of yours that adds the key. A page holds no key.
const provider = createOpenAIProvider({ model: "default", baseUrl: new URL("/v1", location.href).href });

const form = document.querySelector<HTMLFormElement>("#form");
const question = document.querySelector<HTMLInputElement>("#question");
const answer = document.querySelector<HTMLOutputElement>("#answer");
if (form === null || question === null || answer === null) throw new Error("The document and its script do not fit.");

let asking = new AbortController();

form.addEventListener("submit", (submit) => {
  submit.preventDefault();
  // The next question ends the answer to the last.
  asking.abort();
  asking = new AbortController();
  void show(question.value, asking.signal);
});

async function show(asked: string, signal: AbortSignal): Promise<void> {
  if (answer === null) return;
  answer.textContent = "";
  try {
    for await (const piece of textOf(provider.stream({ messages: [userMessage(asked)] }, { signal }))) answer.append(piece);
  } catch (error) {
    if (!signal.aborted) answer.append(isChatException(error) ? `\n${error.code}: ${error.message}` : `\n${String(error)}`);
  }
}
