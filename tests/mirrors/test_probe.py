"""Probing: a wrong byte anywhere is named, whatever the mirror did."""

import hashlib
import os

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tamizdat.edition.errors import TrustError
from tamizdat.mirrors import probe
from tamizdat.mirrors.errors import MissingError
from tamizdat.mirrors.probe import check_service
from tamizdat.mirrors.serve import MirrorServer
from tamizdat.mirrors.transports.web import WebSource


def check(stage, since=None):
    """Check the mirror's directory."""
    return check_service(stage.mirror, stage.press.chain, "en", since)


def replace(path, content):
    """Write a file anew, so that its other links keep their bytes."""
    path.unlink()
    path.write_bytes(content)


def flip(path, at=0):
    """Flip one bit of a file; return the hash it has then."""
    content = bytearray(path.read_bytes())
    content[at % len(content)] ^= 1
    replace(path, bytes(content))
    return hashlib.sha256(bytes(content)).hexdigest()


def test_flipped_byte_of_a_page_is_named_as_forged(stage):
    """Path, expected and found hash are told."""
    page = stage.mirror.root / "en" / "index.html"
    expected = hashlib.sha256(page.read_bytes()).hexdigest()
    found = flip(page, 100)
    problem = check(stage).problems[0]

    assert ("forged", "en/index.html", expected, found) == (
        problem.kind,
        problem.path,
        problem.expected,
        problem.found,
    )


def test_flipped_byte_of_any_object_is_named(stage):
    """No object is too small to be checked, the directories included."""
    objects = sorted(p for p in (stage.mirror.root / "o").rglob("*") if p.is_file())
    clean = {path: path.read_bytes() for path in objects}
    for path in objects:
        found = flip(path, 7)
        said = check(stage)

        assert not said.verified
        assert any(
            path.name == p.expected and p.found.startswith(found) for p in said.problems
        ), path
        replace(path, clean[path])
    assert check(stage).verified


def test_missing_page_is_unfinished_and_missing_object_is_missing(stage):
    """A gap is not a forgery."""
    (stage.mirror.root / "en" / "notice.html").unlink()
    assert ["unfinished"] == [p.kind for p in check(stage).problems]

    digest = check(stage).problems[0].expected
    (stage.mirror.root / "o" / digest[:2] / digest).unlink()
    assert {"missing", "unfinished"} == {p.kind for p in check(stage).problems}


def test_page_of_the_edition_before_is_unfinished_not_forged(stage):
    """A slow mirror is not a hostile one."""
    page = stage.mirror.root / "en" / "index.html"
    old = page.read_bytes()
    stage.change()
    stage.deliver()
    replace(page, old)

    assert ["unfinished"] == [p.kind for p in check(stage).problems]


def test_page_of_the_edition_after_is_unfinished_not_forged(stage):
    """Pages are delivered before `latest`."""
    latest = (stage.mirror.root / "en" / "latest").read_bytes()
    stage.change()
    stage.deliver()
    replace(stage.mirror.root / "en" / "latest", latest)

    assert {"unfinished"} == {p.kind for p in check(stage).problems}


def test_unsigned_entry_in_the_log_excuses_nothing(stage):
    """A mirror cannot call its forgery a neighbour's page."""
    for bundle in (stage.mirror.root / "log" / "tile" / "entries").rglob("*"):
        if bundle.is_file():
            flip(bundle, 30)
    flip(stage.mirror.root / "en" / "index.html")

    assert ["forged"] == [p.kind for p in check(stage).problems]


def test_longer_object_is_refused_after_one_byte_more(stage):
    """Nobody can make a reader take more than was signed."""
    page = stage.mirror.root / "en" / "notice.html"
    stored = hashlib.sha256(page.read_bytes()).hexdigest()
    path = stage.mirror.root / "o" / stored[:2] / stored
    replace(path, path.read_bytes() + b" " * 100_000)
    said = check(stage)

    assert "forged" == said.problems[0].kind
    assert stored == said.problems[0].expected


def test_root_page_is_checked_too(stage):
    """The first page a reader opens is one of those signed."""
    flip(stage.mirror.root / "index.html")

    assert ["index.html"] == [p.path for p in check(stage).problems]


@settings(
    deadline=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(data=st.data())
def test_any_change_of_latest_is_refused(stage, data):
    """No mutation of the one mutable file is believed."""
    path = stage.mirror.root / "en" / "latest"
    clean = path.read_bytes()
    at = data.draw(st.integers(0, len(clean) - 1))
    byte = data.draw(st.integers(0, 255))
    bad = clean[:at] + bytes([byte]) + clean[at + 1 :]
    try:
        path.write_bytes(bad)
        said = check(stage)
    finally:
        path.write_bytes(clean)

    assert said.verified == (bad == clean)


def test_changes_since_a_known_tree_are_all_that_is_read(stage):
    """Reading back one edit costs the edit."""
    known = check(stage).tree
    everything = check(stage).files
    stage.change()
    stage.deliver()
    said = check(stage, known)

    assert said.verified
    assert said.files < everything / 2


def test_mirror_pinned_to_another_fingerprint_is_refused(stage):
    """A look-alike with keys of its own is found out."""
    with pytest.raises(TrustError, match="fingerprint"):
        probe.trust_of(stage.mirror, "0" * 64)


def test_mirror_over_http_verifies_the_same(stage):
    """The road changes nothing."""
    server = MirrorServer(stage.mirror.root)
    source = WebSource(server.url)
    try:
        chain = probe.trust_of(source, stage.press.chain[0].digest)
        over_http = check_service(source, chain, "en")
    finally:
        source.close()
        server.close()

    assert over_http.verified
    assert (over_http.files, over_http.size) == (check(stage).files, check(stage).size)


def test_mirror_that_is_gone_is_unreachable_not_forged(stage):
    """A dead line is the road's fault."""
    server = MirrorServer(stage.mirror.root)
    server.close()
    said = check_service(WebSource(server.url), stage.press.chain, "en")

    assert ["unreachable"] == [p.kind for p in said.problems]


@pytest.mark.parametrize(
    "path", [".press/lock", "%2epress/lock", "en/../.press/lock", "o/", "nothing"]
)
def test_private_folder_is_not_served(stage, path):
    """What the press keeps for itself stays there, and no folder is listed."""
    server = MirrorServer(stage.press.archive.root)
    source = WebSource(server.url)
    try:
        with pytest.raises(MissingError):
            source.read(path, 100)
    finally:
        source.close()
        server.close()


def test_withheld_edition_is_seen_by_its_number(stage):
    """A frozen mirror still verifies; its number and time tell its age."""
    stage.change()

    assert check(stage).verified
    assert 1 == check(stage).number


def test_content_of_another_service_proves_nothing_here(stage):
    """A `latest` under another name is refused."""
    folder = stage.mirror.root / "ru"
    folder.mkdir()
    (folder / "latest").write_bytes((stage.mirror.root / "en" / "latest").read_bytes())
    said = check_service(stage.mirror, stage.press.chain, "ru")

    assert "expected service ru, found en" in str(said.problems[0])


def test_named_pipe_in_a_files_place_holds_nobody_up(stage):
    """Whoever runs a mirror can put anything there."""
    page = stage.mirror.root / "en" / "index.html"
    page.unlink()
    os.mkfifo(page)
    report = check(stage)

    assert ["en/index.html"] == [problem.path for problem in report.problems]
