// Sends the markup of a pasted text along; what is shown stays plain text.

const form = document.querySelector("[data-desk-paste]");
const text = form?.elements.namedItem("text");
const html = form?.elements.namedItem("html");
const told = form?.querySelector("[data-desk-pasted]");

function keep(event) {
  const markup = event.clipboardData?.getData("text/html") ?? "";
  event.preventDefault();
  html.value = markup;
  text.value = event.clipboardData?.getData("text/plain") ?? "";
  told.hidden = markup === "";
}

// Once somebody writes in it, the markup no longer says the same.
function forget() {
  html.value = "";
  told.hidden = true;
}

text?.addEventListener("paste", keep);
text?.addEventListener("input", forget);
