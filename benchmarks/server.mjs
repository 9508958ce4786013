import { startChild } from "./child.mjs";

/** Starts the loopback server in a process of its own, and knows its base URLs: to each, a contender appends what its API has. */
export async function startServer() {
  const { first, stop } = await startChild("server-process.mjs");
  const origin = `http://127.0.0.1:${first.port}`;
  return {
    stop,
    /** Of a stream of so many text events. */
    stream: (format, events) => `${origin}/${format}/stream/${events}`,
    /** Of one text event of so many characters, in pieces of 1 KB. */
    large: (format, characters) => `${origin}/${format}/large/${characters}/1024`,
  };
}
