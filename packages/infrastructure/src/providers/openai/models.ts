/** The Chat Completions API's wire models: strict on what is sent, loose on what is read. */
export { jsonObjectSchema } from "../../http/json-object-schema.js";
export * from "./models/answer.js";
export * from "./models/answer-message.js";
export * from "./models/error-body.js";
export * from "./models/model-list.js";
export * from "./models/request.js";
export * from "./models/request-message.js";
export * from "./models/request-tool.js";
export * from "./models/usage.js";
