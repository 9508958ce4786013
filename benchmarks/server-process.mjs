// A loopback server of every format, run as a process of its own so that its work does not count as the client's. The path says what is served; what a client appends must be
// its API's own:
//   /<format>/stream/<events>/...            that many text events, in pieces of 16 KiB that are cut wherever they fall
//   /<format>/large/<characters>/<bytes>/... one text event of that many characters, each piece of so many bytes written by itself
// A module of wire/ writes a format: `head()`, `textEvent(text, position)`, and `tail(texts)`, which ends an answer of all those texts.
import { once } from "node:events";
import { createServer } from "node:http";
import { setImmediate } from "node:timers/promises";

const pieceBytes = 16 * 1024;
const blockEvents = 1_000;
// Some with characters beyond ASCII, some that JSON escapes.
const words = [" the", " answer", " is", " été", ' "ports"', " and", " more", ",", " then", "\n", " adapters"];

const server = createServer((request, response) => void answer(request, response));
server.keepAliveTimeout = 600_000;
server.listen(0, "127.0.0.1", () => process.send({ port: server.address().port }));
process.once("disconnect", () => process.exit());

async function answer(request, response) {
  request.resume();
  await once(request, "end");
  const [, format, kind, size, piece] = request.url.split("/");
  const wire = await import(`./wire/${format}.mjs`);
  if (!wire.path.test(request.url)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": wire.contentType, "cache-control": "no-cache", "x-request-id": "req_benchmark" });
  if (kind === "stream") await sendEvents(response, wire, Number(size));
  else await sendLargeEvent(response, wire, Number(size), Number(piece));
  response.end();
}

async function sendEvents(response, wire, events) {
  const texts = Array.from({ length: events }, (_, index) => words[index % words.length]);
  await write(response, wire.head());
  for (let sent = 0; sent < events; sent += blockEvents) {
    const block = texts.slice(sent, sent + blockEvents).map((text, index) => wire.textEvent(text, sent + index));
    await writePieces(response, block.join(""));
  }
  await writePieces(response, wire.tail(texts));
}

async function writePieces(response, text) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) await write(response, bytes.subarray(at, at + pieceBytes));
}

async function sendLargeEvent(response, wire, characters, bytes) {
  const text = "word ".repeat(characters / 5);
  const whole = Buffer.from(wire.head() + wire.textEvent(text, 0));
  for (let at = 0; at < whole.length; at += bytes) {
    await write(response, whole.subarray(at, at + bytes));
    await setImmediate();
  }
  await write(response, wire.tail([text]));
}

async function write(response, data) {
  if (data.length > 0 && !response.write(data)) await once(response, "drain");
}
