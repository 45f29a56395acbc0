/** Judge the bytes of a mirror; the steps are those of spec/latest.md. */

export class EditionError extends Error {} // named as in spec/README.md

/** @param {unknown} held @param {string} name @param {string} [why] @returns {asserts held} */
export function hold(held, name, why = name) {
  if (!held) throw Object.assign(new EditionError(why), { name });
}

/** @param {Uint8Array} bytes @param {string} name */
export function read(bytes, name) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    hold(false, name);
  }
}

/** @param {string} text */
export const utf8 = (text) => new TextEncoder().encode(text);

/** @param {Uint8Array} bytes */
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

/** @param {...(Uint8Array | number[])} parts */
export const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(parts.flatMap((part) => [...part]))));

/** @param {string} text @param {string} name */
function base64(text, name) {
  let raw = "";
  try {
    raw = atob(text);
  } catch {}
  hold(btoa(raw) === text, name);
  return Uint8Array.from(raw, (letter) => letter.charCodeAt(0));
}

/** @param {string} text */
export function isTime(text) {
  const time = new Date(/^(?!0000)\d{4}-.{5}T([01]|2[0-3]).+Z$/.test(text) ? text : NaN);
  return +time === +time && time.toISOString() === text.replace("Z", ".000Z");
}

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;
const Y8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

/** @param {Uint8Array} bytes - least first */
const number = (bytes) => BigInt("0x" + hex(bytes.slice().reverse()));

/** @param {Uint8Array} point - such a one proves nothing */
function weak(point) {
  const y = number(point) % 2n ** 255n;
  return y >= P || [0n, 1n, P - 1n, Y8, P - Y8].includes(y);
}

/** @type {ReadKey} */
export async function readKey(vkey, name = "NoteError", type = 1) {
  const [, who = "", id, rest = ""] = /^([^\s+\0-\x1f\x7f\x85]{1,100})\+(.{8})\+(.*)$/u.exec(vkey) ?? [];
  const body = base64(rest, name);
  const key = body.slice(1);
  const well = body.length === 33 && body[0] === type && !weak(key);
  hold(well && id === hex(await sha256(utf8(who + "\n"), body)).slice(0, 8), name, vkey);
  return { name: who, id, key, stamp: type === 4 ? 8 : 0 };
}

/** @type {ParseNote} */
export function parseNote(bytes) {
  const all = read(bytes, "NoteError");
  const at = all.lastIndexOf("\n\n") + 1;
  const rows = all.slice(at + 1).split("\n");
  const well = at && bytes.length <= 16384 && !/[\0-\x09\x0b-\x1f\x7f]/.test(all);
  hold(well && !rows.pop() && rows.length <= 16, "NoteError");
  const lines = rows.map((row) => {
    const [, name = "", body = ""] = /^— ([^\s+\x85]{1,100}) ([^\s\x85]{1,200})$/u.exec(row) ?? [];
    const sig = base64(body, "NoteError");
    hold(sig.length > 4, "NoteError");
    return { name, id: hex(sig.slice(0, 4)), sig: sig.slice(4) };
  });
  return { text: all.slice(0, at), lines };
}

/** @type {Signers} */
export async function signers({ text, lines }, known) {
  /** @type {Record<string, Key>} */
  const found = {};
  for (const { name, id, sig: all } of lines) {
    const by = known.find((key) => key.name === name && key.id === id);
    if (!by) continue;
    const sig = all.slice(by.stamp); // a witness signs its time too
    const said = by.stamp ? `cosignature/v1\ntime ${parseInt(hex(all.slice(0, 8)), 16)}\n${text}` : text;
    const well = sig.length === 64 && number(sig.slice(32)) < ORDER && !weak(sig.slice(0, 32));
    hold(well && (await isBy(by.key, sig, utf8(said))), "NoteError", `signature by ${name}`);
    found[hex(by.key)] = by;
  }
  return Object.values(found);
}

/** @param {any} key @param {any} sig @param {any} text */
async function isBy(key, sig, text) {
  let ours;
  try {
    ours = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]);
  } catch { // an older browser
    return (await import("./ed25519.mjs")).verifies(sig, text, key);
  }
  return crypto.subtle.verify("Ed25519", ours, sig, text);
}

const ORGANISATION = "\norganisation ([a-z0-9][a-z0-9.-]{0,99})\n";
const SERVICE = "service ([a-z0-9][a-z0-9-]{0,29})";
const HASH = "[0-9a-f]{64}";
const NUMBER = "(?:0|[1-9]\\d{0,14})";
const TRUST = RegExp(
  `^tamizdat-trust/1${ORGANISATION}version (${NUMBER})\nthreshold (${NUMBER})\n((?:root .+\n)*)from (${NUMBER})\n` +
    `seen (${NUMBER}) (${HASH})\n((?:${SERVICE.replace("(", "(?:")} \\S+ \\S+\n)*)opener (.+)\n` +
    `((?:oldlog \\S+ ${NUMBER} ${HASH}\n)*)log (\\S+)(?: \\S+)?\n` +
    "((?:witness \\S+ \\S+(?: \\S+)?\n|group \\S+ (?:any|all|[1-9]\\d?)(?: \\S+)+\n)*)quorum (\\S+)\n$",
);

/** @type {VerifyChain} */
export async function verifyChain(notes, fingerprint) {
  /** @type {Trust[]} */
  const chain = [];
  for (const bytes of notes) {
    const note = parseNote(bytes);
    const trust = await readTrust(note.text, hex(await sha256(bytes)));
    const old = chain[chain.length - 1] ?? trust;
    for (const by of [trust, old])
      hold((await signers(note, by.roots)).length >= by.threshold, "TrustError");
    const ends = trust.vkey === old.vkey ? "" : `oldlog ${old.vkey} ${trust.seen} ${trust.root}\n`;
    hold(trust.oldlogs === (chain.length ? old.oldlogs + ends : ""), "TrustError");
    hold(trust.from >= old.from && trust.seen >= old.seen, "TrustError");
    hold(trust.organisation === old.organisation && chain.push(trust) === trust.version, "TrustError");
  }
  const found = chain[0]?.digest;
  hold(found && chain.length <= 1000 && found === (fingerprint ?? found), "TrustError", found);
  return chain;
}

/** @param {string} text @param {string} digest */
async function readTrust(text, digest) {
  const [, organisation, version = 0, threshold = 0, roots = "", from = 0, seen = 0, root, services = "", ...more] =
    TRUST.exec(text) ?? [];
  const [opener = "", oldlogs = "", vkey = "", policy = "", quorum = ""] = more;
  hold(organisation, "TrustError");
  /** @type {Key[]} */
  const keys = [];
  /** @param {string} vkey @param {number} [type] */
  const key = async (vkey, type) => {
    const one = await readKey(vkey, "TrustError", type);
    keys.push(one);
    return one;
  };
  /** @type {any} */
  const trust = { organisation, digest, version: +version, threshold: +threshold, from: +from, seen: +seen, root, oldlogs, vkey, quorum };
  Object.assign(trust, { roots: [], services: {}, witnesses: [] });
  for (const [, vkey = ""] of roots.matchAll(/ (.+)/g)) trust.roots.push(await key(vkey));
  let last = "";
  for (const [, id = "", vkey = "", until = ""] of services.matchAll(/ (.+) (.+) (.+)/g)) {
    hold(id > last && isTime(until), "TrustError");
    trust.services[(last = id)] = { key: await key(vkey), until };
  }
  await key(opener);
  const logs = [];
  for (const [, vkey = ""] of oldlogs.matchAll(/oldlog (\S+)/g)) logs.push((await key(vkey)).name);
  trust.log = await key(vkey);
  /** @type {any} */
  const named = (trust.named = { __proto__: null, none: {} });
  let groups = 32;
  for (const [, word, name = "", first = "", rest] of policy.matchAll(/^(\w+) (\S+) (\S+)(?: (.+))?$/gm)) {
    hold(!named[name], "TrustError", name);
    if (word === "witness") trust.witnesses.push((named[name] = await key(first, 4)));
    else {
      const of = rest?.split(" ") ?? [];
      const least = { all: of.length, any: 1 }[first] ?? +first;
      const known = new Set(of.filter((one) => one !== "none" && named[one])).size === of.length;
      hold(known && least <= of.length && groups-- > 0, "TrustError", name);
      named[name] = { least, of };
    }
  }
  hold(named[quorum] && trust.witnesses.length <= 32, "TrustError");
  const distinct = new Set(keys.map((one) => hex(one.key))).size === keys.length;
  hold(distinct && +threshold && +threshold <= trust.roots.length, "TrustError");
  hold(!logs.includes(trust.log.name) && new Set(logs).size === logs.length, "TrustError", "log");
  hold(!trust.log.name.startsWith("tamizdat-"), "TrustError", "log");
  return /** @type {Trust} */ (trust);
}

const STATEMENT = RegExp(
  `^tamizdat-edition/1${ORGANISATION}${SERVICE}\nnumber ([1-9]\\d{0,11})\ntime (.+)\ntree (${HASH})\n` +
    `previous (-|${HASH})\ntrust ([1-9]\\d{0,8})\npress [0-9a-zA-Z.+-]{1,40}\n$`,
);

/** @type {VerifyLatest} */
export async function verifyLatest(bytes, chain, service) {
  const mark = utf8("\nc2sp.org/tlog-proof@v1\n"); // step 1
  const at = bytes.findIndex((_, i) => mark.every((byte, j) => bytes[i + j] === byte)) + 1;
  hold(at && bytes.length <= 4096, "StatementError");
  const entry = bytes.slice(0, at);
  const note = parseNote(entry);
  const { index, path, head, checkpoint } = parseProof(bytes.slice(at));
  const statement = await verifyStatement(note, chain, service); // steps 2 to 4
  const trust = /** @type {Trust} */ (chain[chain.length - 1]); // step 5
  const { origin, size, root } = checkpoint;
  const [old] = RegExp(`^oldlog ${origin.replace(/\W/g, "\\$&")}\\+.*`, "m").exec(trust.oldlogs) ?? [];
  const [, vkey, ...end] = (old ?? `oldlog ${trust.vkey} ${size} ${hex(root)}`).split(" ");
  const log = await readKey(vkey ?? "");
  hold(end.join() === [size, hex(root)].join() && origin === log.name && (await signers(head, [log])).length, "ProofError", "log");
  const leaf = await sha256([0], entry);
  await verifyInclusion(leaf, index, path, checkpoint);
  const newer = chain.slice(statement.trust); // step 6
  hold(newer.every(({ from }) => from > index), "StatementError");
  const by = await signers(head, trust.witnesses);
  return { statement, index, leaf, checkpoint, witnessed: meets(trust, trust.quorum, by) };
}

/** @type {Meets} */
function meets(trust, name, by) {
  const { of, least = 0, key } = trust.named[name] ?? {};
  if (of) return of.filter((one) => meets(trust, one, by)).length >= least;
  return by.some((one) => one.key === key);
}

/** @type {(note: Note) => Statement} */
function readStatement({ text, lines }) {
  const [, organisation = "", service = "", number = 0, time = "", tree = "", previous = "", trust = 0] =
    STATEMENT.exec(text) ?? [];
  hold(lines.length === 1 && isTime(time), "StatementError");
  return { organisation, service, number: +number, time, tree, previous, trust: +trust };
}

/** @type {VerifyStatement} */
export async function verifyStatement(note, chain, service) {
  const said = readStatement(note);
  const trust = chain[said.trust - 1]; // step 2
  const by = trust?.services[service];
  hold(by && said.organisation === trust?.organisation && said.service === service, "StatementError"); // step 3
  hold((said.previous === "-") === (said.number === 1), "StatementError");
  hold((await signers(note, [by.key])).length && said.time < by.until, "StatementError", "key"); // step 4
  return said;
}

/** @type {VerifyInclusion} */
export async function verifyInclusion(leaf, index, path, { size, root }) {
  let [at, last, hash] = [index, size - 1, leaf];
  const rise = () => ([at, last] = [Math.floor(at / 2), Math.floor(last / 2)]); // sizes exceed 32 bits
  for (const sibling of path) {
    hold(last > 0, "ProofError");
    const left = at % 2 || at === last;
    hash = await (left ? sha256([1], sibling, hash) : sha256([1], hash, sibling));
    while (left && at && !(at % 2)) rise();
    rise();
  }
  hold(index < size && !last && hex(hash) === hex(root), "ProofError", `leaf ${index}`);
}

/** @type {ParseProof} */
export function parseProof(bytes) {
  const all = read(bytes, "ProofError");
  const at = all.indexOf("\n\n");
  const [type, place = "", ...path] = all.slice(0, at).split("\n");
  hold(at > 0 && type === "c2sp.org/tlog-proof@v1" && place.startsWith("index "), "ProofError");
  const head = parseNote(utf8(all.slice(at + 2)));
  return { index: decimal(place.slice(6)), path: path.map(hashOf), head, checkpoint: parseCheckpoint(head) };
}

/** @type {ParseCheckpoint} */
export function parseCheckpoint({ text }) {
  const [origin, size = "", root = "", ...end] = text.split("\n");
  hold(origin && end.length === 1, "ProofError");
  return { origin, size: decimal(size), root: hashOf(root) };
}

/** @param {string} text */
function decimal(text) {
  hold(/^(0|[1-9]\d{0,15})$/.test(text) && +text <= 2 ** 48, "ProofError", text);
  return +text;
}

/** @param {string} text */
function hashOf(text) {
  const bytes = base64(text, "ProofError");
  hold(bytes.length === 32, "ProofError", text);
  return bytes;
}

/** @type {CheckObject} */
export async function checkObject(bytes, { size = bytes.length, digest }, path) {
  const found = hex(await sha256(bytes));
  hold(bytes.length === size && found === digest, "ObjectError", `${path}: expected ${digest}, found ${found}`);
  return bytes;
}

/** @type {ParseDirectory} */
export function parseDirectory(bytes, path) {
  const [head, ...lines] = read(bytes, "TreeError").split("\n");
  const shard = head === "tamizdat-dir/1 shard";
  hold((shard || head === "tamizdat-dir/1") && !lines.pop() && lines.length && lines.length <= 128, "TreeError", path);
  let last = "";
  const entries = lines.map((line) => {
    const [, kind = "", size = 0, digest = "", name = ""] =
      /^([fd]) (0|[1-9]\d{0,9}) ([0-9a-f]{64}) ([a-z0-9][a-z0-9._-]{0,99})$/.exec(line) ?? [];
    hold(name > last && +size <= (kind === "f" ? 2 ** 26 : 16384), "TreeError", line);
    hold(!shard || (kind === "d" && /^[0-9a-f]$/.test(name)), "TreeError", line);
    return { kind, name: (last = name), target: { size: +size, digest } };
  });
  return { shard, entries };
}

/** @type {Find} */
export async function find(root, path, fetch) {
  /** @type {Entry | undefined} */
  let at = { kind: "d", name: "", target: root };
  for (const name of path.split("/")) {
    const hash = hex(await sha256(utf8(name)));
    for (let digits = 0, shard = true; shard; digits++) {
      if (at?.kind !== "d") return;
      const directory = parseDirectory(await fetch(at.target, path), path);
      shard = directory.shard;
      hold(!shard || digits < 24, "TreeError");
      const wanted = shard ? hash[digits] : name;
      at = directory.entries.find((entry) => entry.name === wanted);
    }
  }
  if (at?.kind === "f") return at.target;
}
