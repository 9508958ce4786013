// Streams for a profiler to watch: node --cpu-prof benchmarks/profile.mjs [contender]
import { startServer } from "./server.mjs";
import { streamEvents } from "./streaming.mjs";

const [, , name = "chatport"] = process.argv;
const server = await startServer();
const { load } = await import(`./contenders/${name}.mjs`);
const stream = await load(server.stream(streamEvents));
for (let run = 0; run < 60; run++) await stream(() => undefined);
await server.stop();
process.exit();
