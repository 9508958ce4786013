import { measureCompose } from "../compose.mjs";
import { table } from "../markdown.mjs";

/** Loading the configuration and composing it, modules already loaded. */
export const compose = {
  plans: { quick: { processes: 3, calls: 50 }, full: { processes: 15, calls: 200 } },

  measure: (_server, plan) => measureCompose(plan),

  budgets: ({ three, everything }) => [
    ["loading and composing three providers behind a fallback, a process's first call, ms", three.firstMs, 15],
    ["the same, later calls, ms", three.laterMs, 15],
    ["loading and composing ten providers behind a router and a fallback, later calls, ms", everything.laterMs, 15],
  ],

  sections: ({ three, everything, processes }) => [
    "## Composing",
    table(
      ["loading the configuration and composing, ms", `first call, median of ${processes}`, "least", "later calls"],
      [row("three providers behind a fallback", three), row("ten providers behind a router and a fallback", everything)],
    ),
  ],
};

function row(what, { firstMs, leastFirstMs, laterMs }) {
  return [what, firstMs.toFixed(1), leastFirstMs.toFixed(1), laterMs.toFixed(1)];
}
