/**
 * Count down to the end of breaking news, a minute at a time.
 *
 * The server says the same in words; where they are older than a minute, this replaces
 * them by hours and minutes, which need no language.
 */

const MINUTE = 60_000; // ms

/** @param {number} left - ms @returns {string} as "1:05" */
export function clock(left) {
  const minutes = Math.max(0, Math.ceil(left / MINUTE));
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, "0")}`;
}

function count() {
  for (const one of document.querySelectorAll("time[data-until]")) {
    const until = Date.parse(one.getAttribute("data-until") ?? "");
    if (!Number.isNaN(until)) {
      one.setAttribute("title", one.getAttribute("title") ?? one.textContent ?? "");
      one.textContent = clock(until - Date.now());
    }
  }
}

if (typeof document !== "undefined") {
  setInterval(count, MINUTE);
}
