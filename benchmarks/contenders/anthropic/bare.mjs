// What the Anthropic adapter is measured by: fetch, decode, cut at blank lines, parse.
export async function load(baseURL) {
  return async (read) => {
    const response = await fetch(`${baseURL}/v1/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-api-key": "sk-test", "anthropic-version": "2023-06-01" },
      body: JSON.stringify({ model: "claude-haiku-5-5", max_tokens: 32_000, messages: [{ role: "user", content: "hi" }], stream: true }),
    });
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of response.body) {
      const text = rest + decoder.decode(bytes, { stream: true });
      let start = 0;
      for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n", start)) {
        const event = JSON.parse(text.slice(text.indexOf("\ndata: ", start) + 7, end));
        start = end + 2;
        if (event.type === "content_block_delta") read(event.delta.text);
      }
      rest = text.slice(start);
    }
  };
}
