// What the Ollama adapter is measured by: fetch, decode, cut at line breaks, parse.
export async function load(baseURL) {
  return async (read) => {
    const response = await fetch(`${baseURL}/api/chat`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ model: "qwen3:8b", messages: [{ role: "user", content: "hi" }], stream: true }),
    });
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of response.body) {
      const text = rest + decoder.decode(bytes, { stream: true });
      let start = 0;
      for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
        read(JSON.parse(text.slice(start, end)).message.content);
        start = end + 1;
      }
      rest = text.slice(start);
    }
  };
}
