"""What a reader's browser accepts and refuses is what this implementation does."""

import shutil

import pytest

from reader import implementations

pytestmark = pytest.mark.browser


def test_chromium_keeps_every_vector_of_a_reader():
    """The verifier runs as served, on the browser's own cryptography."""
    chromium = shutil.which("chromium")
    assert chromium, "sh requirements/debian installs it"

    found = implementations.in_chromium(chromium)

    assert [] == found["failed"]
    assert found["passed"] > 250


def test_firefox_keeps_every_vector_of_a_reader():
    """So it does in Firefox, where that is installed."""
    firefox = shutil.which("firefox-esr")
    if firefox is None:
        pytest.skip("firefox-esr is not installed")

    found = implementations.in_firefox(firefox)

    assert [] == found["failed"]
    assert found["passed"] > 250
