/**
 * Point at what must stay visible in a picture, and lay blocks over what must not.
 *
 * By pointer, by arrow keys, by numbers. Places are those of the picture: left is left in
 * every script. What is drawn here is only told to the server, which burns it in.
 */

const STEP = 0.01; // of the width or height
const LARGE = 0.05;
const LEAST = 0.01; // a block has something to cover
/** @type {Record<string, [number, number]>} */
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Keep a number inside. @param {number} value @param {number} least @param {number} most */
export function within(value, least, most) {
  return Math.min(most, Math.max(least, value));
}

/**
 * Place a cut of a ratio round a point, as the newsroom cuts it.
 * @param {number} width - of the picture @param {number} height
 * @param {number} ratio - width by height of the cut
 * @param {number} x - of the point, 0 to 1 @param {number} y
 * @returns {[number, number]} how far along its free way the cut lies, in percent
 */
export function aim(width, height, ratio, x, y) {
  const w = Math.min(width, height * ratio);
  const h = Math.min(height, w / ratio);
  /** @param {number} at @param {number} whole @param {number} part */
  const along = (at, whole, part) =>
    whole - part < 1 ? 50 : (within(at * whole - part / 2, 0, whole - part) / (whole - part)) * 100;
  return [along(x, width, w), along(y, height, h)];
}

/** Say where in an element a pointer is, 0 to 1. @param {PointerEvent} event @param {Element} stage */
function place(event, stage) {
  const box = stage.getBoundingClientRect();
  return {
    x: within((event.clientX - box.left) / box.width, 0, 1),
    y: within((event.clientY - box.top) / box.height, 0, 1),
  };
}

/** @param {ParentNode} root @param {string} what @returns {HTMLElement} */
function part(root, what) {
  const found = root.querySelector(what);
  if (!(found instanceof HTMLElement)) throw new Error(`expected ${what}`);
  return found;
}

/** @param {string} name @returns {HTMLInputElement | null} */
function field(name) {
  const found = document.getElementById(`id_focal_point_${name}`);
  return found instanceof HTMLInputElement ? found : null;
}

/** Let a focal point be chosen. @param {HTMLElement} root */
function point(root) {
  const width = Number(root.dataset["width"]);
  const height = Number(root.dataset["height"]);
  const stage = part(root, ".darkroom-stage");
  const mark = part(root, ".darkroom-mark");
  const at = { x: Number(field("x")?.value || width / 2) / width, y: Number(field("y")?.value || height / 2) / height };

  function show() {
    mark.style.left = `${at.x * 100}%`;
    mark.style.top = `${at.y * 100}%`;
    for (const box of root.querySelectorAll("[data-axis]")) {
      if (box instanceof HTMLInputElement) box.value = String(Math.round((box.dataset["axis"] === "x" ? at.x : at.y) * 100));
    }
    for (const cut of root.querySelectorAll("[data-ratio]")) {
      const [across = 1, down = 1] = (cut.getAttribute("data-ratio") ?? "").split(":").map(Number);
      const [left, top] = aim(width, height, across / down, at.x, at.y);
      const image = cut.querySelector("img");
      if (image) image.style.objectPosition = `${left}% ${top}%`;
    }
  }

  /** @param {number} x @param {number} y @param {boolean} chosen */
  function move(x, y, chosen = true) {
    at.x = within(x, 0, 1);
    at.y = within(y, 0, 1);
    /** @type {Record<string, number>} */
    const values = { x: at.x * width, y: at.y * height, width: width / 10, height: height / 10 };
    for (const [name, value] of Object.entries(values)) {
      const box = field(name);
      if (box) box.value = chosen ? String(Math.round(value)) : "";
    }
    show();
  }

  let dragging = false;
  stage.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    dragging = true;
    stage.setPointerCapture(event.pointerId);
    mark.focus();
    const { x, y } = place(event, stage);
    move(x, y);
  });
  stage.addEventListener("pointermove", (event) => {
    const { x, y } = place(event, stage);
    if (dragging) move(x, y);
  });
  stage.addEventListener("pointerup", () => (dragging = false));
  mark.addEventListener("keydown", (event) => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    const step = event.shiftKey ? LARGE : STEP;
    move(at.x + arrow[0] * step, at.y + arrow[1] * step);
  });
  for (const box of root.querySelectorAll("[data-axis]")) {
    box.addEventListener("input", () => {
      if (!(box instanceof HTMLInputElement) || box.value === "") return;
      const share = Number(box.value) / 100;
      if (box.dataset["axis"] === "x") move(share, at.y);
      else move(at.x, share);
    });
  }
  part(root, "[data-middle]").addEventListener("click", () => move(0.5, 0.5, false));
  show();
}

/** @typedef {{x: number, y: number, w: number, h: number, element: HTMLButtonElement}} Block */

/** Let blocks be drawn over a picture. @param {HTMLFormElement} form */
function draw(form) {
  const width = Number(form.dataset["width"]);
  const height = Number(form.dataset["height"]);
  const stage = part(form, ".darkroom-stage");
  const status = part(form, "[data-status]");
  /** @type {Block[]} */
  const blocks = [];

  /** @param {Block} one */
  function words(one) {
    /** @type {Record<string, number>} */
    const row = { n: blocks.indexOf(one) + 1, x: one.x * 100, y: one.y * 100, w: one.w * 100, h: one.h * 100 };
    return (form.dataset["says"] ?? "").replace(/\{(\w)\}/g, (_all, key) => String(Math.round(row[key] ?? 0)));
  }

  function tell() {
    const rows = blocks.map((one) => [
      Math.floor(one.x * width),
      Math.floor(one.y * height),
      Math.ceil(one.w * width),
      Math.ceil(one.h * height),
    ]);
    const box = form.elements.namedItem("blocks");
    if (box instanceof HTMLInputElement) box.value = JSON.stringify(rows);
  }

  /** @param {Block} one @param {Partial<Block>} to */
  function set(one, to) {
    Object.assign(one, to);
    one.w = within(one.w, LEAST, 1);
    one.h = within(one.h, LEAST, 1);
    one.x = within(one.x, 0, 1 - one.w);
    one.y = within(one.y, 0, 1 - one.h);
    const style = one.element.style;
    style.left = `${one.x * 100}%`;
    style.top = `${one.y * 100}%`;
    style.width = `${one.w * 100}%`;
    style.height = `${one.h * 100}%`;
    one.element.textContent = String(blocks.indexOf(one) + 1);
    one.element.setAttribute("aria-label", words(one));
    tell();
  }

  /** @param {Block} one */
  function drop(one) {
    blocks.splice(blocks.indexOf(one), 1);
    one.element.remove();
    status.textContent = form.dataset["gone"] ?? "";
    for (const left of blocks) set(left, {});
    tell();
    (blocks.at(-1)?.element ?? part(form, "[data-add]")).focus();
  }

  /** @param {Block} one @param {KeyboardEvent} event */
  function pressed(one, event) {
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      drop(one);
      return;
    }
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    const [across, down] = [arrow[0] * STEP, arrow[1] * STEP];
    set(one, event.shiftKey ? { w: one.w + across, h: one.h + down } : { x: one.x + across, y: one.y + down });
    status.textContent = words(one);
  }

  /** @param {number} x @param {number} y @param {number} w @param {number} h */
  function add(x, y, w, h) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "darkroom-block";
    element.setAttribute("aria-describedby", "blocks-help");
    /** @type {Block} */
    const one = { x, y, w, h, element };
    blocks.push(one);
    stage.append(element);
    element.addEventListener("keydown", (event) => pressed(one, event));
    set(one, {});
    element.focus();
    return one;
  }

  /** @type {((event: PointerEvent) => void) | null} */
  let drag = null;
  stage.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    stage.setPointerCapture(event.pointerId);
    const from = place(event, stage);
    const held = blocks.find((one) => one.element === event.target);
    const one = held ?? add(from.x, from.y, LEAST, LEAST);
    const was = { x: one.x, y: one.y };
    one.element.focus();
    drag = (moved) => {
      const to = place(moved, stage);
      if (held) set(one, { x: was.x + to.x - from.x, y: was.y + to.y - from.y });
      else set(one, { x: Math.min(from.x, to.x), y: Math.min(from.y, to.y), w: Math.abs(to.x - from.x), h: Math.abs(to.y - from.y) });
    };
  });
  stage.addEventListener("pointermove", (event) => drag?.(event));
  stage.addEventListener("pointerup", () => (drag = null));
  const adding = part(form, "[data-add]");
  adding.addEventListener("click", () => {
    status.textContent = words(add(0.4, 0.4, 0.2, 0.2));
  });
  adding.removeAttribute("disabled"); // before this it would do nothing, and say nothing
}

if (typeof document !== "undefined") {
  for (const root of document.querySelectorAll("[data-focus]")) {
    if (root instanceof HTMLElement) point(root);
  }
  for (const form of document.querySelectorAll("form[data-blocks]")) {
    if (form instanceof HTMLFormElement) draw(form);
  }
}
