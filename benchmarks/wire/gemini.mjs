// Responses of Google's streamGenerateContent with alt=sse (https://ai.google.dev/api/generate-content#generatecontentresponse): each counts the tokens so far.
export const path = /:streamGenerateContent\?alt=sse$/u;
export const contentType = "text/event-stream";

export function head() {
  return "";
}

export function textEvent(text, position) {
  return response(text, position + 1);
}

export function tail(texts) {
  return response("", texts.length, { finishReason: "STOP" });
}

function response(text, tokens, ending = {}) {
  return `data: ${JSON.stringify({
    candidates: [{ content: { parts: [{ text }], role: "model" }, ...ending, index: 0 }],
    usageMetadata: {
      promptTokenCount: 9,
      candidatesTokenCount: tokens,
      totalTokenCount: tokens + 9,
      promptTokensDetails: [{ modality: "TEXT", tokenCount: 9 }],
    },
    modelVersion: "gemini-3.8-flash",
    responseId: "mNlzaKGdMsaJkdUP5N7v8Q0",
  })}\r\n\r\n`;
}
