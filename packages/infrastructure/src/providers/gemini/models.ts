/** The Gemini API's wire models: strict on what is sent, loose on what is read. */
export { jsonObjectSchema } from "../../http/json-object-schema.js";
export * from "./models/answer.js";
export * from "./models/generation-config.js";
export * from "./models/model-list.js";
export * from "./models/request.js";
export * from "./models/request-part.js";
export * from "./models/request-tool.js";
export * from "./models/usage.js";
