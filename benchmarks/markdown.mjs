import { versionOf } from "./machine.mjs";

/** A Markdown table, padded as the formatter pads it; columns after the first are numbers and stand right. */
export function table(head, rows) {
  const widths = head.map((title, column) => Math.max(3, title.length, ...rows.map((row) => row[column].length)));
  const line = (cells) =>
    `| ${cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join(" | ")} |`;
  const rule = widths.map((width, column) => (column === 0 ? "-".repeat(width) : `${"-".repeat(width - 1)}:`));
  return [line(head), `| ${rule.join(" | ")} |`, ...rows.map(line)].join("\n");
}

/** What a contender is called: a peer with its version. */
export function titleOf({ title, package: name }) {
  return name === undefined ? title : `${name} ${versionOf(name)}, ${title}`;
}

export function ratio(value, base) {
  return (value / base).toFixed(2);
}

export function grouped(value) {
  return value.toLocaleString("en");
}
