// What everything is measured by: fetch, decode, cut at blank lines, parse.
export async function load(baseURL) {
  return async (read) => {
    const response = await fetch(`${baseURL}/v1/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization: "Bearer sk-test" },
      body: JSON.stringify({ model: "gpt-5-mini", messages: [{ role: "user", content: "hi" }], stream: true }),
    });
    const decoder = new TextDecoder();
    let rest = "";
    for await (const bytes of response.body) {
      const text = rest + decoder.decode(bytes, { stream: true });
      let start = 0;
      for (let end = text.indexOf("\n\n"); end !== -1; end = text.indexOf("\n\n", start)) {
        const data = text.slice(start + 6, end);
        start = end + 2;
        if (data !== "[DONE]") read(JSON.parse(data).choices[0]?.delta.content);
      }
      rest = text.slice(start);
    }
  };
}
