import { table } from "./markdown.mjs";

/** What the parts have measured, as Markdown: the budgets of all first, then each part's tables. */
export function report(machine, measured) {
  const budgets = measured.flatMap(({ part, results }) => part.budgets(results));
  const sections = measured.flatMap(({ part, results }) => part.sections(results));
  return [machine, "## Budgets", budgetTable(budgets), ...sections].join("\n\n");
}

function budgetTable(rows) {
  return table(
    ["what", "measured", "at most", ""],
    rows.map(([what, measured, budget]) => [what, measured.toFixed(2), String(budget), measured <= budget ? "pass" : "miss"]),
  );
}
