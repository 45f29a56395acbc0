/** A form that is sent lets go of its article: meanwhile its window saves and reports nothing. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

const SCRIPT = new URL("../../src/tamizdat/newsroom/static/newsroom/desk/settle.js", import.meta.url);
const SAVES = "data-w-autosave-active-value";
const REPORTS = "data-w-session-active-value";

class Element {
  constructor(given = {}) {
    this.id = "page-edit-form";
    this.given = given;
  }
  getAttribute(name) {
    return this.given[name] ?? null;
  }
  setAttribute(name, value) {
    this.given[name] = value;
  }
  removeAttribute(name) {
    delete this.given[name];
  }
}

function opened(given) {
  const form = new Element(given);
  const report = new Element();
  const heard = {};
  const timers = new Map();
  const listen = (name, then) => (heard[name] = then);
  runInNewContext(readFileSync(SCRIPT, "utf-8"), {
    document: { addEventListener: listen, querySelectorAll: () => [report] },
    window: { addEventListener: listen },
    performance: { now: () => 1e6 },
    Element,
    HTMLFormElement: Element,
    HTMLButtonElement: Element,
    setTimeout: (then) => timers.set(timers.size + 1, then).size,
    clearTimeout: (key) => timers.delete(key),
  });
  return {
    form,
    report,
    send: () => heard.submit({ target: form }),
    comeBack: () => heard.pageshow({ persisted: true }),
    wait: () => [...timers.values()].forEach((then) => then()),
  };
}

test("a window that waits for an answer neither saves nor reports", () => {
  const { form, report, send } = opened({ [SAVES]: "true" });
  send();
  assert.equal(form.given[SAVES], "false");
  assert.equal(report.given[REPORTS], "false");
});

for (const again of ["wait", "comeBack"]) {
  test(`a window that is still there works again, sent twice or not: ${again}`, () => {
    const window = opened({ [SAVES]: "true" });
    window.send();
    window.send();
    window[again]();
    assert.deepEqual(window.form.given, { [SAVES]: "true" });
    assert.deepEqual(window.report.given, {});
    window.send();
    assert.equal(window.form.given[SAVES], "false");
  });
}

test("saving that had stopped before is not begun", () => {
  const { form, send, wait } = opened({ [SAVES]: "false" });
  send();
  wait();
  assert.equal(form.given[SAVES], "false");
});
