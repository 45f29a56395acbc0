/**
 * Count the seconds of a held release down. Without it the page still says when the
 * hold ends, and the browser asks again once it is over.
 */

const LEFT = document.querySelector("[data-left]");

/** @param {Element} element - that shows whole seconds, with the milliseconds left */
function countDown(element) {
  const end = performance.now() + Number(element.getAttribute("data-left"));
  const timer = setInterval(() => {
    const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
    if (element.textContent !== String(left)) {
      element.textContent = String(left);
    }
    if (left === 0) {
      clearInterval(timer);
    }
  }, 100);
}

if (LEFT) {
  countDown(LEFT);
}
