/**
 * Send a form only when the text editor has put the last words into it.
 *
 * It does so a quarter of a second after the last key; whoever presses Publish sooner
 * would publish what stood there before.
 */

const SETTLED = 600; // milliseconds after the last key, twice what it takes and more

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
  if (left <= 0 || !(form instanceof HTMLFormElement) || form.id !== "page-edit-form") {
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

for (const name of ["keydown", "beforeinput", "paste", "cut", "drop"]) {
  document.addEventListener(name, note, true);
}
window.addEventListener("submit", settle, true);
