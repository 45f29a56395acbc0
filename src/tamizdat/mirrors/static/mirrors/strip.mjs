/**
 * Follow releases to their mirrors: a strip at the foot of the editors' site.
 *
 * Shows lines only while something is on its way, new or wrong; each can be dismissed
 * until it says something else. The board is the place for everything else. What other
 * services offer stays for hours: it stands at the head of the page and covers nothing.
 */

import { choose, filled as sentence, heldLines, offered, unverified, WORDS } from "./lines.mjs";

/** @typedef {import("./lines.mjs").Line} Line */

const SECONDS_AWAKE = 1; // between two questions
const SECONDS_QUIET = 10; // the same, in a tab nobody looks at

// What this tab keeps until it is closed.
const PUBLISHED = "tamizdat.published"; // when Publish was pressed, ms since 1970
const UNVERIFIED = "tamizdat.unverified"; // when that was last seen, ms, by service
const DISMISSED = "tamizdat.dismissed"; // texts not to show again, by service

const BAR = ".footer__container"; // with the buttons of a form
const GAP = 8; // pixels between that and the strip

const tag = document.querySelector("script[data-status]");

/** @param {SubmitEvent} event - of any form of the editors' site */
function noteThePublish(event) {
  if (event.submitter?.getAttribute("name") === "action-publish") {
    sessionStorage.setItem(PUBLISHED, String(Date.now()));
  }
}

/**
 * @param {string} key - one of the above
 * @returns {Record<string, any>} what is kept by service
 */
function kept(key) {
  return JSON.parse(sessionStorage.getItem(key) ?? "{}");
}

/**
 * @param {string} key - one of the above
 * @param {Record<string, any>} more - to keep by service
 */
function keep(key, more) {
  sessionStorage.setItem(key, JSON.stringify({ ...kept(key), ...more }));
}

/**
 * Say what this tab remembers, in durations: the newsroom's clock may be another.
 *
 * @param {number} now - milliseconds since 1970
 * @returns {import("./lines.mjs").Tab} as `choose` takes it
 */
function memory(now) {
  const pressed = Number(sessionStorage.getItem(PUBLISHED));
  const seen = Object.entries(kept(UNVERIFIED));
  return {
    published: pressed ? (now - pressed) / 1000 : Infinity,
    unverified: Object.fromEntries(seen.map(([id, ms]) => [id, (now - ms) / 1000])),
    dismissed: kept(DISMISSED),
  };
}

/** @param {Element} script - the tag that loaded this module */
function follow(script) {
  const words = { ...WORDS, ...JSON.parse(script.getAttribute("data-words") ?? "{}") };
  const strip = box("mirrors-strip");
  document.body.append(strip);
  const head = box("mirrors-head");
  document.querySelector("main")?.prepend(head);
  let token = ""; // that Django asks of whoever changes something

  const bar = document.querySelector(BAR);
  if (bar) {
    new ResizeObserver(stand).observe(bar);
  }

  async function look() {
    const lines = await ask();
    show(strip, lines.filter(({ state }) => state !== "offer"));
    show(head, lines.filter(({ state }) => state === "offer"));
    stand();
    const pace = document.hidden ? SECONDS_QUIET : SECONDS_AWAKE;
    setTimeout(look, pace * 1000);
  }

  /**
   * @param {string} name - of its class
   * @returns {HTMLElement} a place for lines
   */
  function box(name) {
    const made = document.createElement("div");
    made.className = name;
    made.setAttribute("role", "status");
    made.setAttribute("aria-label", words.title);
    made.setAttribute("aria-atomic", "false"); // only a line that changed is read out
    return made;
  }

  /** @returns {Promise<Line[]>} what to show */
  async function ask() {
    try {
      const answer = await fetch(script.getAttribute("data-status") ?? "");
      const board = await answer.json();
      const now = Date.now();
      keep(UNVERIFIED, Object.fromEntries(unverified(board.services).map((id) => [id, now])));
      const tab = memory(now);
      token = board.token;
      // The page of a held release says the same itself, with one Undo.
      const held = heldLines(board.held).filter(({ url }) => url !== location.pathname);
      return [...held, ...offered(board.offers, tab), ...choose(board.services, tab, words)];
    } catch {
      return []; // signed out, or the newsroom restarts: the next look tells
    }
  }

  /**
   * Bring a place to what is to be shown; a line that stays keeps its element, so
   * that the keyboard stays where it is and nothing is read out twice.
   *
   * @param {HTMLElement} place - where they stand
   * @param {Line[]} lines - in their order
   */
  function show(place, lines) {
    const there = /** @type {HTMLElement[]} */ ([...place.children]);
    const before = new Map(there.map((one) => [one.dataset.service, one]));
    const wanted = lines.map((line) => filled(before.get(line.service), line));
    for (const element of there) {
      if (!wanted.includes(element)) {
        element.remove();
      }
    }
    wanted.forEach((element, at) => {
      if (place.children[at] !== element) {
        place.insertBefore(element, place.children[at] ?? null);
      }
    });
  }

  /** Stand above the buttons of a form where both would be in one place: on a phone. */
  function stand() {
    if (!bar) {
      return;
    }
    const [own, other] = [strip.getBoundingClientRect(), bar.getBoundingClientRect()];
    const isBeside = own.right < other.left || own.left > other.right;
    const height = innerHeight - other.top + GAP;
    strip.style.insetBlockEnd = isBeside ? "" : `${height}px`;
  }

  /**
   * @param {HTMLElement | undefined} element - of the same service, if there is one
   * @param {Line} line - what it is to say
   * @returns {HTMLElement} the element, saying it
   */
  function filled(element, line) {
    const made = element ?? empty(line.service);
    const link = made.querySelector("a");
    if (link && link.textContent !== line.text) {
      link.textContent = line.text;
      made.querySelector("button")?.setAttribute("aria-label", sentence(words.dismiss, { text: line.text }));
    }
    if (link && line.url) {
      link.href = line.url;
    }
    made.dataset.state = line.state;
    if (line.state === "held") {
      tellHold(made, line);
    }
    return made;
  }

  /**
   * @param {string} service - id
   * @returns {HTMLElement} a line that says nothing yet
   */
  function empty(service) {
    const element = document.createElement("p");
    element.className = "mirrors-line";
    element.dataset.service = service;
    const link = document.createElement("a");
    link.href = script.getAttribute("data-board") ?? "";
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = "×";
    button.addEventListener("click", () => dismiss(element));
    element.append(link, button);
    return element;
  }

  /**
   * Show the time left of a hold, and Undo; both are kept where they are there already.
   *
   * @param {HTMLElement} element - the line
   * @param {Line} line - what it says
   */
  function tellHold(element, line) {
    let left = element.querySelector("span");
    if (!left) {
      element.querySelector("button")?.remove(); // there is no time to dismiss it
      left = document.createElement("span");
      left.setAttribute("role", "timer"); // not read out each second
      element.append(left, ...(line.undo ? [undoForm(line.url ?? "", line.undo)] : []));
    }
    left.textContent = line.left ?? "";
  }

  /**
   * @param {string} url - of the held release
   * @param {string} words - on the button
   * @returns {HTMLFormElement} a button that undoes it
   */
  function undoForm(url, words) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = url;
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = "csrfmiddlewaretoken";
    field.value = token;
    const button = document.createElement("button");
    button.textContent = words;
    form.append(field, button);
    return form;
  }

  /** @param {HTMLElement} element - the line to take away */
  function dismiss(element) {
    const text = element.querySelector("a")?.textContent ?? "";
    keep(DISMISSED, { [element.dataset.service ?? ""]: text });
    const next = element.nextElementSibling ?? element.previousElementSibling;
    next?.querySelector("button")?.focus();
    element.remove();
  }

  document.addEventListener("submit", noteThePublish, true);
  look();
}

if (tag) {
  follow(tag);
}
