/** What only somebody needs who has seen an edition before: rollbacks, whole trees, logs that grow. */

import { hex, hold, parseDirectory, sha256, utf8 } from "./verify.mjs";

/**
 * Refuse an edition older than one seen before, another one of its number, or another log.
 *
 * @param {VerifiedEdition} now
 * @param {VerifiedEdition} seen
 */
export function checkNotOlder({ statement: now, leaf, index, checkpoint }, seen) {
  const { statement: old, checkpoint: head } = seen;
  const step = now.number - old.number;
  hold(step >= 0, "StatementError", `rollback: edition ${old.number} was seen`);
  hold(step || hex(leaf) === hex(seen.leaf), "StatementError", `two statements of edition ${now.number}`);
  hold(!step || (now.time > old.time && index > seen.index), "StatementError", `${now.number} is not later`);
  hold(step !== 1 || now.previous === hex(seen.leaf), "StatementError", `${now.number} does not continue`);
  const one = checkpoint.origin === head.origin && checkpoint.size === head.size;
  hold(!one || hex(checkpoint.root) === hex(head.root), "ProofError", `fork at ${head.size} leaves`);
}

/**
 * List the entries of a directory, whatever its shards. Source: spec/tree.md.
 *
 * @param {Target} target @param {Fetch} fetch @param {string} path
 * @param {string} [digits] - of SHA-256(name), shared by every name below
 * @returns {AsyncGenerator<Entry>}
 */
export async function* entriesOf(target, fetch, path, digits = "") {
  const { shard, entries } = parseDirectory(await fetch(target, path), path);
  hold(!shard || digits.length < 24, "TreeError", "too deep");
  for (const entry of entries) {
    if (shard) yield* entriesOf(entry.target, fetch, path, digits + entry.name);
    else {
      const there = hex(await sha256(utf8(entry.name))).startsWith(digits);
      hold(there, "TreeError", `${path}: ${entry.name} is in the wrong shard`);
      yield entry;
    }
  }
}

/**
 * List the files of a tree, sorted by name within each directory.
 *
 * @param {Target} root @param {Fetch} fetch @param {string} [path]
 * @returns {AsyncGenerator<[string, Target]>}
 */
export async function* walk(root, fetch, path = "") {
  const entries = [];
  for await (const entry of entriesOf(root, fetch, path)) entries.push(entry);
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const { kind, name, target } of entries) {
    const inner = path ? `${path}/${name}` : name;
    hold(kind === "f" || inner.split("/").length <= 24, "TreeError", `${inner}: too deep`);
    if (kind === "f") yield [inner, target];
    else yield* walk(target, fetch, inner);
  }
}

/**
 * Check that one log is the beginning of another. Source: RFC 9162 section 2.1.4.2.
 *
 * @param {Omit<Checkpoint, "origin">} old @param {Omit<Checkpoint, "origin">} head
 * @param {Uint8Array[]} path - as RFC 9162 section 2.1.4.1 makes it
 */
export async function verifyConsistency(old, head, path) {
  hold(old.size >= 0 && old.size <= head.size, "ProofError", "a shorter log");
  if (!old.size || old.size === head.size) {
    const same = !old.size || hex(old.root) === hex(head.root);
    return hold(same && !path.length, "ProofError", `two roots of ${old.size}`);
  }
  let [at, last] = [old.size - 1, head.size - 1];
  const rise = () => ([at, last] = [Math.floor(at / 2), Math.floor(last / 2)]);
  while (at % 2) rise();
  const [first, ...left] = at ? path : [old.root, ...path]; // a power of two is its own subtree
  let [now, before] = [first, first];
  for (const sibling of left) {
    hold(last > 0 && now && before, "ProofError", "too long");
    if (at % 2 || at === last) {
      [now, before] = [await sha256([1], sibling, now), await sha256([1], sibling, before)];
      while (at && !(at % 2)) rise();
    } else now = await sha256([1], now, sibling);
    rise();
  }
  const well = now && before && !last && hex(now) + hex(before) === hex(head.root) + hex(old.root);
  hold(well, "ProofError", `log of ${head.size} does not continue that of ${old.size}`);
}
