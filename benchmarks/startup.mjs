import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { median } from "./streaming.mjs";

const cliFolder = new URL("../packages/app-cli/", import.meta.url);

/** What `chatport --version` takes beside a Node that does nothing, in milliseconds: wall time (the median of interleaved starts) and CPU time (the mean). */
export function measureStartup({ starts }) {
  const { bin } = JSON.parse(readFileSync(new URL("package.json", cliFolder), "utf8"));
  const commands = [
    { title: "`node -e 0`", args: ["-e", "0"], wall: [] },
    {
      title: "`chatport --version`",
      args: [fileURLToPath(new URL(typeof bin === "string" ? bin : bin.chatport, cliFolder)), "--version"],
      wall: [],
    },
  ];
  // The first start of each fills the disk's and the compiler's caches.
  for (let start = -1; start < starts; start++) {
    for (const command of commands) {
      const begun = performance.now();
      run(process.execPath, command.args);
      if (start >= 0) command.wall.push(performance.now() - begun);
    }
  }
  return commands.map(({ title, args, wall }) => ({ title, wallMs: median(wall), cpuMs: cpuOf(args, starts) }));
}

/** CPU time of one start. Node does not tell what its children used, a POSIX shell does; undefined where there is none. */
function cpuOf(args, starts) {
  const loop = 'count=$1; shift; while [ "$count" -gt 0 ]; do "$@" >/dev/null || exit 1; count=$((count - 1)); done; times';
  if (process.platform === "win32") return undefined;
  const times = run("sh", ["-c", loop, "sh", String(starts), process.execPath, ...args]);
  const children = times
    .trim()
    .split("\n")
    .at(-1)
    .matchAll(/(\d+)m([\d.]+)s/gu);
  return children.reduce((sum, [, minutes, seconds]) => sum + (Number(minutes) * 60 + Number(seconds)) * 1_000, 0) / starts;
}

function run(command, args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: "utf8" });
  if (error !== undefined || status !== 0) throw new Error(`${args.join(" ")} failed: ${error?.message ?? stderr}`);
  return stdout;
}
