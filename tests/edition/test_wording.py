import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from edition.paper import full_story, release, service
from tamizdat.edition.catalogues import catalogue
from tamizdat.edition.headings import SOURCE, heading, tags
from tamizdat.edition.pages import (
    article_pages,
    notice_pages,
    trust_page,
)
from tamizdat.edition.wording import wording

SIGNED = datetime(2026, 11, 21, 8, tzinfo=UTC)
DRAFTED = [tag for tag in tags() if tag != SOURCE]


def test_language_without_words_says_that_it_reads_english() -> None:
    """A screen reader must not read English words as if they were Kurdish."""
    actual = wording("ku").html["trust"]

    assert '<span lang="en" dir="ltr">Why you can trust this copy</span>' == actual


def test_region_of_a_language_reads_its_words() -> None:
    """British readers have words without asking for American ones."""
    assert not wording("en-GB").strangers
    assert wording("ru").html["corrections"] == wording("ru-UA").html["corrections"]


def test_other_script_of_a_language_reads_its_words_marked() -> None:
    """Uzbek in Cyrillic letters borrows the Latin words and says so to the ear."""
    words = wording("uz-Cyrl").html["corrections"]

    assert '<span lang="uz" dir="ltr">Tuzatishlar</span>' == words


def test_value_put_into_words_is_escaped() -> None:
    """An organisation may not write markup into a page through its name."""
    actual = wording("en").fill("publisher", organisation="<b>Us</b>")

    assert "Published by &lt;b&gt;Us&lt;" in actual


def test_source_marks_the_sentences_about_law_danger_and_anonymity() -> None:
    """One file decides which sentences are never shown as draft."""
    expected = {
        *("notice_facts", "notice_none", "notice_traces"),
        *("note_removed", "redaction_text", "withdrawn_text"),
        *("feeds_traces", "feeds_home", "files_traces"),
        *("trust_intro", "trust_compare", "trust_limit_text"),
        "search_words_text",
    }

    assert expected == catalogue(SOURCE).safety


@pytest.mark.parametrize("language", tags())
def test_no_sentence_about_safety_is_shown_as_draft(language: str) -> None:
    """What nobody has reviewed is read in a language in which somebody has."""
    words = wording(language)
    for key in catalogue(SOURCE).safety:
        speaker = words.strangers.get(key, language)

        assert key in catalogue(speaker).reviewed
        assert catalogue(speaker).texts[key] in words.plain[key]


@pytest.mark.parametrize("language", DRAFTED)
def test_sentence_in_another_language_says_so(language: str) -> None:
    """The page marks the language and tells why, in the words of the reader."""
    words = wording(language)
    drafts = catalogue(SOURCE).safety - catalogue(language).reviewed
    for key in drafts:
        speaker = heading(words.strangers[key])
        mark = f'<i lang="{speaker.tag}" dir="{speaker.direction}">'
        told = words.plain["unreviewed"].partition("{language}")[2]

        assert words.html[key].startswith(mark)
        assert words.html[key].endswith(f"{told}</small>")
        assert words.plain[key].endswith(f"{told})")


def test_reviewed_sentence_is_shown_as_it_is() -> None:
    """English, which is the source, says nothing about reviews."""
    facts = wording("en").html["notice_facts"]

    assert facts.startswith("These are facts as they were reported")
    assert "<" not in facts


def test_every_page_with_words_about_safety_says_where_they_are_another_language() -> (
    None
):
    """No template prints such a sentence without its language and the reason."""
    gone = (release(1, "publish"), release(2, "correction", None))
    redacted = (*gone, release(3, "redaction"))
    withdrawn = (*redacted, release(4, "withdrawal"))
    ours, story = service("fa"), full_story("fa")
    pages = [
        *notice_pages(ours),
        *notice_pages(replace(ours, notice=None)),
        trust_page(
            ours,
            organisation_id="press.example",
            number=1,
            signed=SIGNED,
            fingerprint="ab" * 32,
        ),
        *article_pages(replace(story, releases=redacted), ours, section_name="L"),
        *article_pages(replace(story, releases=withdrawn), ours, section_name="L"),
    ]
    for page in pages:
        html = re.sub("<script.*?</script>", "", page.content.decode())
        english = re.findall(r'<i lang="en" dir="ltr">[^<]*</i> <small>', html)

        assert english, page.path
        for key in catalogue(SOURCE).safety:
            sentence = catalogue(SOURCE).texts[key]
            assert html.count(sentence) == sum(sentence in one for one in english)


def test_region_speaks_for_itself_in_a_chain() -> None:
    """Every chain ends in English, of which every word is reviewed."""
    assert all(heading(tag).fallback[-1] == SOURCE for tag in DRAFTED)
    assert not catalogue(SOURCE).drafts
