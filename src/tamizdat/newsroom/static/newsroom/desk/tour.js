/**
 * Walk through the real screens: one card a step, beside what it speaks of.
 *
 * The address says which step it is (`?tour=2`), so that Back and reloading work. The
 * card is no modal one: everything can be used meanwhile. Escape or Close ends the tour
 * for good, for this account; any other link leaves it for later.
 */

const NAME = "tour";
const POINTED = "desk-tour__pointed";

/**
 * @typedef {{url: string, target: string, title: string, text: string}} Step
 * @typedef {{steps: Step[], words: Record<"next" | "back" | "done" | "close" | "place", string>,
 *   dismiss: string, token: string}} Tour
 */

const tag = document.querySelector("script[data-tour-steps]");
const asked = Number(new URLSearchParams(location.search).get(NAME));

/**
 * @param {string} url - of a screen
 * @param {number} number - of the step, from 1
 * @returns {string} its address within the tour
 */
function at(url, number) {
  return `${url}${url.includes("?") ? "&" : "?"}${NAME}=${number}`;
}

/**
 * @param {Tour} tour - as the server tells it
 * @param {number} number - of the step, from 1
 */
function show(tour, number) {
  const step = tour.steps[number - 1];
  const last = number === tour.steps.length;
  const pointed = document.querySelector(step.target);
  const card = document.createElement("section");
  card.className = "desk-tour__card";
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-labelledby", "desk-tour-step");
  card.setAttribute("aria-describedby", "desk-tour-text");

  const title = element("h2", step.title, "desk-tour-step");
  title.tabIndex = -1;
  const place = tour.words.place.replace("%(number)s", String(number));
  const row = document.createElement("p");
  row.className = "desk-tour__row";
  if (number > 1) {
    row.append(link(at(tour.steps[number - 2].url, number - 1), tour.words.back));
  }
  if (!last) {
    row.append(link(at(tour.steps[number].url, number + 1), tour.words.next));
  }
  const close = element("button", last ? tour.words.done : tour.words.close);
  close.className = "button button-small button-secondary";
  close.addEventListener("click", end);
  row.append(close);
  const small = element("small", place.replace("%(all)s", String(tour.steps.length)));
  card.append(small, title, element("p", step.text, "desk-tour-text"), row);
  document.body.append(card);
  pointed?.classList.add(POINTED);
  // The card covers the lower half of a phone.
  const block = matchMedia("(max-width: 49.99em)").matches ? "start" : "center";
  pointed?.scrollIntoView({ block, behavior: "instant" });
  title.focus({ preventScroll: true });

  /** Take the card away, and ask the server not to show the first steps again. */
  function end() {
    document.removeEventListener("keydown", escape);
    card.remove();
    pointed?.classList.remove(POINTED);
    const sent = new URLSearchParams({ csrfmiddlewaretoken: tour.token });
    fetch(tour.dismiss, { method: "POST", body: sent, keepalive: true });
  }

  /** @param {KeyboardEvent} event - of any key */
  function escape(event) {
    if (event.key === "Escape" && card.contains(document.activeElement)) {
      end();
    }
  }

  document.addEventListener("keydown", escape);
}

/**
 * @param {string} name - of the element
 * @param {string} text - in it
 * @param {string} [id] - by which others name it
 * @returns {HTMLElement} made
 */
function element(name, text, id) {
  const made = document.createElement(name);
  made.textContent = text;
  made.id = id ?? "";
  return made;
}

/**
 * @param {string} url - where it leads
 * @param {string} text - in it
 * @returns {HTMLAnchorElement} made to look like a button
 */
function link(url, text) {
  const made = document.createElement("a");
  made.href = url;
  made.textContent = text;
  made.className = "button button-small";
  return made;
}

/** Wait until the form has its fields: until then every place in it moves. */
async function settled() {
  if (document.readyState !== "complete") {
    await new Promise((done) => addEventListener("load", done, { once: true }));
  }
  await new Promise((done) => setTimeout(done));
}

if (tag && asked > 0) {
  const answer = await fetch(tag.getAttribute("data-tour-steps") ?? "");
  /** @type {Tour} */
  const tour = await answer.json();
  await settled();
  if (Number.isInteger(asked) && asked <= tour.steps.length) {
    show(tour, asked);
  }
}
