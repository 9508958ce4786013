// What the adapter of OpenAI's Responses API is measured by: fetch, decode, cut at blank lines, parse.
export async function load(baseURL) {
  return async (read) => {
    const response = await fetch(`${baseURL}/v1/responses`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer sk-test" },
      body: JSON.stringify({ model: "gpt-5-mini", input: "hi", stream: true }),
    });
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of response.body) {
      const text = rest + decoder.decode(bytes, { stream: true });
      let start = 0;
      for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n", start)) {
        const event = JSON.parse(text.slice(text.indexOf("\ndata: ", start) + 7, end));
        start = end + 2;
        if (event.type === "response.output_text.delta") read(event.delta);
      }
      rest = text.slice(start);
    }
  };
}
