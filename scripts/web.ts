import { runApp } from "./run-app.ts";

// `pnpm web ...`: the page and its server.
await runApp({ name: "@chatport/web", program: "packages/app-web/dist/server/main.js" });
