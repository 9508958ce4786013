import type { Preset } from "./preset.js";

// By address, not by the name "localhost": that may mean ::1 first, where these servers do not listen. A key is sent where a table names one.

/** llama.cpp's llama-server, on its usual port. */
export const llamacpp: Preset = {
  baseUrl: "http://127.0.0.1:8080/v1",
  documentation: "https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md",
};

/** LM Studio's server, on its usual port. */
export const lmstudio: Preset = {
  baseUrl: "http://127.0.0.1:1234/v1",
  documentation: "https://lmstudio.ai/docs/api/openai-api",
};

/** vLLM's server, on its usual port. */
export const vllm: Preset = {
  baseUrl: "http://127.0.0.1:8000/v1",
  documentation: "https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html",
};
