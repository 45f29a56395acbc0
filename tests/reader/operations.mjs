/**
 * What the vectors ask of a reader, done by the modules of `reader/core`.
 *
 * Each operation takes the `input` of a vector and gives what stands under `ok`, or throws.
 */

import { checkNotOlder, verifyConsistency, walk } from "../../src/tamizdat/reader/core/follow.mjs";
import * as core from "../../src/tamizdat/reader/core/verify.mjs";

/** @param {string} hex */
const unhex = (hex) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => parseInt(pair, 16));

/** @param {any} given @param {string} name - of a field of bytes */
const bytesOf = (given, name) =>
  `${name}_base64` in given
    ? Uint8Array.from(atob(given[`${name}_base64`]), (letter) => letter.charCodeAt(0))
    : core.utf8(given[name]);

/** @param {string[]} notes @param {string | null} [fingerprint] */
const chainOf = (notes, fingerprint) => core.verifyChain(notes.map(core.utf8), fingerprint);

/** @param {Statement} said */
const said = ({ number, time, tree, previous, trust }) => ({
  number,
  time,
  tree,
  previous: previous === "-" ? null : previous,
  trust,
});

/** @param {any} given */
async function latest(given) {
  const chain = await chainOf(given.trust);
  const edition = await core.verifyLatest(bytesOf(given, "latest"), chain, given.service);
  if ("seen" in given) {
    checkNotOlder(edition, await core.verifyLatest(bytesOf(given, "seen"), chain, given.service));
  }
  const { statement, index, leaf, checkpoint } = edition;
  return { ...said(statement), index, size: checkpoint.size, leaf: core.hex(leaf) };
}

/** @param {Checkpoint} head */
const headOf = ({ origin, size, root }) => ({ origin, size, root: core.hex(root) });

/** @param {any} given @returns {Fetch} */
const fetchOf = (given) => (target, path) => core.checkObject(core.utf8(given.objects[target.digest]), target, path);

/** @type {Record<string, (given: any) => unknown>} */
export const OPERATIONS = {
  "note.open": async (given) => {
    const note = core.parseNote(core.read(bytesOf(given, "note"), "NoteError"));
    const keys = await Promise.all(given.keys.map((/** @type {string} */ vkey) => core.readKey(vkey)));
    const signed = await core.signers(note, keys);
    return { text: note.text, signers: signed.map(({ key }) => core.hex(key)).sort() };
  },
  "key.read": async (given) => {
    const { name, id, key } = await core.readKey(given.vkey);
    return { name, id, key: core.hex(key) };
  },
  "trust.chain": async (given) => {
    const chain = await chainOf(given.notes, given.fingerprint);
    const last = /** @type {Trust} */ (chain[chain.length - 1]);
    const { version, services, vkey } = last;
    return { version, fingerprint: chain[0]?.digest, services: Object.keys(services).sort(), log: vkey.split("+")[0] };
  },
  "statement.verify": async (given) =>
    said(await core.verifyStatement(core.parseNote(core.read(bytesOf(given, "note"), "NoteError")), await chainOf(given.trust), given.service)),
  "latest.verify": latest,
  "latest.follow": latest,
  "latest.witnessed": async (given) => {
    const chain = await chainOf(given.trust);
    const { witnessed } = await core.verifyLatest(bytesOf(given, "latest"), chain, given.service);
    return { witnessed };
  },
  "checkpoint.read": (given) => headOf(core.parseCheckpoint(core.parseNote(core.read(bytesOf(given, "note"), "NoteError")))),
  "proof.read": (given) => {
    const { index, path, checkpoint } = core.parseProof(core.read(bytesOf(given, "proof"), "ProofError"));
    return { index, path: path.map(core.hex), checkpoint: headOf(checkpoint) };
  },
  "proof.inclusion": async ({ leaf, index, path, size, root }) => {
    const head = { origin: "", size, root: unhex(root) };
    await core.verifyInclusion(unhex(leaf), index, path.map(unhex), head);
    return {};
  },
  "proof.consistency": async ({ old_size, old_root, size, root, path }) => {
    const old = { size: old_size, root: unhex(old_root) };
    await verifyConsistency(old, { size, root: unhex(root) }, path.map(unhex));
    return {};
  },
  "directory.read": (given) => {
    const { shard, entries } = core.parseDirectory(bytesOf(given, "object"), "directory");
    return { shard, entries: entries.map(({ kind, name, target }) => [kind, target.size, target.digest, name]) };
  },
  "object.check": async (given) => {
    const { size, sha256: digest } = given;
    await core.checkObject(bytesOf(given, "content"), size === null ? { digest } : { size, digest }, "object");
    return {};
  },
  "tree.walk": async (given) => {
    const files = [];
    for await (const [path, { size, digest }] of walk({ digest: given.root }, fetchOf(given))) {
      files.push([path, size, digest]);
    }
    return { files };
  },
  "tree.find": async (given) => {
    const found = await core.find({ digest: given.root }, given.path, fetchOf(given));
    return found ? { size: found.size, sha256: found.digest } : null;
  },
  "pack.read": (given) => ({
    items: core.readPart(bytesOf(given, "part")).map(({ id, item, items }) => ({ id, item, items })),
  }),
};

/**
 * Run one vector. Gives "" if it holds, else what was expected and found.
 *
 * @param {{operation: string, input: any, expect: any}} vector
 */
export async function judge({ operation, input, expect }) {
  const wanted = JSON.stringify(sorted(expect.refused ?? expect.ok));
  let found;
  try {
    found = JSON.stringify(sorted(await OPERATIONS[operation]?.(input)));
  } catch (error) {
    if (!(error instanceof core.EditionError)) return `crashed: ${error}`;
    found = expect.refused ? JSON.stringify(error.name) : `${error.name}: ${error.message}`;
  }
  return found === wanted ? "" : `expected ${wanted}, found ${found}`;
}

/**
 * Run those vectors whose operation a reader needs.
 *
 * @param {{name: string, operation: string, input: any, expect: any}[]} vectors
 */
export async function judgeAll(vectors) {
  const ours = vectors.filter(({ operation }) => operation in OPERATIONS);
  const failed = [];
  for (const vector of ours) {
    const reason = await judge(vector);
    if (reason) failed.push(`${vector.name}: ${reason}`);
  }
  return { passed: ours.length - failed.length, failed, others: vectors.length - ours.length };
}

/** @param {any} value @returns {any} with keys in order: that of a result does not matter */
function sorted(value) {
  if (!value || typeof value !== "object" || Array.isArray(value)) return value;
  return Object.fromEntries(Object.keys(value).sort().map((key) => [key, sorted(value[key])]));
}
