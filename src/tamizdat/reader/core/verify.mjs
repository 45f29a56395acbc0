/** Judge the bytes of a mirror by the steps of spec/latest.md; types.d.ts types each function under its name. */

export class EditionError extends Error {} // named as in spec/README.md

export function hold(held, name, why = name) {
  if (!held) throw Object.assign(new EditionError(why), { name });
}

export function read(bytes, error) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    hold(false, error);
  }
}

export const utf8 = (text) => new TextEncoder().encode(text);

export const hex = (bytes) => [...bytes].map((byte) => (byte + 256).toString(16).slice(1)).join("");

export const sha256 = async (...parts) =>
  new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array(parts.flatMap((part) => [...part]))));

function base64(text) {
  let raw = "";
  try {
    raw = atob(text);
  } catch {}
  return Uint8Array.from(btoa(raw) === text ? raw : "", (letter) => letter.charCodeAt(0));
}

const isTime = (text) => text > "0001" && new Date(text).toJSON() === text.replace("Z", ".000Z");

function fields(form, text, error) {
  const found = form.exec(text)?.groups;
  hold(found, error, text);
  /** @type {any} */
  const said = { ...found };
  for (const name in said)
    if (/^(number|trust|version|threshold|from|seen|size|index|items?)$/.test(name)) said[name] = +said[name];
  return said;
}

const P = 2n ** 255n - 19n;
const ORDER = 2n ** 252n + 0x14def9dea2f79cd65812631a5cf5d3edn;
const Y8 = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;

const little = (bytes) => BigInt("0x" + hex(bytes.slice().reverse()));

function weak(point) {
  const y = little(point) % 2n ** 255n;
  return y >= P || [0n, 1n, P - 1n, Y8, P - Y8].includes(y);
}

export async function readKey(vkey, error = "NoteError", type = 1) {
  const form = /^(?<name>[^\s+\0-\x1f\x7f\x85]{1,100})\+(?<id>.{8})\+(?<rest>.*)$/u;
  const { name, id, rest } = fields(form, vkey, error);
  const body = base64(rest);
  const key = body.slice(1);
  const well = body.length === 33 && body[0] === type && !weak(key);
  hold(well && id === hex(await sha256(utf8(name + "\n"), body)).slice(0, 8), error);
  return { name, id, key, stamp: type === 4 ? 8 : 0 };
}

export function parseNote(all) {
  const at = all.lastIndexOf("\n\n") + 1;
  const lines = all.slice(at + 1).split("\n");
  const well = at && utf8(all).length <= 16384 && !/[\0-\x09\x0b-\x1f\x7f]/.test(all);
  hold(well && !lines.pop() && lines.length <= 16, "NoteError");
  const found = lines.map((line) => {
    const { name, rest } = fields(/^— (?<name>[^\s+\x85]{1,100}) (?<rest>[^\s\x85]{1,200})$/u, line, "NoteError");
    const sig = base64(rest);
    hold(sig.length > 4, "NoteError");
    return { name, id: hex(sig.slice(0, 4)), sig: sig.slice(4) };
  });
  return { text: all.slice(0, at), lines: found };
}

export async function signers({ text, lines }, known) {
  const found = new Map();
  for (const { name, id, sig: all } of lines) {
    const by = known.find((key) => key.name === name && key.id === id);
    if (!by) continue;
    const sig = all.slice(by.stamp); // a witness signs its time too
    const said = by.stamp ? `cosignature/v1\ntime ${BigInt("0x" + hex(all.slice(0, 8)))}\n${text}` : text;
    const well = sig.length === 64 && little(sig.slice(32)) < ORDER && !weak(sig.slice(0, 32));
    hold(well && (await isBy(by.key, sig, utf8(said))), "NoteError", name);
    found.set(hex(by.key), by);
  }
  return [...found.values()];
}

async function isBy(key, sig, text) {
  const ours = await crypto.subtle.importKey("raw", key, "Ed25519", false, ["verify"]).catch(() => null);
  if (ours) return crypto.subtle.verify("Ed25519", ours, sig, text);
  return (await import("./ed25519.mjs")).verifies(sig, text, key); // an older browser
}

const ORGANISATION = "\norganisation (?<organisation>[a-z0-9][a-z0-9.-]{0,99})\n";
const SERVICE = "[a-z0-9][a-z0-9-]{0,29}";
const HASH = "[0-9a-f]{64}";
const NUMBER = "(0|[1-9]\\d{0,14})";
const TRUST = RegExp(
  `^tamizdat-trust/1${ORGANISATION}version (?<version>${NUMBER})\nthreshold (?<threshold>${NUMBER})\n(root \\S+\n)*` +
    `from (?<from>${NUMBER})\nseen (?<seen>${NUMBER}) (?<root>${HASH})\n(service ${SERVICE} \\S+ \\S+\n)*` +
    `opener \\S+\n(?<oldlogs>(oldlog \\S+ ${NUMBER} ${HASH}\n)*)log (?<vkey>\\S+)( \\S+)?\n` +
    "(witness \\S+ \\S+( \\S+)?\n|group \\S+ (any|all|[1-9]\\d?)( \\S+)+\n)*quorum (?<quorum>\\S+)\n$",
);

export async function verifyChain(notes, fingerprint) {
  const chain = [];
  for (const bytes of notes) {
    const note = parseNote(read(bytes, "NoteError"));
    const trust = await readTrust(note.text, hex(await sha256(bytes)));
    const old = chain[trust.version - 2] ?? trust;
    for (const by of [trust, old])
      hold((await signers(note, by.roots)).length >= by.threshold, "TrustError");
    const ends = trust.vkey === old.vkey ? "" : `oldlog ${old.vkey} ${trust.seen} ${trust.root}\n`;
    hold(trust.oldlogs === (chain.length ? old.oldlogs + ends : ""), "TrustError");
    hold(trust.from >= old.from && trust.seen >= old.seen, "TrustError");
    hold(trust.organisation === old.organisation && chain.push(trust) === trust.version, "TrustError");
  }
  const found = chain[0]?.digest;
  hold(found && chain.length <= 1000 && found === (fingerprint ?? found), "TrustError");
  return chain;
}

async function readTrust(text, digest) {
  const trust = fields(TRUST, text, "TrustError");
  trust.digest = digest;
  trust.roots = [];
  trust.witnesses = [];
  trust.services = { __proto__: null };
  trust.logs = { __proto__: null };
  trust.named = { __proto__: null, none: null };
  const keys = new Set();
  let last = "";
  let groups = 32;
  for (const line of text.split("\n")) {
    const [word = "", name = "", first = "", ...of] = line.split(" ");
    const vkey = { root: name, service: first, opener: name, oldlog: name, log: name, witness: first }[word];
    const key = vkey && (await readKey(vkey, "TrustError", word === "witness" ? 4 : 1));
    let well = !key || keys.size < keys.add(hex(key.key)).size;
    if (word === "root") trust.roots.push(key);
    if (word === "service") {
      well &&= name > last && isTime(of.join());
      trust.services[(last = name)] = { key, until: of.join() };
    }
    if (key && /log$/.test(word)) {
      well &&= !trust.logs[key.name] && !/^tamizdat-/.test(name);
      trust.logs[key.name] = { key, end: word === "log" ? "" : `${first} ${of}` };
    }
    if (word === "group") {
      const known = new Set(of.filter((one) => trust.named[one])).size === of.length;
      well &&= known && !(+first > of.length) && groups-- > 0;
    }
    if (/^witness|^group/.test(word)) {
      well &&= !(name in trust.named);
      trust.named[name] = key ?? { least: { all: of.length, any: 1 }[first] ?? +first, of };
    }
    if (word === "witness") trust.witnesses.push(key);
    hold(well, "TrustError");
  }
  hold(trust.quorum in trust.named && trust.witnesses.length <= 32, "TrustError");
  hold(trust.threshold && trust.threshold <= trust.roots.length, "TrustError");
  return trust;
}

const STATEMENT = RegExp(
  `^tamizdat-edition/1${ORGANISATION}service (?<service>${SERVICE})\nnumber (?<number>[1-9]\\d{0,11})\n` +
    `time (?<time>.+)\ntree (?<tree>${HASH})\nprevious (?<previous>-|${HASH})\n` +
    `trust (?<trust>[1-9]\\d{0,8})\npress [0-9a-zA-Z.+-]{1,40}\n$`,
);

export async function verifyLatest(bytes, chain, service) {
  const all = read(bytes, "NoteError"); // step 1
  const at = all.indexOf("\nc2sp.org/tlog-proof@v1\n") + 1;
  hold(at && bytes.length <= 4096, "StatementError");
  const entry = all.slice(0, at);
  const note = parseNote(entry);
  const { index, path, head, checkpoint } = parseProof(all.slice(at));
  const statement = await verifyStatement(note, chain, service); // steps 2 to 4
  /** @type {any} */
  const trust = chain[chain.length - 1]; // step 5
  const { origin, size, root } = checkpoint;
  const { key, end } = trust.logs[origin] ?? {};
  hold(key && (!end || end === `${size} ${hex(root)}`) && (await signers(head, [key])).length, "ProofError", "log");
  const leaf = await sha256([0], utf8(entry));
  await verifyInclusion(leaf, index, path, checkpoint);
  const newer = chain.slice(statement.trust); // step 6
  hold(newer.every(({ from }) => from > index), "StatementError");
  const by = await signers(head, trust.witnesses);
  return { statement, index, leaf, checkpoint, witnessed: meets(trust, trust.quorum, by) };
}

function meets(trust, name, by) {
  const one = trust.named[name];
  return one?.of ? one.of.filter((inner) => meets(trust, inner, by)).length >= one.least : by.includes(one);
}

export async function verifyStatement(note, chain, service) {
  const said = fields(STATEMENT, note.text, "StatementError");
  const trust = chain[said.trust - 1]; // step 2
  const by = trust?.services[service];
  hold(by && said.organisation === trust?.organisation && said.service === service, "StatementError"); // step 3
  hold(note.lines.length === 1 && isTime(said.time), "StatementError");
  hold((said.previous === "-") === (said.number === 1), "StatementError");
  hold((await signers(note, [by.key])).length && said.time < by.until, "StatementError"); // step 4
  return said;
}

export async function verifyInclusion(leaf, index, path, { size, root }) {
  let [at, last, hash] = [index, size - 1, leaf];
  for (const sibling of path) {
    hold(last > 0, "ProofError");
    while (at === last && at % 2 < 1) [at, last] = [at / 2, last / 2];
    hash = await (at % 2 ? sha256([1], sibling, hash) : sha256([1], hash, sibling));
    [at, last] = [Math.floor(at / 2), Math.floor(last / 2)]; // sizes exceed 32 bits
  }
  hold(index < size && !last && hex(hash) === hex(root), "ProofError");
}

export function parseProof(text) {
  const form = /^c2sp\.org\/tlog-proof@v1\nindex (?<index>0|[1-9]\d{0,14})\n(?<path>(.+\n)*)\n(?<rest>[^]*)/;
  const { index, path, rest } = fields(form, text, "ProofError");
  const head = parseNote(rest);
  return { index, path: path.split("\n").slice(0, -1).map(hashOf), head, checkpoint: parseCheckpoint(head) };
}

export function parseCheckpoint({ text }) {
  const { origin, size, root } = fields(/^(?<origin>.+)\n(?<size>0|[1-9]\d{0,14})\n(?<root>.+)\n$/, text, "ProofError");
  hold(size <= 2 ** 48, "ProofError", text);
  return { origin, size, root: hashOf(root) };
}

function hashOf(text) {
  const bytes = base64(text);
  hold(bytes.length === 32, "ProofError", text);
  return bytes;
}

export async function checkObject(bytes, { size = bytes.length, digest }, path) {
  hold(bytes.length === size && hex(await sha256(bytes)) === digest, "ObjectError", path);
  return bytes;
}

export function parseDirectory(bytes, path) {
  const [head, ...lines] = read(bytes, "TreeError").split("\n");
  const shard = head === "tamizdat-dir/1 shard";
  const well = (shard || head === "tamizdat-dir/1") && !lines.pop();
  hold(well && lines.length && lines.length <= 128, "TreeError", path);
  const form = /^(?<kind>[fd]) (?<size>0|[1-9]\d{0,9}) (?<digest>[0-9a-f]{64}) (?<name>[a-z0-9][a-z0-9._-]{0,99})$/;
  let last = "";
  const entries = lines.map((line) => {
    const { kind, name, ...target } = fields(form, line, "TreeError");
    hold(name > last && target.size <= (kind === "f" ? 2 ** 26 : 16384), "TreeError", line);
    hold(!shard || (kind === "d" && /^[0-9a-f]$/.test(name)), "TreeError", line);
    return { kind, name: (last = name), target };
  });
  return { shard, entries };
}

export async function find(root, path, fetch) {
  const [name = "", ...below] = path.split("/");
  const inner = below.join("/");
  for (const digit of hex(await sha256(utf8(name))).slice(0, 25)) {
    const { shard, entries } = parseDirectory(await fetch(root, path), path);
    const found = entries.find((entry) => entry.name === (shard ? digit : name));
    if (found?.kind !== (shard || inner ? "d" : "f")) return;
    root = found.target;
    if (!shard) return inner ? find(root, inner, fetch) : root;
  }
  hold(false, "TreeError", path);
}

const TEXT = "[^\\0-\\x08\\n-\\x1f\\x7f-\\x9f]+\n"; // U+0009 parts cells
const MORE = `(\\. ${TEXT})*`; // lines that go on with the one before
const TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
const SLUG = "[a-z0-9][a-z0-9-]{0,59}";
/** @type {Record<string, string>} */
const BEGINNINGS = {
  d: "(-|\\d{4}-\\d\\d-\\d\\d) ",
  i: "[a-z]+ ",
  o: `${TIME} `,
  n: `[a-z]+ ${TIME} `,
};
const BODY = "k?(?<head>h)?s?b?d?(p|u|l|q|i|o|t)*n*c?".replace(
  /\b\w\b/g,
  (letter) => `(${letter} ${BEGINNINGS[letter] ?? ""}${TEXT}${MORE})`,
);
const ITEM = RegExp(
  `^(?<id>${SLUG}) (?<item>[1-9]\\d{0,2})/(?<items>[1-9]\\d{0,2}) [1-9]\\d{0,3} ` +
    `(?<standing>-|[a-z]+) (?<published>${TIME}) (?<updated>-|${TIME}) (?<section>${SLUG})\n(?<text>${MORE}${BODY})$`,
);

export function readPart(bytes) {
  hold(bytes.length <= 16384, "PackError");
  const form = /^tamizdat-pack\/1 [a-z0-9][a-z0-9-]{0,29} [\w-]{21}[AQgw](?<table>\t\P{Cc}*(\t\P{Cc}{2,16})*)?\n$/u;
  const at = bytes.indexOf(10) + 1;
  const { table } = fields(form, read(bytes.slice(0, at), "PackError"), "PackError");
  const text = table ? widen(bytes.slice(at), table.split("\t")) : read(bytes.slice(at), "PackError");
  hold(utf8(text).length <= 22528, "PackError");
  const lines = `\n${text}= `.split("\n= ");
  hold(!lines.shift() && !lines.pop() && lines.length, "PackError");
  return lines.map((line) => {
    const { head, ...said } = fields(ITEM, line + "\n", "PackError");
    hold(isTime(said.published) && said.item <= said.items && (head || said.item > 1), "PackError", line);
    return said;
  });
}

function widen(bytes, [, letters = "", ...strings]) {
  const table = [...letters, ...strings];
  hold(table.length <= 128, "PackError");
  return String.fromCharCode(...bytes).replace(/[\x80-\xff]/g, (byte) => {
    const string = table[byte.charCodeAt(0) - 128];
    hold(string, "PackError");
    return string;
  });
}
