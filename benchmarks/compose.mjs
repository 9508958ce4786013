import { startChild } from "./child.mjs";
import { median } from "./streaming.mjs";

/**
 * What loading the configuration and composing it takes once the modules are loaded, in milliseconds of wall time: the first call of a process, which runs all code for the
 * first time (the median and the least of several processes), and the median of the later calls of all.
 */
export async function measureCompose({ processes, calls }) {
  const of = (user) => measureUser(user, processes, calls);
  return { three: await of("three"), everything: await of("everything"), processes };
}

async function measureUser(user, processes, calls) {
  const first = [];
  const later = [];
  for (let started = 0; started < processes; started++) {
    const child = await startChild("compose-process.mjs", [user, String(calls)]);
    first.push(child.first.firstMs);
    later.push(...child.first.laterMs);
    await child.stop();
  }
  return { firstMs: median(first), leastFirstMs: Math.min(...first), laterMs: median(later) };
}
