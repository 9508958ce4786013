/** The wire models of what the Responses API answers, loose on what is read. */
export * from "./output-item.js";
export * from "./response.js";
export * from "./stream-event.js";
