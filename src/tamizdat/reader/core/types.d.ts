/** What the modules of this folder hand to each other; never shipped. */

/** A public key. `id`: 8 hex digits; `key`: 32 bytes; `stamp`: bytes of time before its signatures, 8 of a witness. */
interface Key { name: string; id: string; key: Uint8Array; stamp: number }

/** A note taken apart, unbelieved. `text` ends in a line feed. */
interface Note { text: string; lines: { name: string; id: string; sig: Uint8Array }[] }

/** What a trust note says. `from`: log index; `until`: RFC 3339, exclusive. */
interface Trust {
  organisation: string;
  version: number;
  threshold: number;
  roots: Key[];
  from: number;
  seen: number;
  root: string;
  /** Lines of logs given up, verbatim. */
  oldlogs: string;
  /** Of the log, as the note writes it. */
  vkey: string;
  services: Record<string, { key: Key; until: string }>;
  /** By origin, the newest among them; `end`: size and root of one given up, else "". */
  logs: Record<string, { key: Key; end: string }>;
  /** Keys of witnesses, and groups, by name; "none" is neither. */
  named: Record<string, Partial<Key> & { of?: string[]; least?: any }>;
  witnesses: Key[];
  quorum: string;
  digest: string;
}

/** What a service says of an edition. Times compare as text; `previous` is "-" in the first. */
interface Statement {
  organisation: string;
  service: string;
  number: number;
  time: string;
  tree: string;
  previous: string;
  trust: number;
}

interface Checkpoint { origin: string; size: number; root: Uint8Array }

interface VerifiedEdition {
  statement: Statement;
  index: number;
  leaf: Uint8Array;
  checkpoint: Checkpoint;
  witnessed: boolean;
}

/** A named object. The size of a root is not stated. */
interface Target { size?: number; digest: string }

interface Entry { kind: string; name: string; target: Target }

/** Gives the bytes of a directory object, checked against its target. */
type Fetch = (target: Target, path: string) => Promise<Uint8Array>;

/** A story of a pack, or a piece of one. */
interface Item {
  id: string;
  item: number;
  items: number;
  standing: string;
  published: string;
  updated: string;
  section: string;
  text: string;
}

interface Proof { index: number; path: Uint8Array[]; head: Note; checkpoint: Checkpoint }

interface Directory { shard: boolean; entries: Entry[] }

// The functions of verify.mjs. Each throws an EditionError whose name is one of spec/README.md.

/** Throws unless a condition holds. `name`: of the error; `why`: for people. */
type Hold = (held: unknown, name: string, why?: string) => asserts held;

/** Decodes UTF-8, refusing what is none. */
type Read = (bytes: Uint8Array, error: string) => string;

/** Gives the bytes of UTF-8, of base64 (none if another text stands for the same bytes), of a hash. */
type Bytes = (text: string) => Uint8Array<ArrayBuffer>;
type Utf8 = Bytes;
type Base64 = Bytes;
type HashOf = Bytes;

/** Writes bytes in lower case. */
type Hex = (bytes: Uint8Array) => string;

/** Hashes bytes that follow each other. Gives 32 bytes. */
type Sha256 = (...parts: (Uint8Array | number[])[]) => Promise<Uint8Array<ArrayBuffer>>;

/** Tells whether a text is a second of UTC as RFC 3339 writes it, from year 1 to 9999. */
type IsTime = (text: string) => boolean;

/** Gives the named groups of a form that a text must have; those that count are numbers. */
type Fields = (form: RegExp, text: string, error: string) => any;

/** Reads a number, least byte first. */
type Little = (bytes: Uint8Array) => bigint;

/** Tells whether a point, 32 bytes, is of small order or not canonical: such a one proves nothing. */
type Weak = (point: Uint8Array) => boolean;

/** Verifies an Ed25519 signature of 64 bytes. */
type IsBy = (key: any, sig: any, text: any) => Promise<boolean>;

/** Reads a trust note without its signatures. `digest`: SHA-256 of all its bytes, hex. Source: spec/trust-note.md. */
type ReadTrust = (text: string, digest: string) => Promise<Trust>;

/** Reads a verifier key. `name`: of the error; `type`: 4 for a witness. Source: C2SP signed-note. */
type ReadKey = (vkey: string, name?: string, type?: number) => Promise<Key>;

/** Takes a note of at most 16,384 bytes apart, believing nothing. Source: C2SP signed-note. */
type ParseNote = (all: string) => Note;

/** Verifies every signature by a known key, ignores the others; gives the keys, distinct. */
type Signers = (note: Note, known: Key[]) => Promise<Key[]>;

/** Verifies trust notes 1 to n. `fingerprint`: SHA-256 of the first in hex, where it is pinned. */
type VerifyChain = (notes: Uint8Array[], fingerprint?: string | null) => Promise<Trust[]>;

/** Verifies `<service>/latest`, at most 4,096 bytes, against a chain that `verifyChain` gave. */
type VerifyLatest = (bytes: Uint8Array, chain: Trust[], service: string) => Promise<VerifiedEdition>;

/** Tells whether witnesses are the quorum, the group or the witness of a name. Source: C2SP tlog-policy. */
type Meets = (trust: Trust, name: string, by: any) => boolean;

/** Verifies that a service's key said this while it might; the log is not asked. */
type VerifyStatement = (note: Note, chain: Trust[], service: string) => Promise<Statement>;

/** Checks that a leaf stands at an index under a root. `path`: its sibling first. Source: RFC 9162, 2.1.3.2. */
type VerifyInclusion = (leaf: Uint8Array, index: number, path: Uint8Array[], head: Checkpoint) => Promise<void>;

/** Reads a proof without believing it. Source: C2SP tlog-proof. */
type ParseProof = (text: string) => Proof;

/** Reads the three lines of a checkpoint. Source: C2SP tlog-checkpoint. */
type ParseCheckpoint = (note: Note) => Checkpoint;

/** Gives bytes back if they are the ones named. */
type CheckObject = (bytes: Uint8Array, target: Target, path: string) => Promise<Uint8Array>;

/** Reads a directory object that `checkObject` has passed. Source: spec/tree.md. */
type ParseDirectory = (bytes: Uint8Array, path: string) => Directory;

/** Finds one file, opening only the directories on the way. */
type Find = (root: Target, path: string, fetch: Fetch) => Promise<Target | undefined>;

/** Reads the stories of a part of a pack, or pieces of them. Source: spec/pack.md. */
type ReadPart = (bytes: Uint8Array) => Item[];

/** Undoes letters and strings in one byte each. `table`: "" first, then letters in one string, then strings. */
type Widen = (bytes: Uint8Array, table: string[]) => string;
