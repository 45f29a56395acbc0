// Keep the file that was chosen where a form comes back with a question about it: then
// a tick is all that is asked. Without it the same file is chosen once more.

const CHOSEN = "form[data-chooser-modal-creation-form] input[type=file]";
const ASKED = "input[type=checkbox][name$=unseen]";

/** @type {FileList | null} */
let sent = null;

document.addEventListener(
  "submit",
  ({ target }) => {
    const chosen = target instanceof HTMLFormElement && target.querySelector(CHOSEN);
    sent = chosen instanceof HTMLInputElement ? chosen.files : null;
  },
  { capture: true },
);

new MutationObserver(() => {
  if (!sent?.length) return;
  const asked = document.querySelector(ASKED);
  const again = asked?.closest("form")?.querySelector("input[type=file]");
  if (again instanceof HTMLInputElement && !again.files?.length) {
    again.files = sent;
    sent = null;
  }
}).observe(document.documentElement, { childList: true, subtree: true });
