export { stall, writeInPieces } from "./body-writer.js";
export { type Exchange, type LoopbackServer, startLoopbackServer } from "./loopback-server.js";
export { type ScriptedAnthropicServer, startScriptedAnthropicServer } from "./scripted-anthropic-server.js";
export { type ScriptedGeminiServer, startScriptedGeminiServer } from "./scripted-gemini-server.js";
export { type ScriptedOllamaOptions, type ScriptedOllamaServer, startScriptedOllamaServer } from "./scripted-ollama-server.js";
export { type ScriptedOpenAIServer, type ScriptedServerOptions, startScriptedOpenAIServer } from "./scripted-openai-server.js";
