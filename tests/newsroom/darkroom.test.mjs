import assert from "node:assert/strict";
import test from "node:test";

import { aim, within } from "../../src/tamizdat/newsroom/static/newsroom/darkroom.mjs";

test("a cut lies round its point, and never outside the picture", () => {
  assert.deepEqual(aim(1600, 450, 16 / 9, 0.5, 0.5), [50, 50]);
  assert.deepEqual(aim(1600, 450, 16 / 9, 0.95, 0.1), [100, 50]);
  assert.deepEqual(aim(1600, 450, 16 / 9, 0, 0.9), [0, 50]);
  assert.deepEqual(aim(400, 800, 1, 0.5, 0.25), [50, 0]);
  assert.deepEqual(aim(400, 800, 1, 0.5, 0.5), [50, 50]);
});

test("a number is kept inside", () => {
  assert.deepEqual([within(-1, 0, 1), within(0.5, 0, 1), within(2, 0, 1)], [0, 0.5, 1]);
});
