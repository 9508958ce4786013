import fc from "fast-check";

/** An event of an API that names each event like the `type` of its data, as Anthropic's Messages and OpenAI's Responses do. */
export function namedEvent(data: object): string {
  const { type } = { type: "odd", ...data };
  return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** What such a stream may hold and no reader may mind. */
export const harmlessNamedEvents: fc.Arbitrary<string> = fc.constantFrom(
  ": comment\n\n",
  "\n\n",
  "data:\n\n",
  "id: 1\n\n",
  "data: 5\n\n",
  "event: note\ndata: hello\n\n",
  "data: [DONE]\n\n",
);
