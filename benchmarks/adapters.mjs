import { adapters } from "./contenders.mjs";
import { measureCpu } from "./streaming.mjs";

/** CPU time for each streamed event of every adapter, of the bare loop for its format, and of the vendor's own client. `cpu` is by contender. */
export async function measureAdapters(server, plan) {
  const measured = [];
  for (const { title, contenders } of adapters) {
    measured.push({ title, contenders, cpu: await measureCpu(server, contenders, plan) });
  }
  return measured;
}
