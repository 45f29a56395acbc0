/** Words are folded in the browser as they were for the index. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { fold } from "../../src/tamizdat/reader/find/folding.mjs";

/** @type {[string, string, string][]} */
const rows = JSON.parse(readFileSync(new URL("folded.json", import.meta.url), "utf-8"));

test("every row of folded.json is folded as it says", () => {
  for (const [language, text, folded] of rows) assert.equal(fold(text, language), folded, text);
});
