"""The samples of the IPTC in the shared folder yield what their notes say of them."""

from pathlib import Path

import pytest

from tamizdat.wire.errors import NoItemError
from tamizdat.wire.parsers import parse

SHARED = Path(__file__).resolve().parents[3] / "shared" / "input" / "wire"
pytestmark = pytest.mark.skipif(
    not (SHARED / "SOURCES.md").exists(),
    reason="the samples of the IPTC are not in ../shared/input/wire",
)


def items_of(name):
    return [item.to_json() for item in parse((SHARED / name).read_bytes(), name)]


def test_picture_has_three_renditions_and_one_caption():
    (item,) = items_of("g2-picture.xml")
    (media,) = item["media"]

    assert ["highRes", "web", "thumb"] == [r["name"] for r in media["renditions"]]
    assert (1500, 1001) == tuple(media["renditions"][0][k] for k in ("width", "height"))
    assert media["caption"].startswith("A general view of part of downtown")
    assert media["credit"] == "Getty Images"
    assert "2018-10-12T06:42:04Z" == item["updated_at"]
    assert ["medtop:20000523", "medtop:20000533"] == item["subjects"][:2]
    assert ["Spencer Platt"] == [one["name"] for one in item["byline"]]


def test_package_points_to_its_items_and_keeps_the_duty_editor_out():
    (item,) = items_of("g2-package.xml")

    assert ("package", "update", []) == (item["type"], item["signal"], item["body"])
    assert ["main", "main"] == [one["rel"] for one in item["associations"]]
    assert "207 345" not in str(item)
    assert "Dancer" not in str(item)


def test_message_yields_a_package_and_four_items():
    kinds = [(item["type"], item["guid"]) for item in items_of("g2-newsmessage.xml")]

    assert ("package", None) == kinds[0]
    assert ["N1", "N2", "N3", "N4"] == [guid for _, guid in kinds[1:]]


def test_envelope_comes_before_the_document_inside():
    (item,) = items_of("g2-text-nitf.xml")

    assert "Acme Widgets announces annual results" == item["headline"]
    assert ["Sports Network"] == [one["name"] for one in item["byline"]]
    assert 1 == len(item["body"])


def test_fragment_is_read_or_refused_politely():
    (item,) = items_of("g2-nitf-fragment.xml")

    assert item["headline"].startswith("Arizona Diamondbacks")
    with pytest.raises(NoItemError):
        items_of("g2-dateline-fragment.xml")


def test_release_has_its_list_and_no_press_contacts():
    (item,) = items_of("newsml1-release.xml")

    assert [4] == [len(b["items"]) for b in item["body"] if b["kind"] == "list"]
    assert ["video", "picture"] == [media["kind"] for media in item["media"]]
    assert {"place": "KANSAS CITY, Mo.", "date": None} == item["dateline"]
    assert "816-877" not in str(item)
    assert "Chase Wagner" not in str(item)


@pytest.mark.parametrize("name", ["g2-video.xml", "g2-text-empty-body.xml"])
def test_item_without_a_body_of_its_own_says_so_or_has_its_script(name):
    (item,) = items_of(name)

    assert item["guid"]
    assert item["headline"]
    assert item["body"] or "no text in the item" in item["receipt"]["warnings"]
