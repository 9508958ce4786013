/**
 * One written word as the terms it is found by: lower case, stemmed, an identifier also by its parts (`ChatProvider`: chatprovid, chat, provid). Empty for
 * words that say nothing about the subject.
 */
export function searchTerms(word: string): string[] {
  const parts = word.split(/(?<=[a-z0-9])(?=[A-Z][a-z])/);
  const words = parts.length > 1 ? [word, ...parts] : [word];
  return words
    .map((each) => each.toLowerCase())
    .filter(isMeaningful)
    .map(stem);
}

/**
 * Folds the endings of English, so that "configuring", "configured" and "configures" meet. Rough on purpose: the search matches prefixes as well, so a stem
 * needs to be no word, only the same for all of its forms.
 */
function stem(word: string): string {
  if (word.length < 5 || /\d/.test(word)) return word.replace(/(?<=..[^su])s$/, "");
  const bare = word
    .replace(/ies$/, "y")
    .replace(/(?<=[^su])s$/, "")
    .replace(/(?<=[aeiouy].*)(?:ing|ed|er|ion|ment)$/, "")
    .replace(/([^aeiouls])\1$/, "$1")
    .replace(/(?<=..[^aeiou])e$/, "");
  return bare.length < 3 ? word : bare;
}

function isMeaningful(word: string): boolean {
  return word.length > 1 && !stopWords.has(word);
}

/** Words of questions and small talk, and the name that everything here has. Words that name a subject ("run", "own", "no") stay. */
const stopWords: ReadonlySet<string> = new Set(
  (
    "a about actually after again all also am an and another any anybody anyone anything are as at be because been before being but button by can cannot chatport could did do does doing don done " +
    "down each else every everything explain for from get gets getting give go goes got had happen happens has have having hello hey hi how however i if in instead into is isn it its itself just kind know let like ll " +
    "look lot make makes many may maybe me mean meaning means might mine more most much must my myself need needs next now of off ok okay on one only onto or other our out over please possible re really right said say says see " +
    "seems shall she should show so some somebody someone something sort still such sure tell than thank thanks that the their them then there these they thing things this those though to try trying under until up us use " +
    "used useful uses using ve very via want wants was way we well were what whatever when where whether which while who whom whose why will with without won work works would write writing yes yet you your yours doesn didn couldn shouldn wasn aren hasn"
  ).split(" "),
);
