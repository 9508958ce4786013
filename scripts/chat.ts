import { runApp } from "./run-app.ts";

// `pnpm chat ...`: the terminal client.
await runApp({ name: "@chatport/cli", program: "packages/app-cli/dist/chatport.js" });
