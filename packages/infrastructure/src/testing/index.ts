export { flood, stall, writeInPieces } from "./body-writer.js";
export { type Exchange, type LoopbackServer, startLoopbackServer } from "./loopback-server.js";
export { scriptedHarness, type ScriptedHarnessOptions } from "./scripted-harness.js";
export { startScriptedAnthropicServer } from "./scripted-anthropic-server.js";
export { startScriptedGeminiServer } from "./scripted-gemini-server.js";
export { startScriptedOllamaServer } from "./scripted-ollama-server.js";
export { startScriptedOpenAIResponsesServer } from "./scripted-openai-responses-server.js";
export { startScriptedOpenAIServer } from "./scripted-openai-server.js";
export { type ScriptedServer, type ScriptedServerOptions, type ScriptedWire, startScriptedServer } from "./scripted-server.js";
