// The pages of the door: say when a key gives no answer, print codes, copy a link.
// Everything here also works by hand; without this script only the buttons are missing.

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const said of document.querySelectorAll(".door__said")) {
    /** @type {HTMLElement} */ (said).hidden = false;
  }
});

for (const button of document.querySelectorAll("[data-print]")) {
  /** @type {HTMLElement} */ (button).hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const button of document.querySelectorAll("[data-copy]")) {
  const own = /** @type {HTMLElement} */ (button);
  own.hidden = !navigator.clipboard;
  own.addEventListener("click", () => {
    navigator.clipboard.writeText(own.dataset.copy ?? "");
  });
}
