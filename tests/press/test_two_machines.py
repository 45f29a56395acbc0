"""Two machines that have nothing in common but the input print the same edition."""

import hashlib
import json
import os
import shutil
import subprocess
import sys

import pytest

import documents
from cast import NOW
from tamizdat.press.keys import new_organisation

SERVICES = ("en", "fa", "ru")
STORIES = 100  # of each service; one is long
PICTURES = 12
STRANGER = 65_534  # a user and a group that own nothing here
TIME = "2026-11-24T06:00:00Z"

# What a machine says of itself, before it builds by the real command.
_MACHINE = """
import json, locale, os, sys, time, zlib, gzip
os.umask(int(sys.argv[1]))
print(json.dumps({
    "folder": os.getcwd(), "user": os.getuid(), "home": os.environ.get("HOME"),
    "zone": time.strftime("%Z", time.localtime(0)), "hash": hash("edition"),
    "locale": locale.setlocale(locale.LC_ALL, ""), "mask": os.umask(int(sys.argv[1])),
    "encoding": locale.getencoding() if hasattr(locale, "getencoding") else "",
    "zlib": [len(zlib.compress(b"a" * 999)), len(gzip.compress(b"a" * 999, mtime=0))],
}), flush=True)
from tamizdat.server.cli import main
main(sys.argv[2:])
"""

# Another zlib: everything that compresses stores its bytes as they are.
_OTHER_ZLIB = """
import gzip, zlib
_compress, _object, _gzip = zlib.compress, zlib.compressobj, gzip.compress
def compress(data, /, level=-1, wbits=15):
    return _compress(data, 0, wbits)
def compressobj(level=-1, *rest, **named):
    return _object(0, *rest, **named)
def gzip_compress(data, compresslevel=9, **named):
    return _gzip(data, 0, **named)
zlib.compress, zlib.compressobj, gzip.compress = compress, compressobj, gzip_compress
"""


def picture(number):
    """Make the bytes of a picture; what they show is no matter here."""
    return hashlib.sha256(f"picture {number}".encode()).digest() * 40


def rendition(content, width):
    """Describe one file of a picture."""
    digest = hashlib.sha256(content).hexdigest()
    return {
        "name": f"{width}.jpg",
        "href": f"sha256:{digest}",
        "contentType": "image/jpeg",
        "width": width,
        "height": width // 2,
        "sizeInBytes": len(content),
    }


def story(number, name):
    """Make a story: with tags, a picture or another release, or a long one."""
    one = documents.story(number, name, section=("society", "law")[number % 2])
    one["subjects"] = [
        {"name": f"Tag {tag}", "literal": f"tag-{tag}"} for tag in range(number % 4)
    ]
    if number <= PICTURES:
        sizes = [rendition(picture(number), 640), rendition(picture(-number), 320)]
        one["associations"] = [
            {
                "name": "lead",
                "uri": sizes[0]["href"],
                "type": "picture",
                "by": "Press",
                "descriptions": [
                    {"role": "caption", "value": "A library, «тихо»."},
                    {"role": "alt", "value": "İstanbul: مردم می‌خوانند."},
                ],
                "renditions": sizes,
            }
        ]
    if number == STORIES:
        text = " ".join(f"Sentence {n}, «и так далее»." for n in range(2_000))
        one["tamizdat"]["body"] = [{"kind": "paragraph", "text": text}]
    if number % 5 == 0:
        return documents.changed(one, "Another", "correction", "It was 2009.")
    return one


ROWS = [documents.service(name) for name in SERVICES]
ROWS += [story(n, name) for n in range(1, STORIES + 1) for name in SERVICES]


def as_user(user):
    """Say how to start a program as another user, who may read what root may.

    The interpreter may lie where only root can read; whose files it writes, and what
    it may write, is the other user's.
    """
    if user is None:
        return []
    may = "+dac_read_search"
    who = ("--reuid", str(user), "--regid", str(user), "--clear-groups")
    return ["setpriv", *who, "--inh-caps", may, "--ambient-caps", may]


class Machine:
    """A place of its own: folder, user, habits. `said`: what it says of itself."""

    def __init__(self, folder, keys, user=None):
        self.folder = folder
        self.said = {}
        self._keys = keys
        self._user = user

    def build(self, rows, order, mask, **settings):
        """Print all services by the real command; return every file by its path."""
        self.folder.mkdir(parents=True)
        documents.write(self.folder / "content.jsonl", rows)
        media = self.folder / "media"
        for number in order:
            content = picture(number)
            digest = hashlib.sha256(content).hexdigest()
            (media / digest[:2]).mkdir(parents=True, exist_ok=True)
            (media / digest[:2] / digest).write_bytes(content)
        keys = shutil.copytree(self._keys, self.folder / "keys")
        words = ["edition", "build", "content.jsonl", "out", "--keys", keys.name]
        words += ["--media", "media", "--time", TIME]
        self._run([_MACHINE, str(mask), *words], settings)
        return {
            path.relative_to(self.folder / "out").as_posix(): path.read_bytes()
            for path in (self.folder / "out").rglob("*")
            if path.is_file() and ".press" not in path.parts
        }

    def _run(self, words, settings):
        if self._user is not None:
            for path in (self.folder, *self.folder.rglob("*")):
                os.chown(path, self._user, self._user)
        kept = {"PATH": os.environ["PATH"], "HOME": str(self.folder)}
        run = subprocess.run(
            [*as_user(self._user), sys.executable, "-c", *words],
            cwd=self.folder,
            env={**kept, **settings},
            capture_output=True,
            text=True,
            check=False,
        )
        assert run.returncode == 0, run.stderr
        self.said = json.loads(run.stdout.splitlines()[0])


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Give the keys of an organisation with three services."""
    folder = tmp_path_factory.mktemp("keys") / "keys"
    new_organisation(folder, "press.example", SERVICES, NOW)
    return folder


@pytest.fixture(scope="module")
def first(tmp_path_factory, keys):
    """Give a machine and what it printed."""
    machine = Machine(tmp_path_factory.mktemp("first") / "a", keys)
    order = [n for m in range(1, PICTURES + 1) for n in (m, -m)]
    settings = {"TZ": "UTC", "LC_ALL": "C", "PYTHONHASHSEED": "1", "PYTHONUTF8": "0"}
    return machine, machine.build(ROWS, order, 0o022, **settings)


def other_settings(folder):
    """Make the settings of the other machine, another zlib among them."""
    site = folder / "site"
    site.mkdir()
    (site / "sitecustomize.py").write_text(_OTHER_ZLIB, encoding="utf-8")
    return {
        "TZ": "Asia/Kathmandu",
        "LC_ALL": "C.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "4242",
        "PYTHONUTF8": "1",
        "PYTHONPATH": str(site),
    }


def other_build(machine, folder):
    """Build on the other machine: lines and pictures come in another order."""
    order = [n for m in range(PICTURES, 0, -1) for n in (-m, m)]
    return machine.build(ROWS[::-1], order, 0o077, **other_settings(folder))


def differing(one, other):
    """Name the habits in which two machines differ."""
    return {key for key in one.said if one.said[key] != other.said[key]}


def check_same(printed, again):
    """Compare every file of two archives, by name and bytes."""
    objects = [path for path in printed if path.startswith("o/")]
    pages = [path for path in printed if path.endswith(".html")]

    assert len(objects) > 400
    assert len(pages) > 300
    assert {f"{name}/latest" for name in SERVICES} <= printed.keys()
    assert printed.keys() == again.keys()
    assert [] == [path for path, content in printed.items() if again[path] != content]


def test_another_machine_prints_the_same_bytes(tmp_path, keys, first):
    """Folder, zone, locale, hashes, mask, orders and zlib decide no byte."""
    machine, printed = first
    other = Machine(tmp_path / "else where" / "b é", keys)
    again = other_build(other, tmp_path)

    assert {"folder", "home", "zone", "hash", "locale", "mask", "zlib"} <= differing(
        machine, other
    )
    check_same(printed, again)


def _can_be_another():
    """Tell whether another user can be had here."""
    if os.geteuid() != 0 or shutil.which("setpriv") is None:
        return False
    probe = [*as_user(STRANGER), sys.executable, "-c", "import tamizdat"]
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


@pytest.mark.lab
def test_another_user_prints_the_same_bytes(tmp_path, keys, first):
    """Who runs the press decides no byte either."""
    if not _can_be_another():
        pytest.skip("needs root and setpriv to be another user")
    machine, printed = first
    other = Machine(tmp_path / "b", keys, STRANGER)
    again = other_build(other, tmp_path)
    owners = {path.stat().st_uid for path in (other.folder / "out").rglob("*")}

    assert STRANGER == other.said["user"] != machine.said["user"]
    assert {STRANGER} == owners
    check_same(printed, again)


def test_one_byte_of_the_input_makes_another_edition(tmp_path, keys, first):
    """The comparison can fail: another letter is seen in pages, objects and tree."""
    _machine, printed = first
    rows = list(ROWS)
    rows[-1] = json.loads(json.dumps(rows[-1]).replace("Text of", "Texts of"))
    rows[-1]["headlines"][0]["value"] += "!"
    other = Machine(tmp_path / "b", keys)
    order = [n for m in range(1, PICTURES + 1) for n in (m, -m)]
    again = other.build(rows, order, 0o022, TZ="UTC")

    assert {path for path in again if path.startswith("o/")} != {
        path for path in printed if path.startswith("o/")
    }
    with pytest.raises(AssertionError):
        check_same(printed, again)
