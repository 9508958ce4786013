#!/usr/bin/env node
// The program's entry: it must start fast, and speak plainly on a Node.js too old for the rest. So it loads the program itself only when that is needed.
// The default export, because naming what an old Node.js does not have is a syntax error there.
import nodeModule from "node:module";
import { cacheFolder } from "./cache-folder.js";

/** Replaced by the bundler with the version of package.json. */
declare const CHATPORT_VERSION: string;

const args = process.argv.slice(2);
const [major = 0, minor = 0] = process.versions.node.split(".").map(Number);

if (major < 22 || (major === 22 && minor < 13)) {
  process.stderr.write(`chatport: Node.js 22.13 or later is needed; this is ${process.versions.node}\n`);
  process.exitCode = 1;
} else if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
  // A reader that has gone is no error.
  process.stdout.on("error", () => {});
  process.stdout.write(`${CHATPORT_VERSION}\n`);
} else {
  // Not the default directory, which is a shared one (/tmp): another user could put code there.
  const folder = process.env["NODE_COMPILE_CACHE"] === undefined ? cacheFolder() : undefined;
  if (folder !== undefined) nodeModule.enableCompileCache(folder);
  // oxlint-disable-next-line no-restricted-imports -- the entry is what starts the composition root
  const { main } = await import("./main.js");
  // A plug-in may have left a timer or a socket open, which would keep the process for ever.
  process.exit(await main(args, CHATPORT_VERSION));
}
