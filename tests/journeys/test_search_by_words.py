"""A reader asks for the search by words, and finds what was typed on any keyboard."""

from datetime import timedelta

import pytest

import documents
from cast import NOW
from journeys.waiting import wait_until
from tamizdat.mirrors.serve import MirrorServer
from tamizdat.press import finding
from tamizdat.press.archive import Archive
from tamizdat.press.content import documents_of
from tamizdat.press.keys import new_organisation
from tamizdat.press.run import Press

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

STORIES = {  # headline and text of each
    "fa": [
        ("کتاب‌های ممنوع", "کتاب‌های علی در سال ۱۳۹۹ منتشر شد. او مسئول بود."),
        ("آزادی در شهر", "مردم در شهر برای آزادی جمع شدند."),
    ],
    "kk": [("Қазақстан жаңалықтары", "Өзен бойындағы үйлер тасқын астында қалды.")],
    "ru": [
        ("Ещё одна ёлка", "Репортёры считали на площади е и ё."),  # noqa: RUF001
        ("Суд отложили", "Заседание на Неве перенесли на декабрь."),
        ("Гимн «Vox, populi!»", "Поле пело."),
    ],
}
FOREIGN = {"words": "Vox, populi", "language": "la"}
COUNTED = {  # typed, and how many stories are said to be found
    "fa": ("آزادی", "مطالب یافته‌شده: ۱"),  # noqa: RUF001
    "ru": ("суд", "Найдено материалов: 1"),
}
NOWHERE = {  # typed, and in no story: others begin like these, or are its beginning
    "fa": ["درخت", "آزادیخواه"],
    "kk": ["өзенбай"],
    "ru": ["Навальный", "Едок", "судак", "ёлка жираф"],
}
ASKED = {  # typed, and what is found
    "fa": {
        "كتابهاي": "کتاب‌های ممنوع",  # Arabic letters, and no joiner
        "کتاب": "کتاب‌های ممنوع",  # the first half of the word
        "1399": "کتاب‌های ممنوع",
        "عَلی": "کتاب‌های ممنوع",  # with a vowel mark
        "ازادی": "آزادی در شهر",  # without a madda
    },
    "kk": {
        "қазақстан": "Қазақстан жаңалықтары",
        "казакстан": "Қазақстан жаңалықтары",  # Russian letters
        "озен": "Қазақстан жаңалықтары",
    },
    "ru": {
        "елка": "Ещё одна ёлка",
        "репортер": "Ещё одна ёлка",  # another form of the word
        "заседания": "Суд отложили",
    },
}


@pytest.fixture(scope="module")
def mirror(tmp_path_factory):
    """Serve an archive of three services with their indexes."""
    folder = tmp_path_factory.mktemp("searched")
    new_organisation(folder / "keys", "press.example", [*STORIES], NOW)
    press = Press(Archive(folder / "archive"), folder / "keys")
    rows = [documents.service(name) for name in STORIES]
    for name, some in STORIES.items():
        for number, (headline, text) in enumerate(some, 1):
            one = documents.story(number, name)
            one["headlines"] = [{"role": "main", "value": headline}]
            one["tamizdat"]["body"] = [{"kind": "paragraph", "text": text}]
            one["tamizdat"]["foreign"] = (
                [FOREIGN] if FOREIGN["words"] in headline else []
            )
            rows.append(one)
    source = documents_of(map(documents.line, rows), whole=True)
    press.publish(source, lambda _digest: None, NOW + timedelta(days=30))
    for name in STORIES:
        finding.index(press, name, NOW + timedelta(days=30))
    server = MirrorServer(folder / "archive")
    yield server.url, folder / "archive" / "find"
    server.close()


@pytest.mark.parametrize("service", STORIES)
def test_words_are_found_however_they_are_typed(chromium, mirror, service):
    """Nothing is loaded before the reader asks; then from this mirror alone."""
    context = chromium.new_context()
    page = context.new_page()
    asked, errors = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda said: errors.append(said.text))
    home, _folder = mirror
    page.goto(f"{home}/{service}/search.html")
    assert [page.url] == asked

    page.locator(".ask").click()
    field = page.locator("#words")
    field.wait_for()
    none = page.locator("#find").get_attribute("data-none")
    for typed, headline in ASKED[service].items():
        assert none != told(page, typed)
        found = page.locator("#find li a").all_inner_texts()
        assert headline in found, typed
        assert len(found) < len(STORIES[service]) or len(STORIES[service]) == 1, typed
    for other in NOWHERE[service]:
        assert none == told(page, other), other
        assert [] == page.locator("#find li a").all_inner_texts()
    field.fill(typed)
    field.press("Enter")
    page.locator("#find li a").first.click()
    page.wait_for_url("**/a/**")

    assert headline == page.locator("h1").inner_text()
    assert [] == [url for url in asked if not url.startswith(home)]
    assert [] == [said for said in errors if "Content Security Policy" in said]
    assert [] == context.cookies()
    context.close()


def told(page, words):
    """Search, and give what the page says."""
    said = "document.querySelector('#find [role=status]').textContent"
    for typed, state in (("", f"!{said}"), (words, said)):
        page.locator("#words").fill(typed)
        page.locator("#words").press("Enter")
        wait_until(page, state)
    return page.evaluate(said)


def test_mirror_without_an_index_says_what_works(chromium, mirror, tmp_path):
    """What cannot be loaded leaves a sentence and the lists, script or none."""
    home, folder = mirror
    path = folder / "ru"
    path.rename(tmp_path / "away")
    for script in (True, False):
        context = chromium.new_context(java_script_enabled=script)
        page = context.new_page()
        page.goto(f"{home}/ru/find.html")
        assert "Списки" in page.locator("#find").inner_text()
        context.close()
    (tmp_path / "away").rename(path)


@pytest.mark.parametrize("service", COUNTED)
def test_stories_are_counted_in_the_figures_of_the_page(chromium, mirror, service):
    """A Persian page has Persian figures in what its script says, too."""
    page = chromium.new_context().new_page()
    page.goto(f"{mirror[0]}/{service}/search.html")
    page.locator(".ask").click()
    page.locator("#words").wait_for()
    typed, count = COUNTED[service]

    assert count == told(page, typed)
    page.context.close()


def test_headline_that_was_found_says_its_languages(chromium, mirror):
    """A screen reader says it there as it does on the page of the story."""
    page = chromium.new_context().new_page()
    page.goto(f"{mirror[0]}/ru/search.html")
    page.locator(".ask").click()
    page.locator("#words").wait_for()
    told(page, "populi")
    link = page.locator("#find li a").first
    link.wait_for()
    found = link.evaluate("one => one.innerHTML")

    assert 'Гимн «<span lang="la" dir="ltr">Vox, populi</span>!»' == found
    page.context.close()
