# ruff: noqa: RUF001 - letters of languages that look like Latin ones
"""The line that credits agencies: composed, read back, compared with what was used."""

import subprocess
import sys
import tomllib
from types import SimpleNamespace

import pytest
from django.urls import reverse

from newsroom.agency_copy import keep, text
from tamizdat.edition.headings import tags
from tamizdat.newsroom import actions
from tamizdat.newsroom.credits import agencies
from tamizdat.newsroom.credits.agencies import id_of, ids_of, name_in
from tamizdat.newsroom.credits.checking import Found, compare, credited, sentences
from tamizdat.newsroom.credits.composing import carried, compose, follow
from tamizdat.newsroom.credits.names import COUNTRIES
from tamizdat.newsroom.credits.used import agencies_used, found
from tamizdat.newsroom.errors import HomeError
from tamizdat.newsroom.home import read_home
from tamizdat.newsroom.models import ArticlePage, ImportedPicture
from tamizdat.newsroom.obstacles import warnings
from tamizdat.newsroom.wire_desk import taking
from tamizdat.newsroom.writing.translating import translate
from tamizdat.wire.parsers.saved_text.credits import read_credit
from tamizdat.wire.parsers.saved_text.lines import Line

USED = ["ap", "reuters", "tass"]
READ_BACK = {"en", "ru", "uk", "be", "fa", "fa-AF", "ka", "kk", "ky", "tg", "uz"}


@pytest.fixture
def newsroom(settings, tmp_path):
    """Give what makes the newsroom from a `tamizdat.toml`, which it adds to."""

    def told(more: str) -> None:
        (tmp_path / "secret.key").write_text("x" * 48)
        (tmp_path / "tamizdat.toml").write_text(
            '[organisation]\nid = "news.example"\nname = "The News"\nsince = 2026\n'
            f'[newsroom]\nhost = "127.0.0.1"\nport = 8300\n{more}',
            encoding="utf-8",
        )
        settings.TAMIZDAT = read_home(tmp_path)

    return told


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "With reporting by AP, Reuters, and TASS"),
        ("ru", "По материалам: АП, Рейтер и ТАСС"),
        ("fa", "با گزارش‌هایی از آسوشیتدپرس،\u200f رویترز، و تاس"),
        ("ka", "წყარო: ასოშიეიტედ პრესი, როიტერი და ტასსი"),
        ("ba", "АП, Рейтер һәм ТАСС мәғлүмәттәре нигеҙендә"),  # a list of ours
        ("crh", "Menbalar: AP, Reuters ve TASS"),  # the same
    ],
)
def test_line_is_composed_in_the_words_of_the_service(language, line):
    """Names, list and sentence are those of the language, in the order of use."""
    assert line == compose(USED, language, labels=False)


@pytest.mark.parametrize("language", tags())
def test_line_of_every_language_is_read_back(language):
    """Whatever is composed names exactly the agencies it was composed of."""
    for labels in (True, False):
        line = compose(USED, language, labels=labels)

        assert credited(line) == USED
        assert "{" not in line


def line_of(text: str) -> Line:
    """Give a line of a saved page."""
    return Line(number=1, indent=0, text=text, bullet=False, apart=True)


@pytest.mark.parametrize("language", sorted(READ_BACK))
def test_line_is_one_that_saved_pages_are_known_by(language):
    """The parser of saved pages takes it for a credit line and finds the same names."""
    found = read_credit(line_of(compose(USED, language, labels=False)))

    assert found is not None
    assert ids_of(found.agencies) == USED


@pytest.mark.parametrize(
    ("language", "name"),
    [
        ("en", "TASS (Russian state agency)"),
        ("ru", "ТАСС (государственное агентство России)"),
        ("fa", "تاس (خبرگزاری دولتی روسیه)"),
        ("ka", "ტასსი (სახელმწიფო სააგენტო, რუსეთი)"),
    ],
)
def test_state_agency_is_called_so_if_the_newsroom_says(newsroom, language, name):
    """Readers are told whose an agency is; a newsroom may choose not to."""
    newsroom("[credits]\nlabel_state_agencies = true\n")

    assert name in compose(USED, language)

    newsroom("[credits]\nlabel_state_agencies = false\n")

    assert compose(USED, language) == compose(USED, language, labels=False)


def test_every_state_has_its_form_in_languages_that_bend_it():
    """No sentence that asks for another case gets the name of a country as it is."""
    states = {one.state for one in agencies.every_agency()} - {""}
    lacking = {tag for tag, forms in COUNTRIES.items() if states - forms.keys()}

    assert lacking == set()


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Associated Press", "ap"),
        ("REUTERS", "reuters"),
        ("Рейтера", "reuters"),
        ("«Интерфакс»", "interfax"),
        ("ای‌اف‌پی", "afp"),
        ("როიტერის", "reuters"),
        ("A Valley Paper", "A Valley Paper"),
    ],
)
def test_name_leads_to_its_agency(name, id_):
    """Names are known in any language, in capitals, in quotation marks, and bent."""
    assert id_of(name) == id_


def test_unknown_agency_is_named_as_it_came():
    """A paper of no table is credited and found again all the same."""
    line = compose(["ap", "A Valley Paper"], "en")

    assert line == "With reporting by AP and A Valley Paper"
    assert compare(line, ["ap", "A Valley Paper"]) == Found((), ())


def test_language_without_a_name_takes_one_its_readers_can_read():
    """A near language in the same script is asked, never one in other letters."""
    assert name_in("reuters", "ba") == "Рейтер"
    assert name_in("reuters", "crh") == "Reuters"
    assert name_in("tass", "ps") == "تاس"


def test_what_is_missing_and_what_is_spare_is_told():
    """A used agency that is not credited is named, and so is the other way round."""
    found = compare("With reporting by AP and RIA Novosti", USED)

    assert found == Found(("reuters", "tass"), ("ria",))
    assert list(sentences(found, "en")) == [
        "The work of Reuters is used and not credited.",
        "The work of TASS is used and not credited.",
        "RIA Novosti is credited, and nothing of its work is on record here.",
    ]


@pytest.mark.parametrize(
    ("line", "ids"),
    [
        ("По сообщениям Интерфакса и РИА Новостей", ["interfax", "ria"]),
        ("«Интерфакс-Украина» и «Интерфакс»", ["interfax-ukraine", "interfax"]),
        ("Reuters/AP, (dpa)", ["reuters", "ap", "dpa"]),
        ("REUTERS, Associated press and interfax", ["reuters", "ap", "interfax"]),
        ("ассошиэйтед пресс, по данным ТАССа", ["ap", "tass"]),
        ("we tap the lap of ap and tass", []),
        ("How to map the capital of Trendelburg", []),
        ("", []),
    ],
)
def test_names_are_read_whole(line, ids):
    """A part of a word is no agency, the longer of two names is meant."""
    assert ids == credited(line)


def test_line_follows_what_is_used_until_somebody_writes_another():
    """A composed line is composed anew; one written by hand stays."""
    before = compose(["ap"], "en", labels=True)

    assert follow("", [], ["ap"], "en") == "With reporting by AP"
    assert follow(before, ["ap"], ["ap", "afp"], "en") == "With reporting by AP and AFP"
    assert follow("Our own words, and AP's", ["ap"], ["ap", "afp"], "en") == (
        "Our own words, and AP's"
    )
    assert follow(before, ["ap"], [], "en") == ""


def test_newsroom_adds_agencies_of_its_own(newsroom):
    """A name, a state and names in languages stand in `tamizdat.toml`."""
    newsroom(
        '[credits.agencies.valley-wire]\nname = "Valley Wire"\nstate = "BY"\n'
        'ru = "Вестник долины"\n[credits.agencies.reuters]\nru = "Reuters"\n'
    )

    assert id_of("вестник долины") == "valley-wire"
    assert compose(["valley-wire", "reuters"], "en") == (
        "With reporting by Valley Wire (Belarusian state agency) and Reuters"
    )
    assert compose(["reuters"], "ru") == "По материалам: Reuters"
    assert credited("Рейтер") == ["reuters"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "[credits]\nlabel_state_agencies = 1\n",
            "label_state_agencies: expected true",
        ),
        ('[credits.agencies]\nx = "y"\n', "credits.agencies.x: expected a table"),
        ("[credits]\nagencies = 3\n", "expected a table"),
        ('[credits.agencies.X]\nname = "y"\n', "in small letters"),
        ('[credits.agencies.x]\nstate = "Russia"\n', "x.state: expected a code"),
        ("[credits.agencies.x]\nname = 3\n", "x.name: expected"),
        ('[credits.agencies.x]\nRussian = "y"\n', "x.Russian: expected name, state or"),
        ("[credits]\nodd = 1\n", r"\[credits\]: expected"),
    ],
)
def test_odd_table_of_agencies_stops_the_start(newsroom, text, said):
    """What is wrong is named with its place; nothing is guessed."""
    tomllib.loads(text)
    with pytest.raises(HomeError, match=rf"tamizdat\.toml: .*{said}"):
        newsroom(text)


def test_page_that_is_not_saved_has_used_nothing():
    """Whoever begins an article is warned of nothing."""
    assert agencies_used(SimpleNamespace(article_id=None)) == []


# At the desk


def use(page, service, *items):
    """Take the copy of these agencies into an article, in this order."""
    for at, name in enumerate(items):
        guid = f"urn:{name}:{at}"
        item = text("More was said.", guid=guid, credit_agencies=(name,))
        (row,) = keep(service, item, name=f"wire-{at}")
        taking.add(row, page, None)
    return ArticlePage.objects.get(pk=page.pk)


def form_of(desk, page):
    """Show the article form."""
    return desk.get(reverse("wagtailadmin_pages:edit", args=(page.pk,)))


def test_line_is_composed_when_copy_is_taken(english, editor):
    """The draft begun from an item is credited, and the next item joins the line."""
    first = text("The council votes.", credit_agencies=("Reuters",))
    (row,) = keep(english, first)
    page = taking.begin(row, english, editor)

    assert page.credit_line == "With reporting by Reuters"

    second = text("It rains.", guid="urn:2", credit_agencies=("ТАСС",))
    (row,) = keep(english, second, name="other")
    draft = taking.add(row, page, editor)

    said = "With reporting by Reuters and TASS (Russian state agency)"
    assert draft.credit_line == said
    assert draft.get_latest_revision_as_object().credit_line == said


def test_line_that_was_written_by_hand_is_left_alone(english, editor, draft):
    """What an editor wrote stays when more copy is taken."""
    draft.credit_line = "Our reporters, and a friend"
    draft.save_revision(user=editor)
    use(draft, english, "AP")
    newest = draft.get_latest_revision_as_object()

    assert newest.credit_line == "Our reporters, and a friend"


def test_missing_credit_warns_in_the_form_and_stops_nothing(desk, english, draft):
    """The field, and the list at the button, say who is not credited; Publish works."""
    use(draft, english, "AP", "TASS")
    page = draft.get_latest_revision_as_object()
    page.credit_line = "With reporting by AP and Reuters"
    page.save_revision()
    html = form_of(desk, page).content.decode()
    missing = "The work of TASS is used and not credited."
    spare = "Reuters is credited, and nothing of its work is on record here."

    for said in (missing, spare):
        assert f'<p class="help-block help-warning credit-warning">{said}</p>' in html
        assert f'<li class="why-not__warning"><strong>Warning:</strong> {said}' in html
    assert "With reporting by AP and TASS (Russian state agency)" in html

    actions.publish_article(page, None)

    assert page.article.releases.count() == 1


def test_label_that_was_taken_out_is_told(english, draft):
    """Whoever types the line anew may forget whose an agency is."""
    page = use(draft, english, "TASS", "AP").get_latest_revision_as_object()
    said = "The line does not say of every agency whose it is"

    assert [] == warnings(page)
    page.credit_line = "TASS, AP"
    assert [f"{said}: (Russian state agency)."] == warnings(page)
    page.credit_line = "AP"
    assert ["The work of TASS is used and not credited."] == warnings(page)


def test_name_with_signs_that_turn_a_line_is_credited_without_them():
    """What nobody sees in a name goes: copy is written by strangers."""
    assert ["Evil News"] == ids_of(["Evil\u202e\x07News", "\u202e", " "])


def test_credited_copy_warns_of_nothing(desk, english, draft):
    """A line that names whom it must brings neither warning nor offer."""
    use(draft, english, "AP")
    html = form_of(desk, draft).content.decode()

    assert 'value="With reporting by AP"' in html
    assert "credit-warning" not in html
    assert "why-not__warning" not in html
    assert "data-takes-line" not in html


def test_credit_without_copy_is_told_beside_the_field_alone(desk, draft):
    """An editor may have spoken with an agency; nobody is warned at the button."""
    draft.credit_line = "With reporting by dpa"
    draft.save_revision()
    html = form_of(desk, draft).content.decode()

    assert "dpa is credited, and nothing of its work is on record here." in html
    assert "why-not__warning" not in html


def test_names_of_agencies_load_no_parser():
    """Each command of the newsroom loads them; the list alone comes, when asked for."""
    code = (
        "import sys; from tamizdat.newsroom.credits import agencies\n"
        "assert not [one for one in sys.modules if one.startswith('tamizdat.wire')]\n"
        "from tamizdat.wire.agencies import BENT; assert BENT\n"
        "assert 'tamizdat.wire.parsers' not in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=60)

    assert 0 == done.returncode


def test_translation_credits_in_its_own_language_what_its_source_used(
    english, persian, draft, editor
):
    """The line is composed anew; where it is emptied, the agencies are missed."""
    page = use(draft, english, "TASS", "Reuters")
    actions.publish_article(page.get_latest_revision_as_object(), editor)

    made = translate(page.article, persian, editor)
    there = ArticlePage.objects.get(pk=made.pk).get_latest_revision_as_object()

    assert there.credit_line == compose(["tass", "reuters"], "fa")
    assert Found((), ()) == found(there)
    there.credit_line = ""
    assert Found(("tass", "reuters"), ()) == found(there)


def test_copy_of_nobody_that_is_not_credited_is_a_warning(english, draft):
    """What names no agency is somebody's work all the same."""
    nameless = text("It rains.", credit_agencies=(), provider="", credit="")
    (row,) = keep(english, nameless)
    taken = taking.add(row, draft, None)
    said = "Copy that names no agency is used, and nobody is credited."

    assert said in warnings(taken)
    taken.credit_line = "From a reader's letter"
    assert said not in warnings(taken)


def test_picture_of_copy_without_a_credit_is_a_warning(english, draft, photo):
    """Whoever empties the credit of an agency's picture is told, not of own ones."""
    picture = actions.keep_picture(photo, "Hall", "A hall", "")
    draft.lead_picture, draft.lead_caption = picture, "The hall"
    said = "Nobody is credited for the picture “Hall”, which came with copy."

    assert said not in warnings(draft)
    ImportedPicture.objects.create(sha256="0" * 64, picture=picture)
    assert said in warnings(draft)
    draft.lead_credit = "AP"
    assert said not in warnings(draft)


def test_line_written_by_hand_is_left_to_the_translator():
    """Only what was composed is composed anew."""
    line = "With help from TASS and two readers"

    assert line == carried(line, ["tass"], "en", "fa")
    assert carried("", ["tass"], "en", "fa") == compose([], "fa")
    whole = compose(["reuters", "tass"], "en", labels=False)
    assert compose(["reuters", "tass"], "fa") == carried(whole, ["tass"], "en", "fa")
