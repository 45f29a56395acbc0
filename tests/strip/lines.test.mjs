/** What the strip of the editors' site says, and what it keeps to itself. */

import assert from "node:assert/strict";
import { test } from "node:test";

import { choose, heldLines, LINES, lineOf, offered, unverified } from "../../src/tamizdat/mirrors/static/mirrors/lines.mjs";

const NEW_TAB = { published: Infinity, unverified: {}, dismissed: {} };
const PUBLISHED = { ...NEW_TAB, published: 600 };
const NAMES = ["Archive", "North", "South"];

/** Make what a mirror holds. */
function held(mirror, other = {}) {
  return { mirror, verified: true, reachable: true, state: "verified", reason: "", ...other };
}

/** Make a service of the board whose edition 2 was verified on all mirrors long ago. */
function row(service, other = {}) {
  const holdings = other.holdings ?? NAMES.map((name) => held(name));
  return {
    name: `News ${service}`,
    service,
    edition: 2,
    seconds: 3600,
    moved: "2026-11-24T06:00:00+00:00",
    asked: false,
    label: "not independently witnessed",
    waiting: 0,
    page_waiting: false,
    verified: holdings.filter((one) => one.verified).length,
    mirrors: holdings.length,
    holdings,
    trouble: null,
    ...other,
  };
}

/** Make a service one of whose mirrors does not answer. */
function withoutNorth(service, other = {}) {
  const away = { verified: false, reachable: false, state: "unreachable", reason: "en/latest: unreachable" };
  const holdings = [held("Archive"), held("North", away), held("South")];
  return row(service, { holdings, ...other });
}

/** Take the texts of the lines. */
function texts(rows, tab = NEW_TAB) {
  return choose(rows, tab).map((line) => line.text);
}

test("nothing is said of services where nothing happens", () => {
  assert.deepEqual(texts([row("en"), row("ru", { edition: null, seconds: null })]), []);
});

test("no service hides another", () => {
  const rows = [
    row("en", { trouble: "en: no key", moved: "2026-11-24T06:00:01+00:00" }),
    withoutNorth("fa", { moved: "2026-11-24T06:00:02+00:00" }),
    row("ka", { waiting: 1, moved: "2026-11-24T06:00:03+00:00" }),
    row("ru", { seconds: 2, moved: "2026-11-24T06:00:04+00:00" }),
  ];

  assert.deepEqual(texts(rows, PUBLISHED), [
    "News ru (ru): edition 2 verified on all 3 mirrors",
    "News ka (ka): 1 released, printing…",
    "News fa (fa): edition 2 verified on 2 of 3 mirrors; North: not reachable",
    "News en (en): not printed. en: no key",
  ]);
});

test("the service published last comes first, and four lines are enough", () => {
  const rows = [1, 2, 3, 4, 5, 6].map((n) =>
    withoutNorth(`s${n}`, { moved: `2026-11-24T06:00:0${n}+00:00` }),
  );
  const services = choose(rows, NEW_TAB).map((line) => line.service);

  assert.equal(LINES, services.length);
  assert.deepEqual(services, ["s6", "s5", "s4", "s3"]);
});

test("an edition older than the last publish of this tab is not shown as its result", () => {
  const old = row("en", { seconds: 12 });

  assert.equal(lineOf(old, { ...NEW_TAB, published: 5 }), null);
  assert.equal(lineOf(old, PUBLISHED)?.state, "verified");
  assert.equal(lineOf(row("en", { seconds: 4 }), { ...NEW_TAB, published: 5 })?.state, "verified");
});

test("an edition is no news where nothing was published a while ago", () => {
  const fresh = row("en", { seconds: 2 });

  assert.equal(lineOf(fresh, NEW_TAB), null);
  assert.equal(lineOf(fresh, { ...NEW_TAB, published: 900 }), null);
  assert.equal(lineOf(fresh, { ...NEW_TAB, published: 899 })?.state, "verified");
});

test("the second an edition's time is rounded by does not hide it", () => {
  const line = lineOf(row("en", { seconds: 5.6 }), { ...NEW_TAB, published: 5 });

  assert.equal(line?.state, "verified");
});

test("a service page that was published waits for its edition", () => {
  const line = lineOf(row("en", { page_waiting: true, seconds: 5 }), NEW_TAB);

  assert.deepEqual(line, {
    service: "en",
    state: "waiting",
    text: "News en (en): changed, waiting for its edition…",
  });
});

test("a mirror that is merely being served is not blamed", () => {
  const older = held("North", { verified: false, state: "older: edition 1 of 2" });
  const holdings = [held("Archive"), older, held("South")];
  const soon = lineOf(row("en", { holdings, seconds: 1 }), NEW_TAB);
  const late = lineOf(row("en", { holdings, seconds: 100 }), NEW_TAB);

  assert.deepEqual(
    [soon?.state, soon?.text],
    ["waiting", "News en (en): edition 2 verified on 2 of 3 mirrors…"],
  );
  assert.equal(late?.state, "behind");
  assert.match(late?.text ?? "", /North: older: edition 1 of 2$/);
});

test("a forged mirror is named with the reason", () => {
  const forged = held("South", { verified: false, state: "forged", reason: "en/a.html: forged" });
  const line = lineOf(row("en", { holdings: [held("Archive"), forged] }), NEW_TAB);

  assert.equal(
    line?.text,
    "News en (en): edition 2 verified on 1 of 2 mirrors; South: en/a.html: forged",
  );
});

test("an edition that took long to be verified is shown when it is", () => {
  const slow = row("en", { seconds: 300 });

  assert.equal(lineOf(slow, { ...PUBLISHED, unverified: { en: 2 } })?.state, "verified");
  assert.equal(lineOf(slow, { ...PUBLISHED, unverified: { en: 31 } }), null);
});

test("a dismissed line stays away until it says something else", () => {
  const rows = [withoutNorth("en")];
  const tab = { ...NEW_TAB, dismissed: { en: texts(rows)[0] ?? "" } };

  assert.deepEqual(texts(rows, tab), []);
  assert.equal(texts([withoutNorth("en", { edition: 3 })], tab).length, 1);
});

test("a service without mirrors has nothing to wait for", () => {
  assert.equal(lineOf(row("en", { holdings: [], seconds: 1 }), NEW_TAB), null);
});

test("what is not on all mirrors is remembered", () => {
  const rows = [row("en"), row("ru", { waiting: 1 }), withoutNorth("fa")];

  assert.deepEqual(unverified(rows), ["ru", "fa"]);
});

test("breaking news of another service is shown until it is dismissed", () => {
  const offer = { key: "offer-1", text: "en has breaking news: A. For fa?", url: "/admin/breaking/" };
  const [line] = offered([offer], NEW_TAB);

  assert.deepEqual([line.service, line.state, line.text, line.url], [offer.key, "offer", offer.text, offer.url]);
  assert.deepEqual([], offered([offer], { ...NEW_TAB, dismissed: { "offer-1": offer.text } }));
});

test("a held release is told with the time left, which is no part of the text", () => {
  const held = { key: "held-1", text: "“A” (en) is held", url: "/held/", seconds: 3.2, undo: "Undo" };
  const [now, over] = heldLines([held, { ...held, seconds: -1, undo: "" }]);

  assert.deepEqual(now, {
    service: "held-1", state: "held", text: "“A” (en) is held", url: "/held/", left: "4 s", undo: "Undo",
  });
  assert.deepEqual([over.left, over.undo], ["", ""]);
});

test("an edition that witnesses have not seen says so", () => {
  const fresh = { asked: true, seconds: 2 };
  const label = "published, witnesses pending";
  const pending = row("en", { ...fresh, label, said: label });

  assert.deepEqual(texts([pending], PUBLISHED), [
    "News en (en): edition 2 verified on all 3 mirrors; published, witnesses pending",
  ]);
  assert.deepEqual(texts([row("en", { ...fresh, label: "witnessed" })], PUBLISHED), [
    "News en (en): edition 2 verified on all 3 mirrors",
  ]);
});

test("an edition that stays without a quorum stays in view", () => {
  const alone = row("en", { asked: true, said: "not independently witnessed" });

  assert.equal(lineOf(alone, NEW_TAB).state, "behind");
  assert.match(lineOf(alone, NEW_TAB).text, /not independently witnessed$/);
});
