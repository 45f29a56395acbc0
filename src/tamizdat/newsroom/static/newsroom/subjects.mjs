// Offers tags or places of a service while a line of them is typed.
// The field stays a plain text field, one name a line: without this script it works.

const WAIT = 150; // milliseconds after the last key

/** The line in which the cursor stands. @param {HTMLTextAreaElement} field */
export function lineAt(field) {
  const at = field.selectionStart;
  const start = field.value.lastIndexOf("\n", at - 1) + 1;
  const next = field.value.indexOf("\n", at);
  return { start, end: next < 0 ? field.value.length : next };
}

/** @param {HTMLTextAreaElement} field @param {number} number */
function offerBelow(field, number) {
  const list = document.createElement("ul");
  list.className = "subjects-offer";
  list.id = `${field.id || "subjects"}-offer-${number}`;
  list.setAttribute("role", "listbox");
  field.after(list);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-expanded", "false");
  field.autocomplete = "off";
  return list;
}

/** @param {HTMLTextAreaElement} field @param {number} number */
function watch(field, number) {
  const url = field.dataset["subjectsUrl"];
  if (!url) return;
  const list = offerBelow(field, number);
  let timer = 0;
  let chosen = -1;

  const close = () => {
    list.replaceChildren();
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  /** @param {string} name */
  const take = (name) => {
    const { start, end } = lineAt(field);
    field.setRangeText(name + (end === field.value.length ? "\n" : ""), start, end, "end");
    field.dispatchEvent(new Event("input", { bubbles: true }));
    close();
    field.focus();
  };
  /** @param {string[]} names */
  const show = (names) => {
    close();
    for (const [at, name] of names.entries()) {
      const item = document.createElement("li");
      item.id = `${list.id}-${at}`;
      item.setAttribute("role", "option");
      item.textContent = name;
      item.addEventListener("mousedown", (event) => {
        event.preventDefault();
        take(name);
      });
      list.append(item);
    }
    field.setAttribute("aria-expanded", String(names.length > 0));
  };
  const ask = async () => {
    const { start, end } = lineAt(field);
    const begun = field.value.slice(start, end).trim();
    if (!begun) return close();
    const answer = await fetch(`${url}?q=${encodeURIComponent(begun)}`);
    if (!answer.ok) return close();
    const { names } = await answer.json();
    const now = lineAt(field);
    if (field.value.slice(now.start, now.end).trim() !== begun) return;
    show(names.filter((/** @type {string} */ name) => name !== begun));
  };
  /** @param {number} by */
  const move = (by) => {
    const items = [...list.children];
    chosen = (chosen + by + items.length) % items.length;
    for (const [at, item] of items.entries()) {
      item.setAttribute("aria-selected", String(at === chosen));
    }
    field.setAttribute("aria-activedescendant", items[chosen]?.id ?? "");
  };

  field.addEventListener("input", (event) => {
    if (!event.isTrusted) return;
    clearTimeout(timer);
    timer = window.setTimeout(ask, WAIT);
  });
  field.addEventListener("blur", close);
  field.addEventListener("keydown", (event) => {
    if (!list.children.length) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      take(list.children[chosen]?.textContent ?? "");
    } else if (event.key === "Escape") {
      event.preventDefault();
      close();
    }
  });
}

if (typeof document !== "undefined") {
  const fields = /** @type {NodeListOf<HTMLTextAreaElement>} */ (
    document.querySelectorAll("textarea.subjects")
  );
  fields.forEach(watch);
}
