/** Whether a text is a page or another markup document rather than words or JSON. */
export function looksLikeMarkup(text: string): boolean {
  return /^\s*<(?:[!?a-z])/i.test(text);
}

/**
 * What a proxy's error page says, in one line: its title and its first heading, an XML document's `<Message>`, or else its text. Tags are stripped and entities
 * decoded.
 */
export function lineOfPage(page: string): string {
  const html = page.slice(0, longestRead);
  const title = elementText(html, "title");
  const heading = elementText(html, "h1");
  if (title !== "" && heading !== "") return title.includes(heading) ? title : heading.includes(title) ? heading : `${title}: ${heading}`;
  return title || heading || elementText(html, "message") || plainText(html);
}

const longestRead = 32_768;

/** The first element of that name. Found by index, not by one pattern over all: hostile pages make such patterns quadratic. */
function elementText(html: string, name: string): string {
  const lower = html.toLowerCase();
  const open = lower.search(new RegExp(`<${name}[\\s>]`));
  const start = open === -1 ? -1 : lower.indexOf(">", open);
  const end = start === -1 ? -1 : lower.indexOf(`</${name}`, start);
  return end === -1 ? "" : plainText(html.slice(start + 1, end));
}

function plainText(html: string): string {
  const lower = html.toLowerCase();
  const behind = (end: string, from: number): number => {
    const at = lower.indexOf(end, from);
    return at === -1 ? html.length : at + end.length;
  };
  const pieces: string[] = [];
  let at = 0;
  while (at < html.length) {
    const tag = lower.indexOf("<", at);
    if (tag === -1) break;
    pieces.push(html.slice(at, tag));
    const hidden = hiddenElements.find((name) => lower.startsWith(name, tag + 1));
    at = behind(hidden === undefined ? ">" : hidden === "!--" ? "-->" : `</${hidden}`, tag);
    if (hidden === "script" || hidden === "style") at = behind(">", at);
  }
  return decoded([...pieces, html.slice(at)].join(" "));
}

const hiddenElements = ["script", "style", "!--"];

function decoded(text: string): string {
  const plain = text.replaceAll(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]{2,8}));/gi,
    (entity, decimal?: string, hex?: string, name?: string) => {
      if (name !== undefined) return namedEntities.get(name.toLowerCase()) ?? entity;
      const point = decimal === undefined ? Number.parseInt(hex ?? "", 16) : Number(decimal);
      return point <= 0x10_ff_ff ? String.fromCodePoint(point) : entity;
    },
  );
  return plain.replaceAll(/\s+/g, " ").trim();
}

/** The entities that error pages use; the others stay as they are. */
const namedEntities: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
  ["nbsp", " "],
  ["ndash", "–"],
  ["mdash", "—"],
  ["hellip", "…"],
  ["middot", "·"],
  ["bull", "•"],
  ["copy", "©"],
  ["laquo", "«"],
  ["raquo", "»"],
  ["lsquo", "‘"],
  ["rsquo", "’"],
  ["ldquo", "“"],
  ["rdquo", "”"],
]);
