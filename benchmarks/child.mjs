import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

/** Starts one of this folder's scripts in a process of its own; resolves when it has sent its first message. */
export async function startChild(script, args = []) {
  const child = fork(fileURLToPath(new URL(script, import.meta.url)), args, {
    execArgv: [],
    env: { ...process.env, NODE_ENV: "production" },
  });
  const died = once(child, "exit").then(([code]) =>
    Promise.reject(new Error(`${script} ended with exit code ${code}; what it said is above.`)),
  );
  // Whoever waits for an answer hears of it; an exit that was asked for is no failure.
  died.catch(() => undefined);
  const answer = async () => {
    const answered = new AbortController();
    try {
      return (await Promise.race([once(child, "message", { signal: answered.signal }), died]))[0];
    } finally {
      answered.abort();
    }
  };
  const first = await answer();
  return {
    first,
    /** Sends a message and resolves with the answer. */
    ask: async (message) => {
      child.send(message);
      return await answer();
    },
    stop: async () => {
      const exited = once(child, "exit");
      child.disconnect();
      await exited;
    },
  };
}
