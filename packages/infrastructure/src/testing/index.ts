export { type Exchange, type LoopbackServer, startLoopbackServer } from "./loopback-server.js";
export { type ScriptedOpenAIServer, type ScriptedServerOptions, startScriptedOpenAIServer } from "./scripted-openai-server.js";
