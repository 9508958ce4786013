import type { MiddlewareHandler } from "hono";

const loopbackNames: ReadonlySet<string> = new Set(["127.0.0.1", "localhost", "[::1]"]);

/**
 * Lets only this server's own page in. A page of another site reaches a server on this machine by a name of its own that leads here (DNS rebinding; the `Host`
 * gives it away), or by this server's name (the `Origin` does).
 */
export const sameOriginOnly: MiddlewareHandler = async (context, next) => {
  const host = context.req.header("host") ?? "";
  const origin = context.req.header("origin");
  const site = context.req.header("sec-fetch-site") ?? "none";
  const isOwn = origin === undefined || origin === `http://${host}`;
  // A link from another site may open the page; it may not ask for an answer.
  const isAsked = context.req.method !== "POST" || site === "none" || site === "same-origin";
  if (!isLoopback(host) || !isOwn || !isAsked) return context.text("This server answers its own page only.", 403);
  return next();
};

function isLoopback(host: string): boolean {
  const name = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(host)?.[1];
  return name !== undefined && loopbackNames.has(name.toLowerCase());
}
