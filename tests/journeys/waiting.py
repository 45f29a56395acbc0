"""Wait for what a page says of itself."""

import time
from typing import Any

PATIENCE = 60  # seconds: a busy machine is slow, and nothing else is told by it


def wait_until(page: Any, expression: str, argument: Any = None) -> None:
    """Wait until an expression is true in a page.

    Playwright's own way has the page evaluate text, which `script-src 'self'` refuses.
    """
    end = time.monotonic() + PATIENCE
    while not page.evaluate(expression, argument):
        assert time.monotonic() < end, f"not so in {PATIENCE} s: {expression}"
        page.wait_for_timeout(50)
