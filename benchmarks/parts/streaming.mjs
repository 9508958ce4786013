import { contenders, peers } from "../contenders.mjs";
import { measureLargeEvent, measureLongStream } from "../growth.mjs";
import { grouped, ratio, table, titleOf } from "../markdown.mjs";
import { measureCpu, measureMemory } from "../streaming.mjs";

/** Chat Completions: Chatport, its stack of policies, and the peers. */
export const streaming = {
  plans: {
    quick: { cpu: { rounds: 3, warmUps: 2 }, memory: { rounds: 1 }, long: { longEvents: 200_000, rounds: 5 }, large: { rounds: 10 } },
    full: { cpu: { rounds: 9, warmUps: 3 }, memory: { rounds: 3 }, long: { longEvents: 1_000_000, rounds: 9 }, large: { rounds: 30 } },
  },

  async measure(server, plan) {
    return {
      cpu: await measureCpu(server, contenders, plan.cpu),
      memory: await measureMemory(server, contenders, plan.memory),
      long: await measureLongStream(server, plan.long),
      large: await measureLargeEvent(server, plan.large),
    };
  },

  budgets({ cpu, memory, long, large }) {
    const ours = cpu.get("chatport");
    const fastest = Math.min(...peers.map(({ name }) => cpu.get(name)));
    const leanest = Math.min(...peers.map(({ name }) => memory.get(name)));
    const ourLarge = large.find(({ contender }) => contender.name === "chatport");
    const ourLong = long.find(({ contender }) => contender.name === "chatport");
    return [
      ["CPU per event ÷ bare loop", ours / cpu.get("bare"), 1.3],
      ["CPU per event ÷ fastest peer", ours / fastest, 0.5],
      ["CPU per event that retry, fallback and routing add ÷ bare loop", (cpu.get("stack") - cpu.get("adapter")) / cpu.get("bare"), 0.3],
      ["peak memory ÷ leanest peer", memory.get("chatport") / leanest, 1.5],
      [`CPU per event of ${grouped(ourLong.events)} events ÷ of 20,000`, ourLong.long / ourLong.usual, 1.5],
      ["a 1 MB event in 1 KB pieces ÷ a 100 KB event (linear: 10)", ourLarge.largeMs / ourLarge.smallMs, 15],
    ];
  },

  sections: ({ cpu, memory, long, large }) => [
    "## Streaming 20,000 text events",
    streamingTable(cpu, memory),
    "## Growth",
    longStreamTable(long),
    largeEventTable(large),
  ],
};

function streamingTable(cpu, memory) {
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

function longStreamTable(rows) {
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

function largeEventTable(rows) {
  return table(
    ["client", "100 KB event, CPU ms", "1 MB event, CPU ms", "ratio"],
    rows.map(({ contender, smallMs, largeMs }) => [titleOf(contender), smallMs.toFixed(1), largeMs.toFixed(1), ratio(largeMs, smallMs)]),
  );
}
