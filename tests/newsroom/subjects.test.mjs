/** Which line of a field of tags is being typed. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { lineAt } from "../../src/tamizdat/newsroom/static/newsroom/subjects.mjs";

const VALUE = "Ports\nPre\nLaw";

for (const [at, line] of [[0, "Ports"], [5, "Ports"], [6, "Pre"], [9, "Pre"], [13, "Law"]]) {
  test(`the cursor at ${at} stands in “${line}”`, () => {
    const { start, end } = lineAt({ value: VALUE, selectionStart: at });

    assert.equal(VALUE.slice(start, end), line);
  });
}
