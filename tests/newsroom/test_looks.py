"""A service changes how its pages look in one form, and sees it before readers do."""

import json

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from tamizdat.edition.documents import read_document
from tamizdat.newsroom import actions, looks
from tamizdat.newsroom.documents import service_document

pytestmark = pytest.mark.django_db
BODY = [{"kind": "paragraph", "text": "Everyone may seek information."}]
TYPED = {
    "accent": "0b4f8a",
    "accent_dark": "8cc4ff",
    "footer": "Founded in 1948.",
    "logo": "",
    "about": "We report.\r\n\r\nWe correct.",
    "mirrors": "https://one.example/\r\nhttps://two.example/",
    "home": "https://news.example",
}


def typed(service, **changes):
    """Type into the form of a service, without saving."""
    for name, value in {**TYPED, **changes}.items():
        setattr(service, name, value)
    return service


def document(service):
    """Read the document that the press is given."""
    return read_document(json.dumps(service_document(service)).encode(), "service")


def test_what_is_typed_reaches_the_press(english):
    """Colours, foot, home, mirrors and what it says of itself are in the document."""
    before = document(english)
    typed(english).full_clean()
    told = document(english)

    assert (before.look.accent, before.mirrors, before.about) == (None, (), ())
    assert told.look.accent == ("0b4f8a", "8cc4ff")
    assert told.look.footer == "Founded in 1948."
    assert told.about == ("We report.", "We correct.")
    assert told.mirrors == ("https://one.example/", "https://two.example/")
    assert told.home == "https://news.example"


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("accent", "ffee00", "could not be read: its contrast is 1."),
        ("accent_dark", "330000", "could not be read"),
        ("accent_dark", "", "both colours"),
        ("accent", "red", "six hex digits"),
        ("mirrors", "one.example", "one address a line"),
        ("mirrors", "https://a.example\nhttps://a.example", "one address a line"),
        ("home", "https://news.example/", "without a slash"),
    ],
)
def test_look_that_would_fail_readers_is_refused_where_it_is_typed(
    english, field, value, said
):
    """The form names the field and says what is expected."""
    with pytest.raises(ValidationError) as refused:
        typed(english, **{field: value}).full_clean()

    assert said in str(refused.value.message_dict[field])


def test_colour_is_taken_as_programs_that_draw_write_it(english):
    """A colour pasted with its # keeps its six digits, and no more."""
    field = type(english).accent.field.formfield()

    assert "0b4f8a" == field.clean(" #0B4F8A ")
    assert field.clean("") == ""
    assert field.widget.attrs["maxlength"] == "7"
    assert "0b4f8" == field.clean("#0b4f8")  # which the service refuses


def test_both_colours_are_named_where_both_are_wrong(english):
    """Nobody has to mend one to hear of the other."""
    with pytest.raises(ValidationError) as refused:
        typed(english, accent="ffee00", accent_dark="330000").full_clean()

    assert {"accent", "accent_dark"} == refused.value.message_dict.keys()


def test_preview_shows_the_front_page_as_it_would_be_printed(english, editor, rf):
    """Nothing is saved, and the page is that of the next edition."""
    page = actions.create_article(english, "Seen first", BODY, editor, section="law")
    actions.publish_article(page, editor)
    shown = typed(english).serve_preview(rf.get("/"), "").content.decode()

    assert "Seen first" in shown
    assert "--red:#0b4f8a" in shown
    assert "Founded in 1948." in shown
    assert not type(english).objects.get(pk=english.pk).footer


def test_preview_shows_a_page_of_each_kind(english, editor, request):
    """Article, section, and a service read from the other side, all in the new look."""

    def shown(mode):
        page = typed(type(english).objects.get(pk=english.pk))
        return page.serve_preview(None, mode).content.decode()

    nothing = shown("article")
    turned = shown("turned")
    page = actions.create_article(english, "Seen first", BODY, editor, section="law")
    actions.publish_article(page, editor)
    request.getfixturevalue("persian")
    modes = [mode for mode, _name in english.preview_modes]
    pages = {mode: shown(mode) for mode in modes}

    assert "This service has published no story yet." in nothing
    assert '<html lang="en" dir="rtl">' in turned
    assert all("--red:#0b4f8a" in page for page in pages.values())
    assert "<h1>Seen first</h1>" in pages["article"]
    assert "<h1>Law</h1>" in pages["section"]
    assert "Seen first" in pages["section"]
    assert '<html lang="fa" dir="rtl">' in pages["turned"]
    assert "دموپرس" in pages["turned"]


def test_templates_of_the_newsroom_stand_in_its_folder(english, rf, settings):
    """What a folder holds is previewed and frozen; what would harm is named."""
    folder = settings.TAMIZDAT.path / "theme"
    folder.mkdir(parents=True, exist_ok=True)
    mast = folder / "mast.html"
    try:
        mast.write_text('<a class="name" href="{{ root }}index.html">Our own</a>\n')
        shown = english.serve_preview(rf.get("/"), "").content.decode()
        mast.write_text("<script>alert(1)</script>")
        refused = english.serve_preview(rf.get("/"), "").content.decode()
    finally:
        mast.unlink()

    assert '<header class="mast"><a class="name" href="index.html">Our own</a>' in shown
    assert "<script>alert" not in refused
    assert "expected markup as the press writes it" in refused


def test_mistake_in_the_folder_costs_that_file_alone(english, rf, settings):
    """Its file and line are named, pages keep the theme's own; others are used."""
    folder = settings.TAMIZDAT.path / "theme"
    own = folder / english.service_id
    own.mkdir(parents=True, exist_ok=True)
    files = {
        folder / "mast.html": "<p>For all</p>",
        own / "mast.html": "<p>\n{{ nobody.name }}</p>",
        folder / "foot.html": "<p>One</p>\n<p style='top:0'>Two</p>",
        folder / "style.css": ".name {\n  font-weight: 800;\n}\n",
    }
    for path, text in files.items():
        path.write_text(text)
    try:
        look = document(english).look
        shown = english.serve_preview(rf.get("/"), "").content.decode()
        files[own / "mast.html"] = (own / "mast.html").write_text("<p>Ours</p>")
        mended = document(english).look
    finally:
        for path in files:
            path.unlink()
        own.rmdir()

    assert (look.mast, look.foot) == (None, None)
    assert look.style == ".name{font-weight:800}"
    assert f"theme/{english.service_id}/mast.html: line 2: " in shown
    assert "theme/foot.html: line 2: " in shown
    assert mended.mast == "<p>Ours</p>"


def test_logo_is_shapes_or_refused_where_it_is_typed(english, rf):
    """What a program drew is kept as shapes; anything else is named."""
    drawing = '<svg viewBox="0 0 8 8"><path d="M0 0h8v8z" fill="#f00"/></svg>'
    typed(english, logo=drawing).full_clean()
    shown = english.serve_preview(rf.get("/"), "").content.decode()
    english.logo = drawing.replace("<path", '<image href="x"/><path')
    with pytest.raises(ValidationError) as refused:
        english.full_clean()

    assert document(typed(english, logo=drawing)).look.logo in shown
    assert '<path d="M0 0h8v8z"></path></svg> ' in shown
    assert "something else than shapes: <image>" in str(
        refused.value.message_dict["logo"]
    )
    assert len(english.preview_sizes) == 4


def test_form_of_a_service_has_its_look(english, client, editor):
    """Name, sections, colours and foot stand in one form."""
    client.force_login(editor)
    url = reverse("wagtailadmin_pages:edit", args=(english.pk,))
    form = client.get(url).content.decode()

    assert all(f'name="{name}"' in form for name in ("title", *TYPED))


def test_template_that_leaves_no_room_for_news_costs_that_file_alone(
    english, rf, settings
):
    """Loops can say more than pages hold: how much it is and may be is said."""
    folder = settings.TAMIZDAT.path / "theme"
    folder.mkdir(parents=True, exist_ok=True)
    foot = folder / "foot.html"
    try:
        foot.write_text(
            "<p>{% for n in range(900) %}{{ service.name }}{% endfor %}</p>"
        )
        look = document(english).look
        shown = english.serve_preview(rf.get("/"), "").content.decode()
    finally:
        foot.unlink()

    assert look.foot is None
    assert "theme/foot.html: what is said on every page takes " in shown
    assert "bytes, at most 6000" in shown


@pytest.mark.parametrize(
    ("changes", "field", "most"),
    [
        ({"footer": '"' * 1_000}, "footer", 6_000),
        ({"bio": "ж" * 1_001}, "bio", 2_000),
        ({"names": '"' * 90}, "__all__", 8_000),
    ],
)
def test_what_leaves_no_room_for_news_is_refused_in_the_form(
    english, changes, field, most
):
    """All that is typed is counted together, as it stands on a page."""
    names = changes.pop("names", "Law")
    typed(english, **changes)
    rows = [(f"s{n}", f"{names}{n}") for n in range(20)]
    [(under, told)] = looks.crowding(english, rows, ())

    assert under == (None if field == "__all__" else field)
    assert f"At most {most} bytes fit on its page, found " in told.messages[0]
    assert [] == list(looks.crowding(typed(english, footer="", bio=""), rows[:1], ()))
