import { serverSentEvent } from "./server-sent-event.js";
import { strangeId } from "./strange-id.js";

type Block = readonly [start: object, ...deltas: object[]];

/** Pieces of https://platform.claude.com/docs/en/build-with-claude/streaming, and a server tool's block that was cut, which no request can hold. */
export function messagesStream(name: string): string {
  const usage = { input_tokens: 1, output_tokens: 1 };
  const opening = { id: "msg_1", type: "message", role: "assistant", model: "m", content: [], stop_reason: null, stop_sequence: null };
  return [
    event("message_start", { message: { ...opening, usage } }),
    ...blocksOf(name).flatMap(([block, ...deltas], index) => [
      event("content_block_start", { index, content_block: block }),
      ...deltas.map((delta) => event("content_block_delta", { index, delta })),
      event("content_block_stop", { index }),
    ]),
    event("message_delta", { delta: { stop_reason: "tool_use", stop_sequence: null }, usage: { output_tokens: 9 } }),
    event("message_stop", {}),
  ].join("");
}

function event(type: string, fields: object): string {
  return serverSentEvent({ type, ...fields }, type);
}

function blocksOf(name: string): readonly Block[] {
  const citation = {
    type: "web_search_result_location",
    url: "https://example.com",
    title: "Example",
    encrypted_index: "x",
    cited_text: `CITED${name}MARK`,
  };
  const found = {
    type: "web_search_result",
    title: `FOUND${name}MARK`,
    url: "https://example.com",
    encrypted_content: "x",
    page_age: null,
  };
  return [
    [
      { type: "thinking", thinking: "", signature: "" },
      { type: "thinking_delta", thinking: `REASON${name}MARK` },
      { type: "signature_delta", signature: `STATE${name}MARK` },
    ],
    [{ type: "redacted_thinking", data: `STATEHIDDEN${name}MARK` }],
    [
      { type: "text", text: "" },
      { type: "text_delta", text: `TEXT${name}MARK` },
      { type: "citations_delta", citation },
    ],
    [
      { type: "server_tool_use", id: "srvtoolu_1", name: "web_search", input: {} },
      { type: "input_json_delta", partial_json: `{"query":"SEARCH${name}MARK"}` },
    ],
    [{ type: "web_search_tool_result", tool_use_id: "srvtoolu_1", content: [found] }],
    [
      { type: "server_tool_use", id: "srvtoolu_2", name: "web_search", input: {} },
      { type: "input_json_delta", partial_json: `{"query":"CUT${name}MARK` },
    ],
    callOf(name, `toolu_${name}`, "ARGUMENTS"),
    callOf(name, strangeId(name), "ALSO"),
  ];
}

function callOf(name: string, id: string, mark: string): Block {
  return [
    { type: "tool_use", id, name: "weather", input: {} },
    { type: "input_json_delta", partial_json: `{"city":"${mark}${name}MARK"}` },
  ];
}
