/** Where the arrow keys lead on the wire desk. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { step } from "../../src/tamizdat/newsroom/static/newsroom/wire.mjs";

for (const [key, from, to] of [
  ["ArrowDown", 0, 1],
  ["ArrowDown", 2, -1],
  ["ArrowUp", 0, -1],
  ["ArrowUp", 2, 1],
  ["Home", 2, 0],
  ["End", 0, 2],
  ["x", 1, -1],
]) {
  test(`${key} leads from ${from} of three to ${to}`, () => {
    assert.equal(step(key, from, 3), to);
  });
}
