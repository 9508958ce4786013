export { type ChatCapability, chatCapabilities } from "./chat-capability.js";
export type * from "./chat-event.js";
export {
  ApiLimitException,
  AuthenticationException,
  ChatException,
  type ChatExceptionCode,
  type ChatExceptionDetails,
  isChatException,
  NetworkException,
  ParseException,
  RequestException,
  ServerException,
  type TimeoutPhase,
} from "./chat-exception.js";
export type * from "./chat-provider.js";
export { type ChatCompletion, collect, complete, textOf } from "./collect.js";
export type * from "./json.js";
export * from "./message.js";
export type * from "./provider-factory.js";
export { requireCapabilities } from "./request-capabilities.js";
export { Secret } from "./secret.js";
export { singleUse } from "./single-use.js";
