/** Fold words as the index was folded. Twin of `tamizdat/edition/folding.py`. */

/** @param {string} from @param {string[]} to @returns {[string, string][]} */
const pairs = (from, to) => [...from].map((letter, at) => [letter, to[at] ?? letter]);

/** @type {Map<string, string>} */
const SAME = new Map([
  ...pairs("يىكةؤئأإٱآ", [..."ییکهویاااا"]),
  ...pairs("ёґ", ["е", "г"]),
  ...pairs("əłøđıœæß", ["e", "l", "o", "d", "i", "oe", "ae", "ss"]),
  ...pairs("և", ["եւ"]),
  ...pairs("ـ", [""]),
]);
const KAZAKH = new Map(pairs("әғқңөұүһі", [..."агкноуухи"]));
const LEFT_OUT = /[\u02bb\u02bc\u02b9\u2018\u2019'`\u200d\u00ad\u2060\u200c]/g;

/** @param {string} text @param {Map<string, string>} table */
const translate = (text, table) => Array.from(text, (letter) => table.get(letter) ?? letter).join("");

/** The value of a decimal digit of any script: the tens of Unicode lie in rows from zero. @param {string} digit */
const valueOf = (digit) => {
  let zero = /** @type {number} */ (digit.codePointAt(0));
  const last = zero;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1)) && last - zero < 9) zero -= 1;
  return String(last - zero);
};

/** @param {string} text @param {string} language - of the service, BCP 47 */
export function fold(text, language) {
  const plain = text.toLowerCase().replaceAll("й", "\ue000").normalize("NFKD").replace(/\p{Mn}/gu, "");
  const same = translate(plain.replaceAll("\ue000", "й"), SAME);
  const own = language.split("-")[0] === "kk" ? translate(same, KAZAKH) : same;
  return own.replace(/\p{Nd}/gu, valueOf).replace(LEFT_OUT, "");
}
