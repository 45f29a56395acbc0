/** What the reader's verifier takes at the most, where a vector would be too large. */

import assert from "node:assert/strict";
import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { test } from "node:test";

import { verifyChain } from "../../src/tamizdat/reader/core/verify.mjs";

const NOTES = 1000; // of one chain (spec/trust-note.md)

/** @param {string} name */
function signer(name) {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  const typed = Buffer.concat([Buffer.of(1), publicKey.export({ format: "der", type: "spki" }).subarray(-32)]);
  const id = createHash("sha256").update(`${name}\n`).update(typed).digest().subarray(0, 4);
  return { name, id, privateKey, vkey: `${name}+${id.toString("hex")}+${typed.toString("base64")}` };
}

const [root, opener, log] = ["root/1", "opener", "log/1"].map((role) => signer(`press.example/${role}`));

/** @param {number} version */
function signed(version) {
  const lines = ["tamizdat-trust/1", "organisation press.example", `version ${version}`, "threshold 1"];
  lines.push(`root ${root.vkey}`, "from 0", `seen 0 ${createHash("sha256").digest("hex")}`);
  lines.push(`opener ${opener.vkey}`, `log ${log.vkey}`, "quorum none", "");
  const text = lines.join("\n");
  const line = Buffer.concat([root.id, sign(null, Buffer.from(text), root.privateKey)]).toString("base64");
  return new TextEncoder().encode(`${text}\n\u2014 ${root.name} ${line}\n`);
}

test("a chain of a thousand trust notes is the longest", async () => {
  const notes = Array.from({ length: NOTES + 1 }, (_, index) => signed(index + 1));

  assert.equal((await verifyChain(notes.slice(0, NOTES))).length, NOTES);
  await assert.rejects(verifyChain(notes), { name: "TrustError" });
});
