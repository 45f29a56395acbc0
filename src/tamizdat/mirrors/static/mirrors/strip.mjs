/**
 * Follow a release to its mirrors: a strip at the foot of the editors' site.
 *
 * Shows itself only while something is on its way or when something is wrong; the
 * board is the place for everything else.
 */

const SECONDS_AWAKE = 1; // between two questions
const SECONDS_QUIET = 10; // the same, in a tab nobody looks at
const SECONDS_SHOWN = 30; // a finished edition stays in view

const tag = document.querySelector("script[data-status]");

/**
 * @typedef {{name: string, service: string, edition: number | null, time: string | null,
 *   waiting: number, verified: number, mirrors: number, trouble: string | null}} Row
 */

/**
 * Say in words where a service's newest edition stands.
 *
 * @param {Row} row - one service of the board
 * @returns {{state: string, text: string} | null} null when nothing is to be said
 */
export function wordsOf(row) {
  const name = `${row.name} (${row.service})`;
  if (row.trouble) {
    return { state: "trouble", text: `${name}: not printed. ${row.trouble}` };
  }
  if (row.waiting) {
    return { state: "waiting", text: `${name}: ${row.waiting} released, printing…` };
  }
  if (row.edition === null || row.mirrors === 0) {
    return null;
  }
  const where = `${name}: edition ${row.edition}`;
  if (row.verified < row.mirrors) {
    return { state: "waiting", text: `${where} verified on ${row.verified} of ${row.mirrors} mirrors…` };
  }
  return { state: "verified", text: `${where} verified on all ${row.mirrors} mirrors` };
}

/**
 * Choose the one service worth a line: trouble first, then what moves, then what is new.
 *
 * @param {Row[]} rows - the board
 * @param {number} now - milliseconds since 1970
 * @returns {{state: string, text: string} | null} what to show
 */
export function choose(rows, now) {
  const fresh = rows.filter(
    (row) => row.time && now - Date.parse(row.time) < SECONDS_SHOWN * 1000,
  );
  const said = rows.map(wordsOf);
  return (
    said.find((words) => words?.state === "trouble") ??
    said.find((words) => words?.state === "waiting") ??
    fresh.map(wordsOf).find((words) => words) ??
    null
  );
}

/** @param {Element} script - the tag that loaded this module */
function follow(script) {
  const strip = document.createElement("p");
  strip.className = "mirrors-strip";
  strip.setAttribute("role", "status");
  strip.hidden = true;
  document.body.append(strip);

  async function look() {
    let words = null;
    try {
      const answer = await fetch(script.getAttribute("data-status") ?? "");
      const board = await answer.json();
      words = choose(board.services, Date.now());
    } catch {
      words = null; // signed out, or the newsroom restarts: the next look tells
    }
    show(words);
    const pace = document.hidden ? SECONDS_QUIET : SECONDS_AWAKE;
    setTimeout(look, pace * 1000);
  }

  /** @param {{state: string, text: string} | null} words - what to show */
  function show(words) {
    strip.hidden = words === null;
    if (words && strip.dataset.text !== words.text) {
      strip.dataset.text = words.text;
      strip.dataset.state = words.state;
      const link = document.createElement("a");
      link.href = script.getAttribute("data-board") ?? "";
      link.textContent = words.text;
      strip.replaceChildren(link);
    }
  }

  look();
}

if (tag) {
  follow(tag);
}
