// Streams for a profiler to watch: node --cpu-prof benchmarks/profile.mjs [format] [contender] [streams]
import { startServer } from "./server.mjs";
import { streamEvents } from "./streaming.mjs";

const [, , format = "completions", name = "chatport", streams = "60"] = process.argv;
const server = await startServer();
const { load } = await import(`./contenders/${format}/${name}.mjs`);
const stream = await load(server.stream(format, streamEvents));
for (let run = 0; run < Number(streams); run++) await stream(() => undefined);
await server.stop();
process.exit();
