/** What the tests of requests are asked about; what they are about in particular they write themselves. */
export const image = { type: "image", mediaType: "image/png", source: { base64: "iVBORw0KGgo=" } } as const;

/** A schema in the form that every vendor enforces as it is. */
export const citySchema = {
  type: "object",
  required: ["city"],
  properties: { city: { type: "string" } },
  additionalProperties: false,
};

export const weather = { name: "weather", description: "Tells the weather.", inputSchema: citySchema };

/** A call of {@link weather}, whose arguments have a space: what `JSON.stringify` would make of them is not what came. */
export const call = { type: "tool-call", id: "call_1", name: "weather", input: { city: "Oslo" }, json: '{"city": "Oslo"}' } as const;
