import { type ChatProvider, userMessage } from "@chatport/domain";
import { Hono } from "hono";
import { bodyLimit } from "hono/body-limit";
import { frameBody } from "./frame-body.js";
import { pageHeaders } from "./page-headers.js";
import { sameOriginOnly } from "./same-origin.js";

/** What the server's routes need. */
export interface ApplicationOptions {
  readonly provider: ChatProvider;
  /** Who answers, for people. */
  readonly description: string;
  /** The page's files by path, `/` among them. */
  readonly page: ReadonlyMap<string, PageFile>;
  /** Ends all answers; its reason is what they end with. */
  readonly shutdown?: AbortSignal;
  /** Told of faults of the server itself. */
  readonly onFault?: (error: unknown) => void;
  /** After this much silence in an answer an empty line is sent, in milliseconds. Default 15,000. */
  readonly heartbeatMs?: number;
}

export interface PageFile {
  readonly type: string;
  readonly content: string;
}

/** The longest request, in bytes. */
const maximumRequestBytes = 256 * 1024;

/** The page, and `POST /api/chat`: `{"prompt": "..."}` in, {@link ChatFrame | frames} out. */
export function createApplication(options: ApplicationOptions): Hono {
  const { provider, description, page, shutdown, onFault = () => {}, heartbeatMs = 15_000 } = options;
  const application = new Hono();
  application.use(pageHeaders, sameOriginOnly);
  application.get("/api/provider", (context) => context.json({ description }));
  application.post("/api/chat", bodyLimit({ maxSize: maximumRequestBytes }), async (context) => {
    // A form of another site cannot send this type without asking first.
    if (context.req.header("content-type")?.split(";")[0]?.trim() !== "application/json")
      return context.text("Expected application/json.", 415);
    const prompt = promptIn(await context.req.text());
    if (prompt === undefined) return context.text('Expected {"prompt": "..."}.', 400);
    const departure = context.req.raw.signal;
    const signal = AbortSignal.any([departure, ...(shutdown === undefined ? [] : [shutdown])]);
    const events = provider.stream({ messages: [userMessage(prompt)] }, { signal });
    return context.body(frameBody(events, { heartbeatMs, departure, onFault }), 200, {
      "content-type": "application/x-ndjson; charset=utf-8",
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    });
  });
  application.get("*", (context) => {
    const file = page.get(context.req.path);
    return file === undefined
      ? context.text("There is no such page.", 404)
      : context.body(file.content, 200, { "content-type": file.type });
  });
  return application;
}

function promptIn(body: string): string | undefined {
  try {
    const request: unknown = JSON.parse(body);
    const prompt = typeof request === "object" && request !== null && "prompt" in request ? request.prompt : undefined;
    return typeof prompt === "string" && prompt.trim() !== "" ? prompt : undefined;
  } catch {
    return undefined;
  }
}
