/**
 * Send a form only when the text editor has put the last words into it, and alone.
 *
 * It does so a quarter of a second after the last key; whoever presses Publish sooner
 * would publish what stood there before. What was pressed lets go of the article: a
 * window that saves or reports unsaved words while it waits for the answer would take
 * the article again, and colleagues would find it held by who is done with it.
 */

const SETTLED = 600; // milliseconds after the last key, twice what it takes and more
const ANSWERED = 60_000; // milliseconds; a window that is still there works on

/** @type {Map<Element, [string, string | null]>} */
const rested = new Map(); // attributes as they were
let resting = 0; // the timer
let last = -Infinity;

/** @param {Event} event - in any field */
function note(event) {
  if (event.target instanceof Element && event.target.closest(".Draftail-Editor")) {
    last = performance.now();
  }
}

/** @param {SubmitEvent} event - of any form */
function settle(event) {
  const left = SETTLED - (performance.now() - last);
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.id !== "page-edit-form") {
    return;
  }
  if (left <= 0) {
    rest(form);
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  last = -Infinity;
  const button = event.submitter;
  setTimeout(() => {
    if (button instanceof HTMLButtonElement) {
      button.disabled = false; // Wagtail stops a second press; the form would not name it
    }
    form.requestSubmit(button);
  }, left);
}

/**
 * Let a window that waits for an answer neither save nor report.
 *
 * @param {HTMLFormElement} form - the one that is sent
 */
function rest(form) {
  clearTimeout(resting);
  resting = setTimeout(wake, ANSWERED);
  for (const [element, name] of workers(form)) {
    if (!rested.has(element)) {
      rested.set(element, [name, element.getAttribute(name)]);
      element.setAttribute(name, "false");
    }
  }
}

/** Let a window that is still there, or was come back to, work as it did. */
function wake() {
  clearTimeout(resting);
  for (const [element, [name, before]] of rested) {
    if (before === null) {
      element.removeAttribute(name); // which is to work
    } else {
      element.setAttribute(name, before);
    }
  }
  rested.clear();
}

/**
 * @param {HTMLFormElement} form - that saves itself
 * @returns {[Element, string][]} what works beside it, and the attribute that says so
 */
function workers(form) {
  const reports = document.querySelectorAll(".w-editing-sessions");
  return [
    [form, "data-w-autosave-active-value"],
    ...[...reports].map((one) => [one, "data-w-session-active-value"]),
  ];
}

for (const name of ["keydown", "beforeinput", "paste", "cut", "drop"]) {
  document.addEventListener(name, note, true);
}
window.addEventListener("submit", settle, true);
window.addEventListener("pageshow", wake); // by the Back button
