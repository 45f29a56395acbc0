/** Read the parts of a pack. Source: spec/pack.md. */

import { hold, isTime, read } from "./verify.mjs";

const TEXT = "[^\\0-\\x1f\\x7f-\\x9f]+\n";
const CELLS = TEXT.replace("\\x1f", "\\x08\\n-\\x1f"); // parted by U+0009
const MORE = `(?:\\. ${CELLS})*`; // lines that go on with the one before
const TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ";
const SLUG = "[a-z0-9][a-z0-9-]{0,59}";
const KIND = "(?:publish|update|correction|clarification|retraction|redaction|withdrawal|minor)";

/** @param {string} letters @param {string} [form] - of the beginning @param {string} [text] */
const line = (letters, form = "", text = TEXT) => `(?:[${letters}] ${form}${text}${MORE})`;

const SHOWN = line("i", "(?:picture|audio|video|document) ");
const ITEM = RegExp(
  `^(${SLUG}) ([1-9]\\d{0,2})/([1-9]\\d{0,2}) [1-9]\\d{0,3} (-|breaking|retracted|withdrawn)` +
    ` (${TIME}) (-|${TIME}) (${SLUG}) [\\w-]{21}[AQgw]\n` +
    `(${MORE}${line("k")}?(${line("h")})?${line("s")}?${line("b")}?${line("d", "(?:-|\\d{4}-\\d\\d-\\d\\d) ")}?` +
    `(?:${line("pulq")}|${SHOWN}|${line("o", `${TIME} `)}|${line("t", "", CELLS)})*` +
    `${line("n", `${KIND} ${TIME} `)}*${line("c")}?)$`,
);

/** Undo letters in one byte each. @param {Uint8Array} bytes @param {string} named */
function widen(bytes, named) {
  const blocks = named.split(" ").map((block) => parseInt(block, 16) * 16);
  const text = String.fromCharCode(...bytes.subarray(named.length + 16));
  return text.replace(/[\x80-\xff]|\x1a([\da-f]{2,6});/g, (byte, number) => {
    const at = byte.charCodeAt(0);
    const code = number ? parseInt(number, 16) : Number(blocks[(at - 112) >> 4]) + (at & 15);
    hold(code > 127 && code < 0x110000 && code >> 11 !== 27, "PackError");
    return String.fromCodePoint(code);
  });
}

/** @param {Uint8Array} bytes @returns {Item[]} */
export function readPart(bytes) {
  hold(bytes.length <= 16384, "PackError");
  const [, named] = /^tamizdat-pack\/1((?: [1-9a-f][\da-f]{0,4}){0,8})\n/.exec(String.fromCharCode(...bytes.subarray(0, 64))) ?? [];
  const text = named ? widen(bytes, named) : read(bytes.subarray(16), "PackError");
  const [type, ...rows] = text.split(/^= /m);
  hold(named !== undefined && type === "" && rows.length, "PackError");
  return rows.map((row) => {
    const [, id = "", item = 0, items = 0, standing = "", published = "", updated = "", section = "", text = "", head] =
      ITEM.exec(row) ?? [];
    hold(isTime(published) && +item <= +items && (head || +item > 1), "PackError", row);
    return { id, item: +item, items: +items, standing, published, updated, section, text };
  });
}
