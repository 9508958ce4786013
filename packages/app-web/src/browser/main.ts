// The composition root of the page.
import { ask } from "./ask.js";
import { followBottom } from "./bottom-follower.js";
import { startPage } from "./conversation-page.js";

startPage(
  {
    form: element("form", HTMLFormElement),
    prompt: element("prompt", HTMLTextAreaElement),
    send: element("send", HTMLButtonElement),
    stop: element("stop", HTMLButtonElement),
    question: element("question", HTMLElement),
    answer: element("answer", HTMLElement),
    note: element("note", HTMLElement),
    error: element("error", HTMLElement),
    errorText: element("error-text", HTMLElement),
    retry: element("retry", HTMLButtonElement),
    status: element("status", HTMLElement),
  },
  ask,
  followBottom(document.scrollingElement ?? document.documentElement, document, requestAnimationFrame),
);

const who = element("who", HTMLElement);
void fetch("/api/provider")
  .then((response) => response.json())
  .then(({ description }: { description: string }) => {
    who.textContent = description;
  })
  // The page works without a name at its top.
  .catch(() => {});

function element<Type extends HTMLElement>(id: string, type: new () => Type): Type {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new TypeError(`The page has no ${id}.`);
  return found;
}
