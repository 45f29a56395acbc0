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

/** @param {Uint8Array} bytes @returns {Item[]} */
export function readPart(bytes) {
  const [type, ...rows] = read(bytes, "PackError").split(/^= /m);
  hold(bytes.length <= 16384 && type === "tamizdat-pack/1\n" && rows.length, "PackError");
  return rows.map((row) => {
    const [, id = "", item = 0, items = 0, standing = "", published = "", updated = "", section = "", text = "", head] =
      ITEM.exec(row) ?? [];
    hold(isTime(published) && +item <= +items && (head || +item > 1), "PackError", row);
    return { id, item: +item, items: +items, standing, published, updated, section, text };
  });
}
