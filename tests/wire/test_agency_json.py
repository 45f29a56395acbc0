"""Agency copy in JSON: every field in its place, whatever lies round it or is wrong."""

import json
from copy import deepcopy

import pytest
from agency_copy import AP, DPA, NINJS

from tamizdat.wire.errors import JsonError, NotNewsError, TooLargeError, WireError
from tamizdat.wire.items import Credited
from tamizdat.wire.parsers import parse
from tamizdat.wire.records import reader


def items(value):
    data = value if isinstance(value, bytes) else json.dumps(value).encode()
    return parse(data, "copy.json")


def item(value):
    (found,) = items(value)
    return found


def with_(changes):
    return {**deepcopy(NINJS), **changes}


def test_ap_item_in_its_envelope_has_every_field():
    found = item(AP)

    assert (found.family, found.guid, found.version) == ("ap-media", "0aa1", "3")
    assert (found.headline, found.signal) == ("Valley votes for a bridge", "update")
    assert [(p.name, p.title) for p in found.byline] == [
        ("FIRST HAND", None),
        ("SECOND HAND", None),
    ]
    assert found.dateline.place == "RIVERTON"
    assert (found.published_at, found.updated_at) == (
        "2026-03-04T07:01:00Z",
        "2026-03-04T09:58:00Z",
    )
    assert found.usageterms == "Not for sale.\nNo archive."
    assert found.subjects == ("http://cv.ap.org/id/f25a",)
    assert [block.text for block in found.body] == [
        "The valley voted for a bridge.",
        "Work begins in May.",
    ]
    assert found.media[0].renditions[0].width == 3000
    assert found.receipt.warnings == ()


def test_no_name_of_staff_and_no_key_of_the_sender_is_kept():
    text = "".join(json.dumps(found.to_json()) for found in [item(AP), item(DPA)])

    for word in ("staff@", "apikey", "5550100", "desk@", "yyzz"):
        assert word not in text


def test_dpa_item_keeps_subheads_and_tables_and_drops_the_notebook():
    found = item(DPA)

    assert found.family == "dpa-digitalwires"
    assert found.headline == "Das Tal bekommt eine Br\u00fccke"
    assert [b.kind for b in found.body] == [
        "paragraph",
        "subhead",
        "paragraph",
        "table",
    ]
    assert found.body[0].text.startswith("Das Tal bekommt")
    assert found.dateline.place == "Flusstal"
    assert (found.signal, found.ednote) == ("correction", "Berichtigung: Mai")
    assert found.subjects == ("medtop:11000000", "dpacat:vm")
    assert found.published_at == "2026-03-04T09:00:00Z"
    assert found.media[0].credit == "Foto: Dritte Person/dpa"
    assert "marked as not for publication" in [d.why for d in found.receipt.dropped]


@pytest.mark.parametrize(
    "data",
    [
        "\ufeff" + json.dumps(NINJS),
        "// from the wire\n" + json.dumps(NINJS) + " /* end */",
        json.dumps(NINJS)[:-1] + ",}",
        json.dumps(NINJS) + "\n\x00\x00 trailing words",
        "callback(" + json.dumps(NINJS) + ");",
        ")]}',\n" + json.dumps(NINJS),
        json.dumps({"_items": [NINJS], "_meta": {"total": 1}}),
        json.dumps({"data": {"item": NINJS}}),
        json.dumps([[NINJS]]),
        json.dumps(NINJS).replace("May.", "May.\n"),
        json.dumps(NINJS).replace('"body_html"', '"bodyXhtml"'),
        json.dumps(NINJS).replace("<", "&lt;").replace(">", "&gt;"),
    ],
)
def test_item_is_found_whatever_lies_round_it(data):
    found = item(data.encode())

    assert found.headline == "The valley votes"
    assert [block.text for block in found.body] == [
        "The valley voted for a bridge.",
        "Work begins in May.",
    ]


def test_post_of_a_wordpress_interface_is_an_item():
    rendered = {
        "id": 7,
        "date_gmt": "2026-03-04T10:00:00",
        "link": "https://valley.example/7",
        "type": "post",
        "title": {"rendered": "A bridge &#8211; at last"},
        "content": {"rendered": "<p>The valley voted.</p>", "protected": False},
    }
    found = item([rendered])

    assert (found.guid, found.headline) == ("7", "A bridge \u2013 at last")
    assert [block.text for block in found.body] == ["The valley voted."]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
def test_json_in_an_encoding_that_nobody_marked_is_no_mojibake(encoding):
    text = json.dumps({**NINJS, "headline": "Долина"}, ensure_ascii=False)

    assert item(text.encode(encoding)).headline == "Долина"


@pytest.mark.parametrize(
    ("joint", "ends"),
    [("\n", ("", "")), (",", ("[", "]")), (",", ('{"items": [', "]}"))],
)
def test_each_of_several_items_has_a_receipt_and_a_bad_one_stops_no_other(joint, ends):
    rows = [json.dumps(with_({"uri": f"urn:example:{n}"})) for n in range(3)]
    rows.insert(1, '{"headline": "", "type": "text"}')
    found = items((ends[0] + joint.join(rows) + ends[1]).encode())

    assert [one.guid for one in found] == [f"urn:example:{n}" for n in range(3)]
    assert "another item of the file was refused" in found[1].receipt.warnings[0]


@pytest.mark.parametrize("length", range(110, 190, 9))
def test_truncated_item_gives_what_arrived(length):
    found = item(json.dumps(NINJS).encode()[:length])

    assert found.guid == "urn:example:1"
    assert any("damaged JSON" in one for one in found.receipt.warnings)


@pytest.mark.parametrize(
    ("changes", "name", "value"),
    [
        ({"pubStatus": "canceled"}, "pubstatus", "canceled"),
        ({"signal": ["update"]}, "signal", "update"),
        ({"embargoed": ""}, "embargo", None),
        (
            {"embargoedUntil": "2026-03-05T00:00:00+02:00"},
            "embargo",
            "2026-03-04T22:00:00Z",
        ),
        ({"firstcreated": 1772618400}, "published_at", "2026-03-04T10:00:00Z"),
        ({"by": "desk/ab"}, "byline", ()),
        (
            {"subjects": [{"qcode": "medtop:20000523"}]},
            "subjects",
            ("medtop:20000523",),
        ),
        ({"rightsinfo": [{"usageterms": "No sale"}]}, "usageterms", "No sale"),
        ({"infosources": [{"name": "NTB"}]}, "credit", "NTB"),
        ({"editor's note": "Adds vote"}, "ednote", "Adds vote"),
        ({"contacts": "+1 555 0100"}, "ednote", None),
        (
            {"authors": [{"name": "First Hand", "role": "writer"}]},
            "byline",
            (Credited("First Hand"),),
        ),
        (
            {"authors": [{"name": "Second Hand", "role": "editor"}]},
            "contributors",
            (Credited("Second Hand", "editing"),),
        ),
        ({"language": {"code": "en-GB"}}, "language", "en-GB"),
        ({"headline": "Caf\ud83d"}, "headline", "Caf?"),
        ({"urgency": "9" * 5000}, "urgency", None),
    ],
)
def test_field_is_read_in_each_of_its_spellings(changes, name, value):
    assert value == getattr(item(with_(changes)), name)


def test_numbers_stay_as_they_are_written():
    found = item(
        b'{"uri": "a", "headline": "b", "version": 1.10, "n": ' + b"9" * 9999 + b"}"
    )

    assert found.version == "1.10"


def test_body_comes_from_the_richest_form_that_is_whole():
    bodies = [
        {"role": "text", "value": "One two three four.\n\nFive six."},
        {"role": "xhtml", "value": "<p>One.</p>"},
    ]
    plain = with_({"bodies": bodies})
    del plain["body_html"]

    assert [b.text for b in item(plain).body] == ["One two three four.", "Five six."]


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b'{"uri":' * 500 + b"1", JsonError),
        (b'{"uri":' * 500, JsonError),
        (b'{"a": "b"}', NotNewsError),
        (b'{"headline": "of a table", "body": {"rows": 3}}', NotNewsError),
        (b"[]", NotNewsError),
        (b'{"headline": ""}', WireError),
    ],
)
def test_json_that_is_no_copy_is_refused_by_name(data, error):
    with pytest.raises(error, match=r"^copy\.json: "):
        items(data)


def test_number_of_values_is_bounded(monkeypatch):
    monkeypatch.setattr(reader, "MOST_VALUES", 100)

    with pytest.raises(TooLargeError, match=r"at most 100, found 1,0.. values"):
        items(b'{"a": [' + b"1," * 1000 + b"]}")


def test_items_that_are_refused_are_told_a_few_times_and_not_kept():
    bad = '{"headline": "", "type": "text"}'
    rows = [json.dumps(with_({"uri": "urn:example:1"}))]
    text = "\n".join([bad] * 100 + rows)
    (found,) = items(text.encode())

    assert 0 < len(found.receipt.warnings) <= 10
