// A loopback server of the Chat Completions API, run as a process of its own so that its work does not count as the client's. The path says what is served:
//   /stream/<events>/v1/chat/completions           that many text events, in pieces of 16 KiB that are cut wherever they fall
//   /large/<characters>/<bytes>/v1/chat/completions one text event of that many characters, each piece of so many bytes written by itself
import { once } from "node:events";
import { createServer } from "node:http";
import { setImmediate } from "node:timers/promises";

const pieceBytes = 16 * 1024;
const blockEvents = 1_000;

const server = createServer((request, response) => void answer(request, response));

async function answer(request, response) {
  request.resume();
  await once(request, "end");
  const [, kind, size, piece] = request.url.split("/");
  response.writeHead(200, {
    "content-type": "text/event-stream; charset=utf-8",
    "cache-control": "no-cache",
    "x-request-id": "req_benchmark",
  });
  if (kind === "stream") await sendEvents(response, Number(size));
  else await sendLargeEvent(response, Number(size), Number(piece));
  response.end();
}

server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.once("disconnect", () => process.exit());

async function sendEvents(response, events) {
  await write(response, event({ delta: { role: "assistant", content: "", refusal: null } }));
  for (let sent = 0; sent < events; sent += blockEvents) {
    const block = Buffer.from(textEvents(sent, Math.min(blockEvents, events - sent)));
    for (let at = 0; at < block.length; at += pieceBytes) await write(response, block.subarray(at, at + pieceBytes));
  }
  await write(response, tail);
}

async function sendLargeEvent(response, characters, bytes) {
  const whole = Buffer.from(event({ delta: { content: "word ".repeat(characters / 5) } }));
  for (let at = 0; at < whole.length; at += bytes) {
    await write(response, whole.subarray(at, at + bytes));
    await setImmediate();
  }
  await write(response, tail);
}

async function write(response, data) {
  if (!response.write(data)) await once(response, "drain");
}

function textEvents(from, count) {
  return Array.from({ length: count }, (_, index) => event({ delta: { content: words[(from + index) % words.length] } })).join("");
}

// The fields and the padding ("obfuscation") of OpenAI's own chunks: 300 bytes or so for each token.
function event(choice, usage = null) {
  const choices = choice === undefined ? [] : [{ index: 0, logprobs: null, finish_reason: null, ...choice }];
  return `data: ${JSON.stringify({
    id: "chatcmpl-CYp0tUqQ3sT7xW2nZfK9dLmR5vHbA",
    object: "chat.completion.chunk",
    created: 1_763_800_000,
    model: "gpt-5-mini-2025-08-07",
    service_tier: "default",
    system_fingerprint: null,
    choices,
    usage,
    obfuscation: "kT3vQz8w",
  })}\n\n`;
}

// Some with characters beyond ASCII, some that JSON escapes.
const words = [" the", " answer", " is", " été", ' "ports"', " and", " more", ",", " then", "\n", " adapters"];
const tail = `${event({ delta: {}, finish_reason: "stop" })}${event(undefined, {
  prompt_tokens: 9,
  completion_tokens: 20_000,
  total_tokens: 20_009,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 },
})}data: [DONE]\n\n`;
