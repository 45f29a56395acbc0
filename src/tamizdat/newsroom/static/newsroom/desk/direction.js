// Each field follows the direction of what is typed; an empty one that of the service,
// so that the caret stands where its first letter will.

const form = document.querySelector("[data-edit-form]");
const service = document.body.classList.contains("desk-rtl") ? "rtl" : "ltr";
const TEXTS = "textarea, input[type=text], input[type=search], input:not([type])";
const NO_WORDS = /(?:address|_date|_at|embargo|permalinks|date|time)$/; // figures and addresses

function isText(field) {
  return field.matches(TEXTS) && !NO_WORDS.test(field.name) && !field.closest(".w-dropdown");
}

function settle(field) {
  if (isText(field)) {
    field.dir = field.value === "" ? service : "auto";
  }
}

function settleBelow(element) {
  element.querySelectorAll(TEXTS).forEach(settle);
}

// Blocks come after the form, and whenever somebody adds one.
function settleAdded(changes) {
  for (const change of changes) {
    for (const node of change.addedNodes) {
      if (node instanceof Element) {
        settleBelow(node);
      }
    }
  }
}

if (form) {
  settleBelow(form);
  new MutationObserver(settleAdded).observe(form, { childList: true, subtree: true });
  form.addEventListener("input", (event) => settle(event.target), true);
  form.addEventListener("focusin", (event) => {
    if (event.target.matches(TEXTS)) {
      settle(event.target);
    }
  });
}
