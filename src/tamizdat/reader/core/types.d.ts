/** What the modules of this folder hand to each other; never shipped. */

/** A public key. `id`: 8 hex digits; `key`: 32 bytes. */
interface Key { name: string; id: string; key: Uint8Array }

/** A note taken apart, unbelieved. `text` ends in a line feed. */
interface Note { text: string; lines: { name: string; id: string; sig: Uint8Array }[] }

/** Members of whom at least so many must have cosigned. */
interface Group { least: number; of: string[] }

/** What a trust note says. `from`: log index; `until`: RFC 3339, exclusive. */
interface Trust {
  organisation: string;
  version: number;
  threshold: number;
  roots: Key[];
  from: number;
  seen: number;
  services: Record<string, { key: Key; until: string }>;
  log: Key;
  named: Record<string, Key | Group | null>;
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

interface VerifiedEdition { statement: Statement; index: number; leaf: Uint8Array; checkpoint: Checkpoint }

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
