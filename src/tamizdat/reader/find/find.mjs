/**
 * Find stories by their words. Loaded by find.html alone, which a reader has asked for.
 *
 * Beside this file lie `months.txt`, the months that have an index, newest first, and a folder for each of them;
 * the newest holds the program that reads them. Nothing is loaded from anywhere else, and nothing is kept.
 */

import { fold } from "./folding.mjs";

const MOST = 20; // stories shown
const STEP = 3; // months that are added at once

/** @param {string} tag @param {Record<string, string>} [values] @param {...(Node | string)} inner */
const make = (tag, values = {}, ...inner) => {
  const found = document.createElement(tag);
  for (const [key, value] of Object.entries(values)) found.setAttribute(key, value);
  found.append(...inner);
  return found;
};

/** @param {HTMLElement} place - with the words to say */
async function start(place) {
  const { field = "", wait = "", found = "", none = "", older = "", failed = "" } = place.dataset;
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
    /** @type {{raw_url: string, meta: {title: string, day: string}}[]} */
    const stories = await Promise.all(results.slice(0, MOST).map((/** @type {any} */ one) => one.data()));
    if (mine !== asked) return; // another word was typed meanwhile
    said.textContent = !words ? "" : results.length ? found.replace("{count}", results.length) : none;
    list.replaceChildren(
      ...stories.map(({ raw_url, meta }) =>
        make("li", {}, make("a", { href: raw_url.replace(/^\//, "") }, meta.title), " ", make("small", {}, meta.day)),
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
