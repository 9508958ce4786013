import { measureAdapters } from "../adapters.mjs";
import { ratio, table, titleOf } from "../markdown.mjs";

/** Every other adapter, each against the bare loop for its own format. */
export const adapters = {
  plans: { quick: { rounds: 3, warmUps: 2 }, full: { rounds: 15, warmUps: 3 } },

  measure: measureAdapters,

  budgets: (measured) =>
    measured.map(({ title, cpu }) => [`${title}: CPU per event ÷ bare loop`, cpu.get("chatport") / cpu.get("bare"), 1.5]),

  sections: (measured) => [
    "## Every adapter, 20,000 text events of its own format",
    ...measured.flatMap(({ title, contenders, cpu }) => [`### ${title}`, adapterTable(contenders, cpu)]),
  ],
};

function adapterTable(contenders, cpu) {
  const [bare, ours] = [cpu.get("bare"), cpu.get("chatport")];
  return table(
    ["client", "CPU µs/event", "÷ bare", "÷ Chatport"],
    contenders.map((contender) => {
      const micros = cpu.get(contender.name);
      return [titleOf(contender), micros.toFixed(2), ratio(micros, bare), ratio(micros, ours)];
    }),
  );
}
