// Begin what Wagtail would begin with a script inside the page: date fields, panels of
// rows, choosers. The page names what to call and with what; nothing in it runs itself.

/** Names of Wagtail's own files that are called; others are constructed. */
const FUNCTIONS = [
  "initDateChooser",
  "initTimeChooser",
  "initDateTimeChooser",
  "createTaskChooser",
];

/** @param {HTMLElement} mark */
function make(mark) {
  const { madeBy = "", madeFor, madeWith = "{}" } = mark.dataset;
  const maker = /** @type {any} */ (window)[madeBy];
  const given = JSON.parse(madeWith);
  const words = madeFor === undefined ? [given] : [madeFor, given];
  delete mark.dataset.madeBy; // once
  if (FUNCTIONS.includes(madeBy)) {
    maker(...words);
  } else {
    new maker(...words);
  }
}

/** @param {ParentNode} where */
function makeAll(where) {
  for (const mark of where.querySelectorAll("[data-made-by]")) {
    make(/** @type {HTMLElement} */ (mark));
  }
}

makeAll(document);
// Rows that are added, and windows that open, bring fields of their own.
new MutationObserver((changes) => {
  for (const { addedNodes } of changes) {
    for (const node of addedNodes) {
      if (node instanceof HTMLElement && node.isConnected) {
        if (node.matches("[data-made-by]")) make(node);
        makeAll(node);
      }
    }
  }
}).observe(document.documentElement, { childList: true, subtree: true });
