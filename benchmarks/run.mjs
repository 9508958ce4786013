// Chatport's speed in one run: node benchmarks/run.mjs [streaming] [adapters] [compose] [start] [--quick] [--rounds 9]. Without a part's name, all of them. Prints the report and,
// unless --quick or a part's name is given, writes it into README.md. Times are shown against their budgets and never fail the run; a client that does not read the whole stream
// does.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { machineFacts } from "./machine.mjs";
import { adapters } from "./parts/adapters.mjs";
import { compose } from "./parts/compose.mjs";
import { start } from "./parts/start.mjs";
import { streaming } from "./parts/streaming.mjs";
import { prepare } from "./prepare.mjs";
import { report } from "./report.mjs";
import { startServer } from "./server.mjs";

const parts = { streaming, adapters, compose, start };
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { quick: { type: "boolean", default: false }, rounds: { type: "string" } },
});
const asked = positionals.length === 0 ? Object.keys(parts) : positionals;
const unknown = asked.find((asking) => !Object.hasOwn(parts, asking));
if (unknown !== undefined) throw new Error(`There is no part "${unknown}"; there is ${Object.keys(parts).join(", ")}.`);

prepare();
const machine = machineFacts();
const server = await startServer();
const measured = [];
for (const [name, part] of Object.entries(parts)) {
  if (!asked.includes(name)) continue;
  console.error(`Measuring ${name} ...`);
  measured.push({ part, results: await part.measure(server, planOf(part)) });
}
await server.stop();
const results = report(machine, measured);
console.log(`\n${results}`);
if (!values.quick && positionals.length === 0) writeResults(results);

/** `--rounds` replaces how often CPU per event is measured. */
function planOf({ plans }) {
  const plan = values.quick ? plans.quick : plans.full;
  if (values.rounds === undefined) return plan;
  const rounds = Number(values.rounds);
  if ("rounds" in plan) return { ...plan, rounds };
  return "cpu" in plan ? { ...plan, cpu: { ...plan.cpu, rounds } } : plan;
}

function writeResults(text) {
  const file = new URL("README.md", import.meta.url);
  const [before, , after] = readFileSync(file, "utf8").split(/(?<=<!-- results:begin -->)|(?=<!-- results:end -->)/u);
  writeFileSync(file, `${before}\n\n${text}\n\n${after}`);
}
