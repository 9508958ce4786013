// One contender in a process of its own: node contender-process.mjs <format> <name>. Each message names a base URL and is answered with what one stream from it cost.
const [, , format, name] = process.argv;
const { load } = await import(`./contenders/${format}/${name}.mjs`);
const streams = new Map();

process.on("message", (baseURL) => {
  void measured(baseURL).then((measurement) => process.send(measurement));
});
process.once("disconnect", () => process.exit());
process.send("ready");

async function measured(baseURL) {
  if (!streams.has(baseURL)) streams.set(baseURL, await load(baseURL));
  const stream = streams.get(baseURL);
  let events = 0;
  let characters = 0;
  const begun = performance.now();
  const before = process.cpuUsage();
  await stream((text) => {
    if (!text) return;
    events++;
    characters += text.length;
  });
  const { user, system } = process.cpuUsage(before);
  return { events, characters, cpuMicros: user + system, wallMs: performance.now() - begun, maxRssKb: process.resourceUsage().maxRSS };
}
