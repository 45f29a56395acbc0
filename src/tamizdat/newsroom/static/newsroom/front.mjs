/**
 * Arrange a front page without a reload, and by dragging.
 *
 * Every step is a button of the form, answered by the server: this posts the same form in
 * the background, takes its answer in and puts the keyboard back. Without it the page
 * works the same, a load at a time.
 */

const FORM = "front-desk";
const SAID = "front-said"; // stays in the page, so that its words are read out
const STEPS = /^(up|down|top|remove|add|to|search|refresh)(:|$)/;

/** @type {string[][]} values and ids of buttons pressed while an answer was awaited */
const queue = [];
let waiting = false;

/** @returns {HTMLFormElement} the form as it is now */
function form() {
  return /** @type {HTMLFormElement} */ (document.getElementById(FORM));
}

/** @param {SubmitEvent} event - of the form */
function onSubmit(event) {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (event.target !== form() || !button || !STEPS.test(button.value)) {
    return; // to put it on the page, or to look at it, is a page of its own
  }
  event.preventDefault();
  take(button.value);
}

/** @param {string} step - what a button says, as "up:12" */
function take(step) {
  queue.push([step]);
  if (!waiting) {
    next();
  }
}

async function next() {
  const step = queue.shift()?.[0];
  if (step === undefined) {
    return;
  }
  waiting = true;
  const body = new FormData(form());
  body.set("do", step);
  try {
    const answer = await fetch(form().action, { method: "POST", body });
    show(new DOMParser().parseFromString(await answer.text(), "text/html"), answer);
  } catch {
    submit(step); // the plain way says what is wrong
    return;
  }
  waiting = false;
  next();
}

/** @param {string} step - to post as a page of its own */
function submit(step) {
  const field = document.createElement("input");
  field.type = "hidden";
  field.name = "do";
  field.value = step;
  form().append(field);
  form().submit();
}

/**
 * @param {Document} page - as the server answered
 * @param {Response} answer - the same
 */
function show(page, answer) {
  const fresh = page.getElementById(FORM);
  const said = page.getElementById(SAID);
  const here = document.getElementById(SAID);
  if (!fresh || !said || !here) {
    location.assign(answer.url); // signed out, or the right is gone
    return;
  }
  form().replaceWith(fresh);
  here.className = said.className;
  here.textContent = said.textContent;
  focusAt(form().dataset.focus ?? "");
}

/** @param {string} id - of the control that the keyboard goes on at */
function focusAt(id) {
  document.getElementById(id)?.focus();
}

/** @type {HTMLElement | null} the story that is being dragged */
let dragged = null;
/** @type {{list: Element | null, before: Element | null}} where it came from */
let home = { list: null, before: null };

/** @param {DragEvent} event - at its start */
function onStart(event) {
  const item = /** @type {Element} */ (event.target).closest?.("li[draggable]");
  dragged = /** @type {HTMLElement | null} */ (item);
  home = { list: dragged?.parentElement ?? null, before: dragged?.nextElementSibling ?? null };
  if (dragged && event.dataTransfer) {
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.article ?? "");
    dragged.classList.add("front-dragged");
  }
}

/** @param {DragEvent} event - while over the page */
function onOver(event) {
  const list = listAt(event);
  if (!dragged || !list) {
    return;
  }
  event.preventDefault();
  const before = [...list.children].find((item) => item !== dragged && below(item, event.clientY));
  if (dragged.parentElement !== list || dragged.nextElementSibling !== (before ?? null)) {
    list.insertBefore(dragged, before ?? null);
  }
}

/**
 * @param {Element} item - of a list
 * @param {number} y - of the pointer, CSS pixels
 * @returns {boolean} whether its middle is below the pointer
 */
function below(item, y) {
  const box = item.getBoundingClientRect();
  return y < box.top + box.height / 2;
}

/** @param {DragEvent} event - anywhere @returns {HTMLElement | null} the list of a section */
function listAt(event) {
  const section = /** @type {Element} */ (event.target).closest?.(".front-section");
  return section?.querySelector("ol.front-list") ?? null;
}

/** @param {DragEvent} event - over a list */
function onDrop(event) {
  if (!dragged || !listAt(event)) {
    return;
  }
  event.preventDefault();
  const list = dragged.closest("ol.front-list");
  const section = /** @type {HTMLElement | null} */ (list)?.dataset.section ?? "";
  const key = dragged.dataset.article ?? "";
  slotOf(dragged).value = `${section}:${key}`;
  home.list = null;
  onEnd();
  take(`refresh:${key}`);
}

/** @param {HTMLElement} item - of a list @returns {HTMLInputElement} its field */
function slotOf(item) {
  const there = item.querySelector("input[name=slot]");
  const field = /** @type {HTMLInputElement} */ (there ?? document.createElement("input"));
  field.type = "hidden";
  field.name = "slot";
  item.prepend(field);
  return field;
}

/** Put a story that was dropped nowhere back where it came from. */
function onEnd() {
  if (dragged && home.list) {
    home.list.insertBefore(dragged, home.before);
  }
  dragged?.classList.remove("front-dragged");
  dragged = null;
}

if (form()) {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("dragstart", onStart);
  document.addEventListener("dragover", onOver);
  document.addEventListener("drop", onDrop);
  document.addEventListener("dragend", onEnd);
  focusAt(form().dataset.focus ?? "");
}
