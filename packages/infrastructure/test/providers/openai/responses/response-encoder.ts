/** How a server tells of its answer, where servers differ. All but the first are seen in the wild or in proxies. */
export interface Manner {
  readonly deltas: boolean;
  /** `output_item.added`. */
  readonly added: boolean;
  /** What is announced is the whole item already. */
  readonly begun: boolean;
  /** The final event of a text. */
  readonly finals: boolean;
  /** `output_item.done`. */
  readonly done: boolean;
  /** `zero`: the same for all items. */
  readonly index: "own" | "none" | "zero";
  /** `rotating`: another one in every event; `same`: one for all items. */
  readonly ids: "own" | "none" | "rotating" | "same";
  /** Whether the last event holds the output again. */
  readonly output: boolean;
}

export const asDocumented: Manner = {
  deltas: true,
  added: true,
  begun: false,
  finals: true,
  done: true,
  index: "own",
  ids: "own",
  output: true,
};

interface Part {
  readonly type: string;
  readonly text?: string;
  readonly refusal?: string;
}

/** An output item of any type, as far as its pieces are concerned. */
export interface Item {
  readonly type: string;
  readonly id?: string;
  readonly content?: readonly Part[];
  readonly summary?: readonly Part[];
  readonly arguments?: string;
}

/** The event stream that tells of these items in this manner. */
export function encode(output: readonly Item[], manner: Manner): string {
  let count = 0;
  const idOf = (id: string): string | undefined => {
    if (manner.ids === "same") return "item_0";
    return manner.ids === "own" ? id : manner.ids === "none" ? undefined : `${id}-${count++}`;
  };
  const told = (item: Item): Item => {
    const { id = "", ...rest } = item;
    const known = idOf(id);
    return known === undefined ? rest : { id: known, ...rest };
  };
  const events = output.flatMap((item, index) => {
    const place = manner.index === "none" ? {} : { output_index: manner.index === "own" ? index : 0 };
    const inner = (): object => {
      const item_id = idOf(item.id ?? "");
      return item_id === undefined ? place : { ...place, item_id };
    };
    return [
      ...(manner.added ? [event("response.output_item.added", { ...place, item: told(manner.begun ? item : emptied(item)) })] : []),
      ...textsOf(item).flatMap((text) => piecesOf(text, inner, manner)),
      ...(manner.done ? [event("response.output_item.done", { ...place, item: told(item) })] : []),
    ];
  });
  const response = { status: "completed", output: manner.output ? output.map(told) : [] };
  return [event("response.created", { response: { id: "resp_1", model: "m" } }), ...events, event("response.completed", { response })].join(
    "",
  );
}

interface Text {
  readonly event: string;
  readonly key: string;
  readonly at: object;
  readonly text: string;
}

function textsOf({ content = [], summary = [], arguments: json }: Item): readonly Text[] {
  return [
    ...summary.map(({ text = "" }, summary_index) => ({ event: "reasoning_summary_text", key: "text", at: { summary_index }, text })),
    ...content.map(({ type, text, refusal }, content_index) => ({
      event: type,
      key: type === "refusal" ? "refusal" : "text",
      at: { content_index },
      text: text ?? refusal ?? "",
    })),
    ...(json === undefined ? [] : [{ event: "function_call_arguments", key: "arguments", at: {}, text: json }]),
  ];
}

function piecesOf({ event: name, key, at, text }: Text, inner: () => object, { deltas, finals }: Manner): readonly string[] {
  const pieces = deltas ? [text.slice(0, text.length / 2), text.slice(text.length / 2)] : [];
  return [
    ...pieces.map((delta) => event(`response.${name}.delta`, { ...inner(), ...at, delta })),
    ...(finals ? [event(`response.${name}.done`, { ...inner(), ...at, [key]: text })] : []),
  ];
}

function emptied(item: Item): Item {
  return {
    ...item,
    ...(item.content && { content: [] }),
    ...(item.summary && { summary: [] }),
    ...(item.arguments !== undefined && { arguments: "" }),
  };
}

function event(type: string, fields: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`;
}
