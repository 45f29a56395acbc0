/** Put the composed credit line into its field; without script it can be copied. */

const FIELD = "id_credit_line";

/** @param {Element} button - beside the line it takes */
function offer(button) {
  const line = button.parentElement?.querySelector("span");
  const field = /** @type {HTMLInputElement | null} */ (document.getElementById(FIELD));
  if (!line || !field) {
    return;
  }
  button.removeAttribute("hidden");
  button.addEventListener("click", () => {
    field.value = line.textContent ?? "";
    for (const type of ["input", "change"]) {
      field.dispatchEvent(new Event(type, { bubbles: true })); // autosave listens
    }
    field.focus();
  });
}

document.querySelectorAll("[data-takes-line]").forEach(offer);
