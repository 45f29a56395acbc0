/**
 * Keep the press board as it is now: ask for its living part again, and put in what
 * differs. Without script the page is complete, and reloading it does the same.
 */

const SECONDS_AWAKE = 3; // between two questions
const SECONDS_QUIET = 30; // the same, in a tab nobody looks at

/**
 * Put the parts that differ in place of those of the same id.
 *
 * A part that stays keeps its elements; one that goes gives the keyboard to the link
 * of the same address in the one that comes.
 *
 * @param {Element} here - the living part of the page
 * @param {DocumentFragment | Element} fresh - the same as it is now
 */
export function renew(here, fresh) {
  for (const part of [...fresh.children]) {
    const before = part.id ? here.querySelector(`:scope > [id="${part.id}"]`) : null;
    if (before && !before.isEqualNode(part)) {
      const focused = before.querySelector("a:focus")?.getAttribute("href");
      before.replaceWith(part);
      const link = [...part.querySelectorAll("a")].find((a) => a.getAttribute("href") === focused);
      link?.focus({ preventScroll: true });
    }
  }
}

/** @param {HTMLElement} here - the living part of the page */
function follow(here) {
  async function look() {
    try {
      const answer = await fetch(here.dataset.live ?? "");
      if (answer.ok && !answer.redirected) {
        const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
        renew(here, document.importNode(parsed.body, true));
      }
    } catch {
      // signed out, or the newsroom restarts: the next look tells
    }
    setTimeout(look, (document.hidden ? SECONDS_QUIET : SECONDS_AWAKE) * 1000);
  }
  setTimeout(look, SECONDS_AWAKE * 1000);
}

const living = globalThis.document?.querySelector("[data-live]");
if (living) {
  follow(/** @type {HTMLElement} */ (living));
}
