/** The Messages API's wire models: strict on what is sent, loose on what is read. */
export { jsonObjectSchema } from "../../http/json-object-schema.js";
export * from "./models/answer.js";
export * from "./models/content-block.js";
export * from "./models/model-list.js";
export * from "./models/request.js";
export * from "./models/request-content.js";
export * from "./models/stream-event.js";
export * from "./models/typed-object.js";
