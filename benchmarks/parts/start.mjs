import { table } from "../markdown.mjs";
import { measureStartup } from "../startup.mjs";

/** The terminal client's start. */
export const start = {
  plans: { quick: { starts: 5 }, full: { starts: 20 } },

  measure: (_server, plan) => measureStartup(plan),

  budgets: ([bare, ours]) => [
    ["`chatport --version` ÷ `node -e 0`, wall", ours.wallMs / bare.wallMs, 2],
    ["`chatport --version` ÷ `node -e 0`, CPU", ours.cpuMs / bare.cpuMs, 2],
  ],

  sections: (commands) => [
    "## Start",
    table(
      ["command", "wall ms", "CPU ms"],
      commands.map(({ title, wallMs, cpuMs }) => [title, wallMs.toFixed(1), cpuMs?.toFixed(1) ?? "?"]),
    ),
  ],
};
