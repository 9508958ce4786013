// Loads a user's configuration of `configuration/` beside the project's and composes it, so many times in one process whose modules are loaded:
// node compose-process.mjs <three|everything> <calls>. Sends the first call's wall time and all later ones', in milliseconds.
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { compose } from "@chatport/infrastructure";
import { loadConfiguration } from "@chatport/infrastructure/config";

/** What the loading of modules left behind is collected beforehand: in the midst of the first call it would count as the call's. */
setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc");

const folder = (name) => fileURLToPath(new URL(`configuration/${name}`, import.meta.url));
const keys = Object.fromEntries(
  ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "GEMINI_API_KEY", "GROQ_API_KEY", "HOUSE_KEY"].map((name) => [name, "sk-benchmark"]),
);
// The first is for Unix, the second for Windows; nothing else of this machine counts.
const [, , user, calls] = process.argv;
const env = { XDG_CONFIG_HOME: folder(user), APPDATA: folder(user), ...keys };
const expected = user === "three" ? "main" : "everything";

collectGarbage();
const times = [];
for (let call = 0; call < Number(calls); call++) {
  const begun = performance.now();
  const composition = compose(await loadConfiguration({ cwd: folder(`${user}/project`), home: folder(user), env }));
  times.push(performance.now() - begun);
  if (composition.provider.name !== expected) throw new Error(`${composition.description} was composed in place of ${expected}.`);
  await composition.dispose();
}
const [firstMs, ...laterMs] = times;
process.send({ firstMs, laterMs });
process.once("disconnect", () => process.exit());
