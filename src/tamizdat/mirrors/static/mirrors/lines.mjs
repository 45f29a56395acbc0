/**
 * Say in words what editors should know of their editions: one line a service.
 *
 * Pure: rows of the board and durations in, lines out. No document, no clock.
 */

export const LINES = 4; // at most, so that the strip hides no form
const WITNESSED = "witnessed"; // labels of the board, spec/witness.md
const ALONE = "not independently witnessed"; // an hour brought no quorum
const SECONDS_SHOWN = 30; // a verified edition stays in view
const SECONDS_FOLLOWED = 900; // in which what was pressed here is waited for
const SECONDS_LATE = 60; // a mirror may hold an older edition before it is named
const SECONDS_ROUNDED = 1; // an edition's time has whole seconds

/**
 * @typedef {{mirror: string, verified: boolean, reachable: boolean, state: string,
 *   reason: string, reason_said?: string}} Holding - `reason_said`: to editors
 *
 * @typedef {object} Row - one service of the board
 * @property {string} name - as readers see it
 * @property {string} service - its id
 * @property {number | null} edition - the newest one's number
 * @property {number | null} seconds - since that edition was signed
 * @property {string} moved - when something last happened here, ISO 8601 in UTC
 * @property {boolean} asked - the trust note asks for witnesses
 * @property {string | null} label - whether they vouch for that edition
 * @property {string | null} said - the same in the words of the editors' site
 * @property {number} waiting - releases no edition carries yet
 * @property {boolean} page_waiting - the service's own page is newer than its edition
 * @property {number} verified - mirrors that hold this edition
 * @property {number} mirrors - all mirrors
 * @property {Holding[]} holdings - one for each mirror
 * @property {string | null} trouble - why it cannot be printed
 * @property {string | null} [trouble_said] - the same in the words of the editors' site
 *
 * @typedef {{service: string, state: "trouble" | "behind" | "waiting" | "verified" | "offer" | "held",
 *   text: string, url?: string, left?: string, undo?: string}} Line - `url`: where it
 *   leads, if not to the board; `left`: seconds, in words; `undo`: words of a
 *   button that sends a POST to `url`, or empty
 *
 * @typedef {{key: string, text: string, url: string}} Offer - breaking news of another
 *   service, in words
 *
 * @typedef {{key: string, text: string, url: string, seconds: number, undo: string}} Held -
 *   a release that is pressed and not out; `seconds`: until it goes out, may be past; `undo`: as of a line
 */

/** What is said, by name; the editors' site gives the same in other languages. */
export const WORDS = {
  title: "Editions on their way",
  dismiss: "Dismiss: {text}",
  line: "{name} ({service}): {text}",
  trouble: "not printed. {reason}",
  released: "{number} released, printing…",
  changed: "changed, waiting for its edition…",
  some: "edition {number} verified on {held} of {mirrors} mirrors",
  all: "edition {number} verified on all {mirrors} mirrors",
  missing: "{mirror}: {reason}",
  unreachable: "not reachable",
};

/**
 * Put values into a sentence.
 *
 * @param {string} sentence - with names in braces
 * @param {Record<string, string | number | null>} values - by name
 * @returns {string} the sentence; a name that has no value stays
 */
export function filled(sentence, values) {
  return sentence.replace(/\{(\w+)\}/g, (gap, name) => String(values[name] ?? gap));
}

/**
 * @typedef {object} Tab - what this tab of the browser remembers
 * @property {number} published - seconds since Publish was pressed in it, or Infinity
 * @property {Record<string, number>} unverified - seconds since it last saw a service
 *   that was not on all mirrors, by service
 * @property {Record<string, string>} dismissed - texts not to show again, by service
 */

/**
 * Choose the lines to show: the service in which something happened last comes first.
 *
 * @param {Row[]} rows - the board
 * @param {Tab} tab - what this tab remembers
 * @param {typeof WORDS} words - in the language of the editors' site
 * @returns {Line[]} at most four
 */
export function choose(rows, tab, words = WORDS) {
  return [...rows]
    .sort((one, other) => other.moved.localeCompare(one.moved))
    .map((row) => lineOf(row, tab, words))
    .filter((line) => line !== null)
    .filter((line) => tab.dismissed[line.service] !== line.text)
    .slice(0, LINES);
}

/**
 * Choose the offers to show: all of them, until they are answered or dismissed.
 *
 * @param {Offer[]} offers - of whoever looks
 * @param {Tab} tab - what this tab remembers
 * @returns {Line[]} in their order
 */
export function offered(offers, tab) {
  return offers
    .map(({ key, text, url }) => /** @type {Line} */ ({ service: key, state: "offer", text, url }))
    .filter((line) => tab.dismissed[line.service] !== line.text);
}

/**
 * Say what is held, whatever was dismissed: it can be undone only for seconds.
 *
 * The time left is no part of the text, so that it is not read out each second.
 *
 * @param {Held[]} rows - of whoever looks
 * @returns {Line[]} in their order
 */
export function heldLines(rows) {
  return rows.map(({ key, text, url, seconds, undo }) => ({
    service: key,
    state: "held",
    text,
    url,
    left: seconds > 0 ? `${Math.ceil(seconds)} s` : "",
    undo,
  }));
}

/**
 * Say where a service's newest edition stands.
 *
 * @param {Row} row - one service of the board
 * @param {Tab} tab - what this tab remembers
 * @param {typeof WORDS} words - in the language of the editors' site
 * @returns {Line | null} null when nothing is to be said
 */
export function lineOf(row, tab, words = WORDS) {
  /** @type {(state: Line["state"], text: string) => Line} */
  const line = (state, text) => ({
    service: row.service,
    state,
    text: filled(words.line, { name: row.name, service: row.service, text }),
  });
  if (row.trouble) {
    return line("trouble", filled(words.trouble, { reason: row.trouble_said || row.trouble }));
  }
  if (row.waiting) {
    return line("waiting", filled(words.released, { number: row.waiting }));
  }
  if (row.page_waiting) {
    return line("waiting", words.changed);
  }
  if (row.edition === null || row.seconds === null || row.mirrors === 0) {
    return null;
  }
  const said = { number: row.edition, held: row.verified, mirrors: row.mirrors };
  if (row.verified < row.mirrors) {
    const why = missing(row, row.seconds, words);
    const where = filled(words.some, said);
    return why ? line("behind", `${where}; ${why}`) : line("waiting", `${where}…`);
  }
  const watched = row.asked && row.label !== WITNESSED ? `; ${row.said}` : "";
  const all = `${filled(words.all, said)}${watched}`;
  if (row.asked && row.label === ALONE) {
    return line("behind", all);
  }
  return isNews(row, row.seconds, tab) ? line("verified", all) : null;
}

/**
 * Name the mirrors that do not hold the edition, unless it is still on its way there.
 *
 * @param {Row} row - one service of the board
 * @param {number} seconds - since the edition was signed
 * @param {typeof WORDS} words - in the language of the editors' site
 * @returns {string} empty if all of them are merely being served
 */
function missing(row, seconds, words) {
  return row.holdings
    .filter((held) => !held.verified && (held.reason || seconds > SECONDS_LATE))
    .map((held) => filled(words.missing, { mirror: held.mirror, reason: why(held, words) }))
    .join("; ");
}

/**
 * @param {Holding} held - what a mirror holds
 * @param {typeof WORDS} words - in the language of the editors' site
 * @returns {string} the same for people
 */
function why(held, words) {
  return held.reachable ? held.reason_said || held.reason || held.state : words.unreachable;
}

/**
 * Tell whether a verified edition is worth a line: new or verified just now, for
 * whoever published in this tab a while ago, and not older than that, or an editor would
 * take it for that. To everyone else it is no news: the boards say it.
 *
 * @param {Row} row - one service of the board
 * @param {number} seconds - since the edition was signed
 * @param {Tab} tab - what this tab remembers
 * @returns {boolean} whether to show it
 */
function isNews(row, seconds, tab) {
  const age = Math.min(seconds, tab.unverified[row.service] ?? Infinity);
  const follows = tab.published < SECONDS_FOLLOWED;
  return follows && age < SECONDS_SHOWN && seconds <= tab.published + SECONDS_ROUNDED;
}

/**
 * Name the services that are not on all mirrors.
 *
 * @param {Row[]} rows - the board
 * @returns {string[]} ids
 */
export function unverified(rows) {
  return rows
    .filter((row) => row.waiting || row.page_waiting || row.verified < row.mirrors)
    .map((row) => row.service);
}
