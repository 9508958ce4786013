// Chatport's speed beside its peers', in one run: node benchmarks/run.mjs [--quick] [--rounds 9]. Prints the report and, unless --quick, writes it into README.md.
// Times are shown against their budgets and never fail the run; a client that does not read the whole stream does.
import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { measureLargeEvent, measureLongStream } from "./growth.mjs";
import { machineFacts } from "./machine.mjs";
import { prepare } from "./prepare.mjs";
import { report } from "./report.mjs";
import { startServer } from "./server.mjs";
import { measureStartup } from "./startup.mjs";
import { measureCpu, measureMemory } from "./streaming.mjs";

const { values } = parseArgs({ options: { quick: { type: "boolean", default: false }, rounds: { type: "string", default: "9" } } });
const plan = values.quick
  ? {
      cpu: { rounds: 3, warmUps: 2 },
      memory: { rounds: 1 },
      long: { longEvents: 200_000, rounds: 5 },
      large: { rounds: 10 },
      startup: { starts: 5 },
    }
  : {
      cpu: { rounds: Number(values.rounds), warmUps: 3 },
      memory: { rounds: 3 },
      long: { longEvents: 1_000_000, rounds: 9 },
      large: { rounds: 30 },
      startup: { starts: 20 },
    };

prepare();
const machine = `${machineFacts()} CPU per event: the least of ${plan.cpu.rounds} rounds.`;
const server = await startServer();
const results = report({
  machine,
  cpu: await step("CPU per event", () => measureCpu(server, plan.cpu)),
  memory: await step("peak memory", () => measureMemory(server, plan.memory)),
  long: await step("a long stream", () => measureLongStream(server, plan.long)),
  large: await step("a large event", () => measureLargeEvent(server, plan.large)),
  startup: await step("start", () => measureStartup(plan.startup)),
});
await server.stop();
console.log(`\n${results}`);
if (!values.quick) writeResults(results);

async function step(what, measure) {
  console.error(`Measuring ${what} ...`);
  return await measure();
}

function writeResults(text) {
  const file = new URL("README.md", import.meta.url);
  const [before, , after] = readFileSync(file, "utf8").split(/(?<=<!-- results:begin -->)|(?=<!-- results:end -->)/u);
  writeFileSync(file, `${before}\n\n${text}\n\n${after}`);
}
