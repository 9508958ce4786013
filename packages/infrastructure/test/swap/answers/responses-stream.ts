import { serverSentEvent } from "./server-sent-event.js";
import { strangeId } from "./strange-id.js";

/** Events of https://platform.openai.com/docs/api-reference/responses-streaming, with sealed reasoning and a search of the server's own. */
export function responsesStream(name: string): string {
  const output = itemsOf(name);
  const response = { id: "resp_1", object: "response", created_at: 1, model: "m", status: "in_progress", output: [] };
  const events: readonly (readonly [string, object])[] = [
    ["response.created", { response }],
    ...output.flatMap((item, index): (readonly [string, object])[] => [
      ["response.output_item.added", { output_index: index, item }],
      ["response.output_item.done", { output_index: index, item }],
    ]),
    ["response.completed", { response: { ...response, status: "completed", output } }],
  ];
  return events.map(([type, fields], index) => serverSentEvent({ type, sequence_number: index, ...fields }, type)).join("");
}

function itemsOf(name: string): readonly object[] {
  const citation = { type: "url_citation", url: `https://example.com/CITED${name}MARK`, title: "Example", start_index: 0, end_index: 4 };
  return [
    {
      id: "rs_1",
      type: "reasoning",
      summary: [{ type: "summary_text", text: `REASON${name}MARK` }],
      encrypted_content: `STATE${name}MARK`,
    },
    { id: "ws_1", type: "web_search_call", status: "completed", action: { type: "search", query: `SEARCH${name}MARK`, queries: [] } },
    {
      id: "msg_1",
      type: "message",
      role: "assistant",
      status: "completed",
      content: [
        { type: "output_text", text: `TEXT${name}MARK`, annotations: [citation] },
        { type: "refusal", refusal: `REFUSAL${name}MARK` },
      ],
    },
    callOf(name, 1, `call_${name}`, "ARGUMENTS"),
    callOf(name, 2, strangeId(name), "ALSO"),
  ];
}

function callOf(name: string, number: number, id: string, mark: string): object {
  const json = JSON.stringify({ city: `${mark}${name}MARK` });
  return { id: `fc_${number}`, type: "function_call", call_id: id, name: "weather", arguments: json, status: "completed" };
}
