import { startContender } from "./contenders.mjs";

export const streamEvents = 20_000;

/**
 * CPU time for each streamed event, in microseconds, by contender of one format: the least of all rounds. A contender keeps its process for all its rounds and warms up in it;
 * the rounds of all contenders are interleaved and their order rotates, so that what else the machine does hits all alike.
 */
export async function measureCpu(server, contenders, { rounds, warmUps }) {
  const running = await Promise.all(contenders.map((contender) => startContender(contender)));
  const url = server.stream(contenders[0].format, streamEvents);
  const best = new Map();
  for (let round = -warmUps; round < rounds; round++) {
    for (const position of running.keys()) {
      const contender = running[(position + round + warmUps) % running.length];
      const { cpuMicros } = await contender.run(url, streamEvents);
      if (round >= 0) best.set(contender.name, Math.min(best.get(contender.name) ?? Infinity, cpuMicros / streamEvents));
    }
  }
  await Promise.all(running.map((contender) => contender.stop()));
  return best;
}

/** Peak resident memory of one stream in a fresh process, in MB, by contender: the median of the rounds. */
export async function measureMemory(server, contenders, { rounds }) {
  const peaks = new Map(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const contender of contenders) {
      const running = await startContender(contender);
      const { maxRssKb } = await running.run(server.stream(contender.format, streamEvents), streamEvents);
      await running.stop();
      peaks.get(contender.name).push(maxRssKb / 1024);
    }
  }
  return new Map([...peaks].map(([name, values]) => [name, median(values)]));
}

export function median(values) {
  const sorted = values.toSorted((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)];
}
