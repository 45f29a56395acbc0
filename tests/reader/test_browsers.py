"""What a reader's browser accepts and refuses is what this implementation does."""

import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import pytest

from reader import implementations

pytestmark = pytest.mark.browser


def test_chromium_keeps_every_vector_of_a_reader():
    """The verifier runs as served, on the browser's own cryptography."""
    chromium = shutil.which("chromium")
    assert chromium, "sh requirements/debian installs it"

    # In a process of its own: journeys before it may hold the driver of this one.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        found = pool.submit(implementations.in_chromium, chromium).result()

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
