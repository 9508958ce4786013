// What the Gemini adapter is measured by: fetch, decode, cut at blank lines, parse.
export async function load(baseURL) {
  return async (read) => {
    const response = await fetch(`${baseURL}/v1beta/models/gemini-3.8-flash:streamGenerateContent?alt=sse`, {
      method: "POST",
      headers: { "content-type": "application/json", "x-goog-api-key": "test" },
      body: JSON.stringify({ contents: [{ role: "user", parts: [{ text: "hi" }] }] }),
    });
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of response.body) {
      const text = rest + decoder.decode(bytes, { stream: true });
      let start = 0;
      for (let end = text.indexOf("\r\n\r\n"); end !== -1; end = text.indexOf("\r\n\r\n", start)) {
        read(JSON.parse(text.slice(start + 6, end)).candidates[0]?.content.parts[0]?.text);
        start = end + 4;
      }
      rest = text.slice(start);
    }
  };
}
