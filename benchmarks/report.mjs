import { contenders, peers } from "./contenders.mjs";
import { versionOf } from "./machine.mjs";

/** All measurements as Markdown, budgets first. */
export function report({ machine, cpu, memory, long, large, startup }) {
  return [
    machine,
    "## Budgets",
    budgets({ cpu, memory, long, large, startup }),
    "## Streaming 20,000 text events",
    streaming({ cpu, memory }),
    "## Growth",
    longStream(long),
    largeEvent(large),
    "## Start",
    table(
      ["command", "wall ms", "CPU ms"],
      startup.map(({ title, wallMs, cpuMs }) => [title, wallMs.toFixed(1), cpuMs?.toFixed(1) ?? "?"]),
    ),
  ].join("\n\n");
}

function budgets({ cpu, memory, long, large, startup }) {
  const ours = cpu.get("chatport");
  const fastest = Math.min(...peers.map(({ name }) => cpu.get(name)));
  const leanest = Math.min(...peers.map(({ name }) => memory.get(name)));
  const [bareStart, ourStart] = startup;
  const ourLarge = large.find(({ contender }) => contender.name === "chatport");
  const ourLong = long.find(({ contender }) => contender.name === "chatport");
  const rows = [
    ["CPU per event ÷ bare loop", ours / cpu.get("bare"), 1.3],
    ["CPU per event ÷ fastest peer", ours / fastest, 0.5],
    ["CPU per event that retry, fallback and routing add ÷ bare loop", (cpu.get("stack") - cpu.get("adapter")) / cpu.get("bare"), 0.3],
    ["peak memory ÷ leanest peer", memory.get("chatport") / leanest, 1.5],
    [`CPU per event of ${grouped(ourLong.events)} events ÷ of 20,000`, ourLong.long / ourLong.usual, 1.5],
    ["a 1 MB event in 1 KB pieces ÷ a 100 KB event (linear: 10)", ourLarge.largeMs / ourLarge.smallMs, 15],
    ["`chatport --version` ÷ `node -e 0`, wall", ourStart.wallMs / bareStart.wallMs, 2],
    ["`chatport --version` ÷ `node -e 0`, CPU", ourStart.cpuMs / bareStart.cpuMs, 2],
  ];
  return table(
    ["what", "measured", "at most", ""],
    rows.map(([what, measured, budget]) => [what, measured.toFixed(2), String(budget), measured <= budget ? "pass" : "miss"]),
  );
}

function streaming({ cpu, memory }) {
  const [bare, ours, ourMemory] = [cpu.get("bare"), cpu.get("chatport"), memory.get("chatport")];
  return table(
    ["client", "CPU µs/event", "÷ bare", "÷ Chatport", "peak MB", "÷ Chatport"],
    contenders.map((contender) => {
      const [micros, megabytes] = [cpu.get(contender.name), memory.get(contender.name)];
      return [
        titleOf(contender),
        micros.toFixed(2),
        ratio(micros, bare),
        ratio(micros, ours),
        megabytes.toFixed(0),
        ratio(megabytes, ourMemory),
      ];
    }),
  );
}

function longStream(rows) {
  return table(
    ["client", "CPU µs/event of 20,000", `of ${grouped(rows[0].events)}`, "ratio", "peak MB"],
    rows.map(({ contender, usual, long, peakMb }) => [
      titleOf(contender),
      usual.toFixed(2),
      long.toFixed(2),
      ratio(long, usual),
      peakMb.toFixed(0),
    ]),
  );
}

function largeEvent(rows) {
  return table(
    ["client", "100 KB event, CPU ms", "1 MB event, CPU ms", "ratio"],
    rows.map(({ contender, smallMs, largeMs }) => [titleOf(contender), smallMs.toFixed(1), largeMs.toFixed(1), ratio(largeMs, smallMs)]),
  );
}

function titleOf({ title, package: name }) {
  return name === undefined ? title : `${name} ${versionOf(name)}, ${title}`;
}

function ratio(value, base) {
  return (value / base).toFixed(2);
}

function grouped(value) {
  return value.toLocaleString("en");
}

/** A Markdown table, padded as the formatter pads it; columns after the first are numbers and stand right. */
function table(head, rows) {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column].length)));
  const line = (cells) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}
