/**
 * The wire desk by keyboard, and word of what came since it was opened.
 *
 * Everything works without this file. Keys count while the focus is inside the list or
 * the copy, so that no letter typed elsewhere does anything.
 */

const PACE = 20_000; // ms between two questions whether something came

/**
 * Say which of `length` places a key leads to from `place`; -1 stays.
 * @param {string} key @param {number} place @param {number} length @returns {number}
 */
export function step(key, place, length) {
  const next = { ArrowDown: place + 1, ArrowUp: place - 1, Home: 0, End: length - 1 }[key];
  return next === undefined || next < 0 || next >= length ? -1 : next;
}

/** @param {EventTarget | null} target @returns {boolean} whether letters are typed there */
export function isTyping(target) {
  return target instanceof Element && target.matches("input:not([type=checkbox]), textarea, select");
}

/** @param {HTMLElement} list */
function walk(list) {
  list.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const rows = [...list.children];
    const here = event.target instanceof Element ? event.target.closest("li") : null;
    if (here === null) return;
    const place = step(event.key, rows.indexOf(here), rows.length);
    if (place !== -1) {
      event.preventDefault();
      focus(rows[place]?.querySelector("h3 a"));
    } else if (event.key.toLowerCase() === "s") {
      begin(here, event);
    }
  });
}

/** @param {Element | null | undefined} place @param {boolean} preventScroll */
function focus(place, preventScroll = false) {
  if (place instanceof HTMLElement) place.focus({ preventScroll });
}

/** @param {Element} place @param {KeyboardEvent} event */
function begin(place, event) {
  const button = place.querySelector(".wire-begin");
  if (button instanceof HTMLElement && !isTyping(event.target)) {
    event.preventDefault();
    button.click();
  }
}

/** @param {HTMLElement} told */
function ask(told) {
  const link = told.querySelector("a");
  const place = new URL(told.dataset.newer ?? "", location.href);
  place.searchParams.set("after", told.dataset.after ?? "");
  setInterval(async () => {
    if (document.hidden || link === null) return;
    try {
      const answer = await fetch(place, { headers: { Accept: "application/json" } });
      const { newer } = answer.ok ? await answer.json() : { newer: 0 };
      link.hidden = newer === 0;
      const count = link.querySelector("span");
      if (count !== null) count.textContent = newer ? `(${newer})` : "";
    } catch {
      // A road that is gone for a while: the page is as old as it says.
    }
  }, PACE);
}

if (typeof document !== "undefined") {
  const list = document.getElementById("wire-list");
  if (list !== null) {
    walk(list);
    if (document.activeElement === document.body) focus(list.querySelector("h3 a"), true);
  }
  const told = document.querySelector(".wire-live");
  if (told instanceof HTMLElement) ask(told);
  const copy = document.querySelector(".wire-copy");
  if (copy !== null) {
    copy.addEventListener("keydown", (event) => {
      if (event instanceof KeyboardEvent && event.key.toLowerCase() === "s" && !event.ctrlKey && !event.metaKey && !event.altKey) begin(copy, event);
    });
    focus(copy.querySelector(".wire-begin"), true);
  }
  if (window.matchMedia("(max-width: 60em)").matches) {
    document.querySelector(".wire-asked details")?.removeAttribute("open");
  }
}
