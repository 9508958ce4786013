import { measureCompose } from "../compose.mjs";
import { table } from "../markdown.mjs";

/** Loading the configuration and composing it, modules already loaded. */
export const compose = {
  plans: { quick: { processes: 3, calls: 50 }, full: { processes: 15, calls: 200 } },

  measure: (_server, plan) => measureCompose(plan),

  budgets: ({ firstMs, laterMs }) => [
    ["loading the configuration and composing, a process's first call, ms", firstMs, 15],
    ["loading the configuration and composing, later calls, ms", laterMs, 15],
  ],

  sections: ({ firstMs, leastFirstMs, laterMs, processes }) => [
    "## Composing",
    table(
      ["loading the configuration and composing", "ms"],
      [
        [`a process's first call, median of ${processes}`, firstMs.toFixed(1)],
        [`a process's first call, least of ${processes}`, leastFirstMs.toFixed(1)],
        ["later calls, median", laterMs.toFixed(1)],
      ],
    ),
  ],
};
