/** The wire models of Ollama's own API: strict on what is sent, loose on what is read. */
export { jsonObjectSchema } from "../../http/json-object-schema.js";
export * from "./models/chat-line.js";
export * from "./models/chat-request.js";
export * from "./models/model-tags.js";
