/**
 * Find stories by their words. Loaded by find.html alone, which a reader has asked for.
 *
 * Beside this file lie `months.txt`, the months that have an index, newest first, and a folder for each of them;
 * the newest holds the program that reads them. Nothing is loaded from anywhere else, and nothing is kept.
 */

import { fold } from "./folding.mjs";

const MOST = 20; // stories shown, and looked into for a word that begins as typed
const STEP = 3; // months that are added at once

/** @param {string} tag @param {Record<string, string>} [values] @param {...(Node | string)} inner */
const make = (tag, values = {}, ...inner) => {
  const found = document.createElement(tag);
  for (const [key, value] of Object.entries(values)) found.setAttribute(key, value);
  found.append(...inner);
  return found;
};

/** @typedef {{raw_url: string, content: string, meta: {title: string, day: string, told?: string}}} Story */
/** @typedef {{id: string, data: () => Promise<Story>}} Result */

/**
 * Copy what a headline says of languages and directions, and nothing else of its markup.
 *
 * @param {Node} node @returns {(Node | string)[]}
 */
const spoken = (node) =>
  [...node.childNodes].flatMap((one) => {
    if (!(one instanceof Element)) return one.textContent ?? "";
    const named = ["lang", "dir"].filter((name) => one.hasAttribute(name));
    if (!named.length) return spoken(one);
    const values = Object.fromEntries(named.map((name) => [name, one.getAttribute(name) ?? ""]));
    return make(one.localName === "bdi" ? "bdi" : "span", values, ...spoken(one));
  });

/** @param {Story["meta"]} meta @returns {(Node | string)[]} */
const headline = ({ title, told }) =>
  told ? spoken(new DOMParser().parseFromString(told, "text/html").body) : [title];

/** @param {string} line @returns {string[]} its words as pagefind tells them apart, without signs */
const wordsOf = (line) =>
  line
    .split(/\s+/)
    .map((word) => word.replace(/[^\p{L}\p{M}\p{N}]+/gu, ""))
    .filter(Boolean);

/** @param {string} content @param {string} word */
const begins = (content, word) =>
  [...wordsOf(content), ...content.split(/[^\p{L}\p{M}\p{N}]+/u)].some((one) => one.startsWith(word));

/**
 * Keep the stories that have each word, in some form or as a beginning. For a word that stands in none, pagefind gives
 * those of the longest word that it begins with; for one in quotes, those of its own stem and no others.
 *
 * @param {any} program @param {Result[]} results @param {string[]} words
 * @returns {Promise<{kept: Result[], whole: boolean}>} whole: whether every one was looked at
 */
async function standing(program, results, words) {
  /** @type {{word: string, ids: Set<string>}[]} */
  const forms = [];
  for (const word of words) {
    const exact = await program.search(`"${word}"`);
    forms.push({ word, ids: new Set(exact.results.map((/** @type {Result} */ one) => one.id)) });
  }
  /** @param {Result} one */
  const missing = (one) => forms.filter(({ ids }) => !ids.has(one.id));
  const unsure = results.filter((one) => missing(one).length);
  const some = unsure.slice(0, MOST);
  const stories = await Promise.all(some.map((one) => one.data()));
  const good = new Set(
    some.filter((one, at) => missing(one).every(({ word }) => begins(stories[at]?.content ?? "", word))),
  );
  const kept = results.filter((one) => good.has(one) || !missing(one).length);
  return { kept, whole: unsure.length === some.length };
}

/** @param {HTMLElement} place - with the words to say */
async function start(place) {
  const { field = "", wait = "", found = "", none = "", older = "", failed = "", digits = "" } = place.dataset;
  const language = document.documentElement.lang;
  const said = make("p", { role: "status" }, wait);
  const list = make("ul");
  const input = /** @type {HTMLInputElement} */ (make("input", { type: "search", id: "words", autocomplete: "off" }));
  const more = /** @type {HTMLButtonElement} */ (make("button", { type: "button" }, older));
  place.replaceChildren(said);
  /** @type {string[]} */
  const months = (await (await fetch(new URL("months.txt", import.meta.url))).text()).split("\n").filter(Boolean);
  const [newest = ""] = months.splice(0, 1);
  const program = await import(new URL(`${newest}/pagefind.js`, import.meta.url).href);
  await program.options({ noWorker: true, excerptLength: 0 });
  await program.init();

  let asked = 0;
  async function search() {
    const words = fold(input.value, language).trim();
    const mine = (asked += 1);
    const { results } = words ? await program.search(words) : { results: [] };
    const { kept, whole } = await standing(program, results, wordsOf(words));
    const stories = await Promise.all(kept.slice(0, MOST).map((one) => one.data()));
    if (mine !== asked) return; // another word was typed meanwhile
    const figures = `${kept.length}`.replace(/\d/g, (digit) => digits[Number(digit)] ?? digit);
    const count = `${figures}${whole ? "" : "+"}`;
    said.textContent = !words ? "" : kept.length ? found.replace("{count}", count) : none;
    list.replaceChildren(
      ...stories.map(({ raw_url, meta }) =>
        make(
          "li",
          {},
          make("a", { href: raw_url.replace(/^\//, "") }, ...headline(meta)),
          " ",
          make("small", {}, meta.day),
        ),
      ),
    );
    more.hidden = !words || !months.length;
  }
  input.addEventListener("change", search);
  more.addEventListener("click", async () => {
    const added = months.splice(0, STEP).map((month) => new URL(`${month}/`, import.meta.url).href);
    for (const index of added) await program.mergeIndex(index);
    await search();
  });
  more.hidden = true;
  said.textContent = "";
  place.replaceChildren(make("label", { for: "words" }, field), input, said, list, more);
  input.focus();
  return failed;
}

const place = /** @type {HTMLElement} */ (document.getElementById("find"));
const { failed = "" } = place.dataset;
start(place).catch(() => place.replaceChildren(make("p", { role: "alert" }, failed)));
