import { contenders, startContender } from "./contenders.mjs";
import { streamEvents } from "./streaming.mjs";

/**
 * CPU time for each event of a long stream and of usual ones before it in the same process, in microseconds, and the peak memory in MB. Bare loop and Chatport alone: the peers
 * would take minutes.
 */
export async function measureLongStream(server, { longEvents, rounds }) {
  const rows = [];
  for (const contender of contenders.slice(0, 2)) {
    const running = await startContender(contender);
    const usual = await leastCpu(running, server.stream(contender.format, streamEvents), streamEvents, rounds);
    const { cpuMicros, maxRssKb } = await running.run(server.stream(contender.format, longEvents), longEvents);
    await running.stop();
    rows.push({ contender, events: longEvents, usual: usual / streamEvents, long: cpuMicros / longEvents, peakMb: maxRssKb / 1024 });
  }
  return rows;
}

/** What one event of 100 KB and one of 1 MB cost when they arrive in pieces of 1 KB, in milliseconds of CPU time, by contender: the least of the rounds. */
export async function measureLargeEvent(server, { rounds }) {
  const rows = [];
  for (const contender of contenders) {
    const running = await startContender(contender);
    const small = await leastCpu(running, server.large(contender.format, 100_000), 1, rounds);
    const large = await leastCpu(running, server.large(contender.format, 1_000_000), 1, rounds);
    await running.stop();
    rows.push({ contender, smallMs: small / 1_000, largeMs: large / 1_000 });
  }
  return rows;
}

async function leastCpu(running, url, events, rounds) {
  let least = Infinity;
  for (let round = 0; round < rounds; round++) least = Math.min(least, (await running.run(url, events)).cpuMicros);
  return least;
}
