import { compose } from "@chatport/infrastructure";
import { loadConfiguration } from "@chatport/infrastructure/config";
import { serve } from "@hono/node-server";
import { createChatHandler } from "./chat-handler.ts";

const chat = compose(await loadConfiguration());
const port = Number(process.env["PORT"] ?? 3000);

serve({ fetch: createChatHandler(chat.provider), hostname: "127.0.0.1", port }, (address) => {
  console.log(`${chat.description} answers at http://127.0.0.1:${address.port}`);
});
