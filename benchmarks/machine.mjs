import { readFileSync } from "node:fs";
import { arch, cpus, loadavg, platform, release, totalmem } from "node:os";

/** What the figures depend on, as one sentence. */
export function machineFacts() {
  const [cpu] = cpus();
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  const date = new Date().toISOString().slice(0, 10);
  const load = loadavg()[0].toFixed(1);
  return `${date}, Node ${process.version}, ${cpus().length} × ${cpu?.model.trim()}, ${memory}, ${platform()} ${arch()} ${release()}, load average ${load} at the start.`;
}

/** The installed version of a peer. */
export function versionOf(name) {
  return JSON.parse(readFileSync(new URL(`node_modules/${name}/package.json`, import.meta.url), "utf8")).version;
}
