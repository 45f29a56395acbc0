/** The reader's verifier keeps every vector, is small, and touches nothing but bytes. */

import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

import * as verifier from "../../src/tamizdat/reader/core/verify.mjs";
import { judge, OPERATIONS } from "./operations.mjs";

const vectors = new URL("../../spec/vectors/", import.meta.url);
const core = new URL("../../src/tamizdat/reader/core/", import.meta.url);
const modules = readdirSync(core).filter((name) => name.endsWith(".mjs"));
const VERIFIER = 5 * 1024; // bytes of gzip: notes, trust, statements, proofs, tree and pack, comments included
const LOADED_ON_USE = 8 * 1024;

/** @param {string} name */
const shipped = (name) => readFileSync(new URL(name, core), "utf-8");

/** @param {Function} use */
async function eachVector(use) {
  let count = 0;
  for (const name of readdirSync(vectors, { recursive: true, encoding: "utf-8" })) {
    if (!name.endsWith(".json")) continue;
    const vector = JSON.parse(readFileSync(new URL(name, vectors), "utf-8"));
    if (!(vector.operation in OPERATIONS)) continue;
    count += 1;
    await use(name, vector);
  }
  assert.ok(count > 250, `only ${count} vectors`);
}

test("every vector of a reader is kept", async () => {
  await eachVector(async (name, vector) => assert.equal(await judge(vector), "", name));
});

test("a browser without Ed25519 keeps them too", async (t) => {
  const real = crypto.subtle.importKey.bind(crypto.subtle);
  t.mock.method(crypto.subtle, "importKey", (...given) =>
    given[2] === "Ed25519" ? Promise.reject(new DOMException("", "NotSupportedError")) : real(...given),
  );
  await eachVector(async (name, vector) => assert.equal(await judge(vector), "", name));
});

test("a vector that expects another result fails", async () => {
  const vector = { operation: "key.read", input: { vkey: "no key" }, expect: { ok: {} } };

  assert.match(await judge(vector), /^expected {}, found NoteError/);
});

test("the verifier, packs included, does not grow", () => {
  const text = shipped("verify.mjs");

  const imported = text.match(/\bimport\b.*/g) ?? [];
  assert.deepEqual(imported, ['import("./ed25519.mjs")).verifies(sig, text, key); // an older browser']);
  for (const task of ["parseNote", "verifyChain", "verifyStatement", "verifyInclusion", "find", "readPart"]) {
    assert.equal(typeof verifier[task], "function", task);
  }
  assert.ok(gzipSync(text, { level: 9 }).length <= VERIFIER);
});

test("what is loaded on use is at most 8 KiB in gzip", () => {
  const library = readFileSync(new URL("../vendor/ed25519.mjs", core));
  for (const text of [...modules.map(shipped), library]) {
    assert.ok(gzipSync(text, { level: 9 }).length <= LOADED_ON_USE);
  }
});

test("the core knows no page, network, storage or clock", () => {
  for (const name of modules) {
    const code = shipped(name).replace(/\/\*\*.*?\*\//gs, "");
    assert.doesNotMatch(code, /\b(document|window|navigator|caches|indexedDB|localStorage|self)[.[]|Date\.now|new Date\(\)/, name);
    assert.doesNotMatch(code, /(?<!\w|\()fetch\(["'`]/, name);
  }
});
