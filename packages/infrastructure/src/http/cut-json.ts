import { parseJson } from "./json.js";

/** A JSON document that ends early. */
export interface CutJson {
  /** A list of those items that came whole, where the document is a list and some did. */
  readonly wholeItems?: string;
}

/** Reads a text that is no JSON as the beginning of a JSON object or list; undefined where nothing that could follow would make it one. */
export function readCutJson(text: string): CutJson | undefined {
  const { closers, isInString, itemsEnd } = outlineOf(text);
  if (closers === undefined) return undefined;
  const isCut = endings(text, isInString).some((ending) => parseJson(text + ending + closers) !== undefined);
  if (!isCut) return undefined;
  return itemsEnd === undefined ? {} : { wholeItems: `${text.slice(0, itemsEnd)}]` };
}

interface Outline {
  /** What closes the brackets that are open at the end; undefined where none is, or one does not fit. */
  readonly closers: string | undefined;
  readonly isInString: boolean;
  /** Where the last whole item of a list ends. */
  readonly itemsEnd: number | undefined;
}

function outlineOf(text: string): Outline {
  const open: string[] = [];
  let isInString = false;
  let itemsEnd: number | undefined;
  // Strings' ends, escapes (two characters at once) and brackets: all that nesting hangs on.
  for (const { 0: token, index } of text.matchAll(/\\[^]|["[\]{},]/gu)) {
    if (token === '"') isInString = !isInString;
    if (isInString || token === '"' || token.startsWith("\\")) continue;
    if (token === "{") open.push("}");
    else if (token === "[") open.push("]");
    else if (token === ",") itemsEnd = open.length === 1 ? index : itemsEnd;
    else if (open.pop() !== token || open.length === 0) return { closers: undefined, isInString, itemsEnd };
    else if (open.length === 1) itemsEnd = index + 1;
  }
  const isList = open[0] === "]";
  const closers = open.length === 0 ? undefined : open.toReversed().join("");
  return { closers, isInString, itemsEnd: isList ? itemsEnd : undefined };
}

/** What may stand between the cut and the closing brackets: the rest of a text, a word or a number; the value of a name; the member that a comma promises. */
function endings(text: string, isInString: boolean): readonly string[] {
  if (isInString) return restsOfEscape(text).flatMap((rest) => [`${rest}"`, `${rest}":0`]);
  const begunWord = /[a-z]+$/u.exec(text.slice(-5))?.[0] ?? "";
  const word = begunWord === "" ? undefined : ["true", "false", "null"].find((candidate) => candidate.startsWith(begunWord));
  return ["", "0", ":0", '"":0', ...(word === undefined ? [] : [word.slice(begunWord.length)])];
}

/** `\` wants one more character, `\u` four digits. */
function restsOfEscape(text: string): readonly string[] {
  return text.slice(-5).includes("\\") ? ["", "\\", "0", "00", "000", "0000"] : [""];
}
