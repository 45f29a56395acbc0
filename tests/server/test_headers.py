"""The grade of the sign-in page's headers, by the rules of the HTTP Observatory."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

import template
from tamizdat.newsroom.home import Organisation, make_home

GRADES = [(100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (0, "C or less")]
HALF_A_YEAR = 15_768_000  # seconds
PRIVATE = {"no-referrer", "same-origin", "strict-origin"}
_ASK = """
import json
from tamizdat.newsroom.commands import start_django
start_django()
from django.test import Client
answer = Client().get("/admin/login/", secure=True, headers={"host": "desk.example"})
cookies = [dict(one, name=one.key) for one in answer.cookies.values()]
print(json.dumps({"headers": dict(answer.headers), "cookies": cookies}))
"""


@pytest.fixture(scope="module")
def answer(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Give what a newsroom behind TLS answers to whoever asks for its first page."""
    home = tmp_path_factory.mktemp("graded") / "newsroom"
    make_home(home, Organisation("news.example", "News", 2026), "desk.example", 8300)
    template.lay(home)
    kept = {k: v for k, v in os.environ.items() if not k.startswith("TAMIZDAT_")}
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _ASK],
        env={**kept, "TAMIZDAT_HOME": str(home)},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(run.stdout)


def modifiers(headers: Mapping[str, str], cookies: list[Any]) -> dict[str, int]:
    """Score what the Observatory scores, without what needs the network.

    Source: https://developer.mozilla.org/en-US/observatory/docs/tests_and_scoring
    """
    policy = {
        words.split()[0]: words.split()[1:]
        for words in headers.get("Content-Security-Policy", "").split(";")
        if words.strip()
    }
    age = headers.get("Strict-Transport-Security", "max-age=0").split(";")[0]
    return {
        "policy": _policy(policy),
        "cookies": _cookies(cookies),
        "strict transport": 0 if int(age.partition("=")[2]) >= HALF_A_YEAR else -20,
        "no guessing": 0 if headers.get("X-Content-Type-Options") == "nosniff" else -5,
        "framing": 5 if "frame-ancestors" in policy else -20,
        "referrer": 5 if headers.get("Referrer-Policy") in PRIVATE else 0,
        "resources": 10
        if headers.get("Cross-Origin-Resource-Policy") == "same-origin"
        else 0,
    }


def _policy(policy: Mapping[str, list[str]]) -> int:
    scripts = policy.get("script-src", policy.get("default-src"))
    styles = policy.get("style-src", policy.get("default-src", []))
    if scripts is None:
        return -25
    if {"'unsafe-inline'", "*", "data:", "http:", "https:"} & {*scripts}:
        return -20
    if "'unsafe-eval'" in scripts:
        return -10
    if "'unsafe-inline'" in styles:
        return 0
    return 10 if policy.get("default-src") == ["'none'"] else 5


def _cookies(cookies: list[Any]) -> int:
    if not all(one["secure"] for one in cookies):
        return -40
    if not all(one["httponly"] for one in cookies):
        return -30
    return 5 if cookies and all(one["samesite"] for one in cookies) else 0


def grade(scores: Mapping[str, int]) -> str:
    """Give the letter: what is better than needed counts from 90 on."""
    base = 100 + sum(one for one in scores.values() if one < 0)
    score = (
        base + sum(one for one in scores.values() if one > 0) if base >= 90 else base
    )
    return next(letter for least, letter in GRADES if score >= least)


def test_headers_have_the_best_grade(answer: Any) -> None:
    """135 points of 135 that need no list of preloaded hosts: A+."""
    scores = modifiers(answer["headers"], answer["cookies"])

    assert {
        "policy": 10,
        "cookies": 5,
        "strict transport": 0,
        "no guessing": 0,
        "framing": 5,
        "referrer": 5,
        "resources": 10,
    } == scores
    assert "A+" == grade(scores)


def test_cookies_are_bound_to_the_very_host(answer: Any) -> None:
    """No neighbour below the same domain can set or read one."""
    for cookie in answer["cookies"]:
        assert cookie["name"].startswith("__Host-")
        assert ("/", "") == (cookie["path"], cookie["domain"])


@pytest.mark.parametrize(
    ("header", "value", "letter"),
    [
        ("Content-Security-Policy", "script-src 'self' 'unsafe-inline'", "C or less"),
        ("Strict-Transport-Security", "max-age=60", "B+"),
        ("X-Content-Type-Options", "", "A+"),
    ],
)
def test_grade_falls_with_what_is_missing(
    answer: Any, header: str, value: str, letter: str
) -> None:
    """The rules above can say no."""
    headers = {**answer["headers"], header: value}

    assert letter == grade(modifiers(headers, answer["cookies"]))
