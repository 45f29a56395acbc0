"""Who may change what: each role, each way, and no door that nobody has thought of."""

import io
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from PIL import Image
from wagtail.models import ModelLogEntry, Page, Revision
from wagtail.test.utils.form_data import inline_formset

from again import made_again
from newsroom import deeds
from newsroom.agency_copy import keep, source, text
from newsroom.article_form import form, service_form
from newsroom.conftest import enter, staff
from newsroom.house import House, is_refused
from newsroom.own_ids import filled, named_routes, one_of_each
from newsroom.test_front_desk import Form
from patience import PATIENT
from tamizdat.newsroom import actions
from tamizdat.newsroom.darkroom import originals
from tamizdat.newsroom.doors.urls import urlpatterns as door_pages
from tamizdat.newsroom.front import breaking
from tamizdat.newsroom.models import (
    Arrangement,
    ArticlePage,
    Breaking,
    HeldRelease,
    Offer,
    Picture,
    PrivateOriginal,
    ServicePage,
    SignOff,
    Tag,
)
from tamizdat.newsroom.roles import ROLES
from tamizdat.server.urls import DOCUMENTS

WRITERS = {"reporter", "picture-editor", "editor", "duty-editor", "chief-editor"}
ALL_WRITERS = {*WRITERS, "translator"}
EDITORS = {"editor", "duty-editor", "chief-editor"}
PUBLISHERS = {"duty-editor", "chief-editor"}
CHIEFS = {"chief-editor"}
PICTURES = {*EDITORS, "picture-editor"}
ORIGINALS = {"picture-editor", "chief-editor"}
CHOOSERS = TEXTS = {*ALL_WRITERS, "legal-reviewer"}
NOBODY: set[str] = set()
HERE = set(ROLES)
EVERYONE = {*HERE, "next door"}
_ARTICLE = ("newsroom", "articlepage")


def _add(house: House) -> bool:
    house.post(
        "wagtailadmin_pages:add", *_ARTICLE, house.service.pk, **form(title="New")
    )
    return ArticlePage.objects.filter(title="New").exists()


def _add_and_publish(house: House) -> bool:
    fields = form(title="New") | {"action-publish": "1"}
    house.post("wagtailadmin_pages:add", *_ARTICLE, house.service.pk, **fields)
    return ArticlePage.objects.filter(title="New", live=True).exists()


def _changed(which: str) -> Callable[[House], bool]:
    def change(house: House) -> bool:
        page = getattr(house, which)
        house.edit(page, title="Changed")
        return _latest(page).title == "Changed"

    return change


def _submit(house: House) -> bool:
    house.edit(house.own, "submit")
    return _fresh(house.own).current_workflow_state is not None


def _published(**changes: Any) -> Callable[[House], bool]:
    def publish(house: House) -> bool:
        house.edit(house.others, "publish", **changes)
        return _fresh(house.others).live

    return publish


def _scheduled(house: House) -> bool:
    later = timezone.now() + timedelta(hours=2)
    house.edit(house.others, "publish", go_live_at=f"{later:%Y-%m-%d %H:%M}")
    return Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def _corrected(house: House) -> bool:
    words = {"next_kind": "correction", "next_note": "We erred.", "title": "Right"}
    house.edit(house.out, "publish", **words)
    return house.out.newest_release.kind == "correction"


def _signed(kind: str) -> Callable[[House], bool]:
    def sign(house: House) -> bool:
        house.edit(house.out, "publish", next_kind=kind, next_note="Wrong.")
        return SignOff.objects.filter(kind=kind).exists()

    return sign


def _undone(house: House) -> bool:
    now, page = timezone.now(), house.out
    HeldRelease.objects.create(
        page=page,
        revision=page.latest_revision,
        written="0" * 64,
        kind="update",
        pressed=now,
        until=now + timedelta(minutes=1),
        actor=page.owner,
    )
    house.post("held_release", page.pk)
    return not HeldRelease.objects.exists()


def _breaking_ended(house: House) -> bool:
    now, article = timezone.now(), house.out.article
    breaking.begin(article, None, now + timedelta(hours=1), now)
    house.post("breaking_story", article.pk, do="end")
    article.refresh_from_db()
    return article.breaking_until is None


def _offer_answered(house: House) -> bool:
    now = timezone.now()
    broke = Breaking.objects.create(article=house.out.article, until=now, time=now)
    offer = Offer.objects.create(breaking=broke, service=house.service)
    house.post("breaking_answer", offer.pk, choice="not-for-us")
    offer.refresh_from_db()
    return bool(offer.choice)


def _arranged(house: House) -> bool:
    front = Form(house.client, "en")
    house.get("front_desk", "en")
    if 'name="base"' in front.text:
        front.press(f"add:{house.out.article_id}", into="")
        front.press("save")
    else:
        house.post("front_desk", "en", base="0", proposal="0", do="save", slot="")
    return Arrangement.objects.filter(actor=house.account).exists()


def _source_paused(house: House) -> bool:
    one = source(house.service, "paused", kind="folder")
    house.post("wire_sources", source=one.pk, do="pause")
    one.refresh_from_db()
    return not one.active


def _mirrors_read(house: House) -> bool:
    return bool(house.get("mirrors").status_code == 200)


def _invited(house: House) -> bool:
    seat = house.service.roles.get(role="reporter")
    house.post("newsroom_invite", name="asked", seat=seat.pk)
    return get_user_model().objects.filter(username="asked").exists()


def _original_opened(house: House) -> bool:
    kept = PrivateOriginal.objects.create(
        picture=house.picture,
        sha256="0" * 64,
        size=1,
        kept=timezone.now(),
        until=timezone.now().date(),
    )
    seen = house.get("newsroom_original", kept.pk).status_code == 200
    house.post("newsroom_original", kept.pk, passphrase="any")  # noqa: S106
    tried = ModelLogEntry.objects.filter(action=originals.OPENED).exists()
    assert seen == tried
    return tried


def _checked(house: House) -> bool:
    seen = {"seen": house.picture.file_hash}
    house.post("newsroom_picture_faces", house.picture.pk, check="1", **seen)
    return house.picture.checks.exists()


def _covered(house: House) -> bool:
    blocks = {"seen": house.picture.file_hash, "blocks": "[[1, 1, 9, 9]]"}
    house.post("newsroom_picture_faces", house.picture.pk, cover="1", **blocks)
    return bool(Picture.objects.get().file_hash != house.picture.file_hash)


def _worded(house: House) -> bool:
    fields = {"caption-en": "A street", "alt-en": "People", "credit-en": ""}
    house.post("newsroom_picture_words", house.picture.pk, **fields)
    return house.picture.words.exists()


def _mark_taken_off(house: House) -> bool:
    Picture.objects.update(depicts_source=True)
    house.post("wagtailimages:edit", house.picture.pk, title="A", description="B")
    return not Picture.objects.get().depicts_source


def _released_everywhere(house: House) -> bool:
    """Readers have the picture by another focal point than it has by now."""
    page = ArticlePage.objects.get(pk=house.out.pk)
    page.lead_picture, page.lead_caption, page.lead_alt = house.picture, "A", "B"
    actions.publish_article(page, page.owner, "minor")
    size = {"focal_point_width": 1, "focal_point_height": 1}
    Picture.objects.update(focal_point_x=9, focal_point_y=9, **size)
    house.post("newsroom_picture_uses", house.picture.pk)
    return ArticlePage.objects.get(pk=page.pk).newest_release.number == 3


def _subject_renamed(house: House) -> bool:
    tag = Tag.objects.create(service=house.service, name="Old", key="old")
    house.post("wagtailsnippets_newsroom_tag:edit", tag.pk, name="New")
    tag.refresh_from_db()
    return tag.name == "New"


def _reverted(house: House) -> bool:
    old = house.out.latest_revision
    place = (house.out.pk, old.pk)
    fields = form(title="Old words", next_kind="update") | {"action-publish": "1"}
    house.post("wagtailadmin_pages:revisions_revert", *place, **fields)
    return house.out.newest_release.number == 2


def _deleted(which: str) -> Callable[[House], bool]:
    def delete(house: House) -> bool:
        page = getattr(house, which)
        house.post("wagtailadmin_pages:delete", page.pk)
        return not Page.objects.filter(pk=page.pk).exists()

    return delete


def _locked(house: House) -> bool:
    house.post("wagtailadmin_pages:lock", house.others.pk)
    return _fresh(house.others).locked


def _unlocked(house: House) -> bool:
    locked = {"locked": True, "locked_by": house.others.owner}
    Page.objects.filter(pk=house.others.pk).update(**locked)
    house.post("wagtailadmin_pages:unlock", house.others.pk)
    return not _fresh(house.others).locked


def _many(verb: str, which: str, becomes: str = "") -> Callable[[House], bool]:
    """Do something to what is chosen; it is done when it is gone, or live, or down."""
    reached = {"live": lambda page: page.live, "down": lambda page: not page.live}
    return deeds.many_pages(verb, which, reached.get(becomes, lambda _page: False))


def _moved(verb: str) -> Callable[[House], bool]:
    def move(house: House) -> bool:
        count = Page.objects.count()
        parent = house.others.get_parent()
        if verb == "copy":
            house.post("wagtailadmin_pages:copy", house.others.pk, new_slug="x")
        else:
            root = Page.get_first_root_node().pk
            house.post("wagtailadmin_pages:move_confirm", house.others.pk, root)
        return (
            count != Page.objects.count() or parent != _fresh(house.others).get_parent()
        )

    return move


def _uploaded(house: House) -> bool:
    with house.picture.file.open() as stored:
        file = SimpleUploadedFile("photo.jpg", stored.read())
    house.post("wagtailimages:add", title="Brought", file=file)
    own = Picture.objects.filter(collection=house.service.desk.pictures)
    return own.filter(title="Brought").exists()


def _recaptioned(house: House) -> bool:
    house.post("wagtailimages:edit", house.picture.pk, title="Changed")
    return Picture.objects.filter(title="Changed").exists()


def _picture_deleted(house: House) -> bool:
    house.post("wagtailimages:delete", house.picture.pk)
    return not Picture.objects.filter(pk=house.picture.pk).exists()


def _service_changed(house: House) -> bool:
    rows = [*house.service.sections.values("id", "section_id", "name")]
    fields = service_form(
        title="Changed",
        service_id="en",
        language="en",
        sections=inline_formset(rows, initial=len(rows)),
    )
    fields |= {"action-publish": "1"}
    house.post("wagtailadmin_pages:edit", house.service.pk, **fields)
    return ServicePage.objects.get(pk=house.service.pk).title == "Changed"


def _service_opened(house: House) -> bool:
    root = Page.get_first_root_node().pk
    rows = inline_formset([{"section_id": "society", "name": "Общество"}])
    fields = service_form(sections=rows) | {"action-publish": "1"}
    house.post("wagtailadmin_pages:add", "newsroom", "servicepage", root, **fields)
    return ServicePage.objects.filter(service_id="ru").exists()


def _promoted(house: House) -> bool:
    seats = list(house.service.roles.values_list("pk", flat=True))
    house.post("newsroom_roles_of", house.account.pk, seat=seats)
    return house.account.groups.filter(service_role__in=seats).count() > 1


def _account_made(house: House) -> bool:
    words = {"username": "new", "password1": "a long phrase", "is_superuser": "on"}
    house.post("wagtailusers_users:add", password2="a long phrase", **words)
    return get_user_model().objects.filter(username="new").exists()


def _taken_over(house: House) -> bool:
    answer = house.post("newsroom_take_over", house.others.pk)
    return bool(answer.url.endswith("/edit/"))


def _begun_from_the_wire(house: House) -> bool:
    (row,) = keep(house.service, text("The council votes.", guid="urn:begun"))
    house.post("wire_begin", house.service.service_id, row.pk)
    return row.uses.exists()


def _copy_added(house: House) -> bool:
    (row,) = keep(house.service, text("The council votes.", guid="urn:added"))
    place = (house.service.service_id, row.pk)
    house.post("wire_begin", *place, add="1", draft=str(house.others.pk))
    return row.uses.filter(article=house.others.article).exists()


def _board_read(house: House) -> bool:
    """Staff of any service see it; what is held, only who may read the draft."""
    return bool(house.get("press_board").status_code == 200)


# Each: what is done, who may, and who comes as far as the form and is told there.
ACTIONS: dict[str, tuple[Callable[[House], bool], set[str], set[str]]] = {
    "begin an article": (_add, ALL_WRITERS, NOBODY),
    # Whoever writes but does not publish: the draft is kept, and says so.
    "begin and publish": (_add_and_publish, PUBLISHERS, ALL_WRITERS - PUBLISHERS),
    "change one's own draft": (_changed("own"), ALL_WRITERS, NOBODY),
    "change another's draft": (_changed("others"), EDITORS, NOBODY),
    "change what is released, as a draft": (_changed("out"), EDITORS, NOBODY),
    # A translator has to name the source first.
    "submit": (_submit, WRITERS, {"translator"}),
    "take over": (_taken_over, EDITORS, NOBODY),
    "name a version": (deeds.version_named, EDITORS, NOBODY),
    # Legal reviewers read the wire.
    "begin a story from the wire": (
        _begun_from_the_wire,
        ALL_WRITERS,
        {"legal-reviewer"},
    ),
    "add copy to another's draft": (_copy_added, EDITORS, NOBODY),
    "close an alert of a correction": (
        deeds.alert_closed("correction"),
        EDITORS,
        TEXTS - EDITORS,
    ),
    "close an alert of a withdrawal": (
        deeds.alert_closed("canceled"),
        PUBLISHERS,
        TEXTS - PUBLISHERS,
    ),
    "say what is a version of what": (deeds.joined, EDITORS, NOBODY),
    # What has to follow, and who decides, is told to everyone.
    "close a task": (
        deeds.task_closed,
        {*EDITORS, "translator"},
        EVERYONE - EDITORS - {"translator"},
    ),
    "read the press board": (_board_read, EVERYONE, NOBODY),
    "publish": (_published(), PUBLISHERS, EDITORS - PUBLISHERS),
    "publish breaking news": (_published(breaking="on"), CHIEFS, EDITORS - CHIEFS),
    "set an hour": (_scheduled, PUBLISHERS, EDITORS - PUBLISHERS),
    "correct": (_corrected, PUBLISHERS, EDITORS - PUBLISHERS),
    "sign a retraction": (_signed("retraction"), CHIEFS, EDITORS - CHIEFS),
    "sign a redaction": (_signed("redaction"), CHIEFS, EDITORS - CHIEFS),
    "sign a withdrawal": (_signed("withdrawal"), CHIEFS, EDITORS - CHIEFS),
    "redact by a picture": (deeds.redacted_by_picture, CHIEFS, NOBODY),
    # What is held is told to everyone of the service.
    "undo": (_undone, PUBLISHERS, HERE - PUBLISHERS),
    "end breaking news": (_breaking_ended, CHIEFS, NOBODY),
    "answer an offer of breaking news": (
        _offer_answered,
        {*EDITORS, "translator"},
        NOBODY,
    ),
    "arrange the front page": (_arranged, EDITORS, NOBODY),
    "pause a source": (_source_paused, {"operator"}, NOBODY),
    "keep copy for other days": (deeds.days_set, {"operator"}, NOBODY),
    "read the board of mirrors": (_mirrors_read, EVERYONE, NOBODY),
    "close an account": (deeds.account_closed, {"operator"}, NOBODY),
    "open an account again": (deeds.account_opened, {"operator"}, NOBODY),
    "let somebody in again": (deeds.let_in_again, {"operator"}, NOBODY),
    "lift a lock-out": (deeds.lock_lifted, {"operator"}, NOBODY),
    "hand over": (deeds.handed_over, {"operator"}, NOBODY),
    # Next door they may invite, and are told that this is no seat of theirs.
    "invite": (_invited, {"operator", "chief-editor"}, {"next door"}),
    "open a private original": (_original_opened, ORIGINALS, NOBODY),
    "erase a private original": (deeds.original_erased, ORIGINALS, NOBODY),
    "check a picture for faces": (_checked, PICTURES, NOBODY),
    "cover a face": (_covered, PICTURES, NOBODY),
    "word a picture": (_worded, PICTURES, NOBODY),
    "say that a picture shows no source": (_mark_taken_off, PICTURES, NOBODY),
    "release a newer picture everywhere": (_released_everywhere, PUBLISHERS, NOBODY),
    "rename a tag": (_subject_renamed, CHIEFS, NOBODY),
    "delete many tags": (deeds.many_tags, NOBODY, NOBODY),
    "publish an old version": (_reverted, PUBLISHERS, EDITORS - PUBLISHERS),
    "delete one's own draft": (_deleted("own"), ALL_WRITERS, NOBODY),
    "delete another's draft": (_deleted("others"), EDITORS, NOBODY),
    # Editors are told what to do instead.
    "delete what is released": (_deleted("out"), NOBODY, EDITORS),
    "delete the service": (_deleted("service"), NOBODY, NOBODY),
    # Of what is chosen in a list Wagtail does what somebody may, and counts it.
    "delete many": (_many("delete", "others"), EDITORS, HERE - EDITORS),
    "publish many": (_many("publish", "others", "live"), PUBLISHERS, HERE - PUBLISHERS),
    "unpublish many": (_many("unpublish", "out", "down"), NOBODY, HERE),
    "delete many that are released": (_many("delete", "out"), NOBODY, HERE),
    "move many": (_many("move", "others"), NOBODY, HERE),
    "lock": (_locked, {*PUBLISHERS, "legal-reviewer"}, NOBODY),
    "unlock": (_unlocked, EDITORS, NOBODY),  # nobody waits for a chief
    "move": (_moved("move"), NOBODY, NOBODY),
    "copy": (_moved("copy"), NOBODY, NOBODY),
    # Next door they bring it to where they are.
    "bring a picture": (_uploaded, ALL_WRITERS, {"next door"}),
    "change another's picture": (_recaptioned, PICTURES, NOBODY),
    "delete another's picture": (_picture_deleted, PICTURES, NOBODY),
    # Whoever may choose pictures is told of each that it is not theirs to change.
    "delete many pictures": (
        deeds.many_pictures("delete"),
        PICTURES,
        CHOOSERS - PICTURES,
    ),
    "tag many pictures": (
        deeds.many_pictures("add_tags", tags="one"),
        PICTURES,
        CHOOSERS - PICTURES,
    ),
    "move many pictures": (
        deeds.many_pictures("add_to_collection"),
        NOBODY,
        CHOOSERS,
    ),
    "change the service": (_service_changed, CHIEFS, NOBODY),
    "open a service": (_service_opened, NOBODY, NOBODY),
    "give oneself roles": (_promoted, NOBODY, NOBODY),
    "make an account": (_account_made, NOBODY, NOBODY),
    "close many accounts": (
        deeds.many_accounts("set_active_state", mark_as_active=""),
        NOBODY,
        NOBODY,
    ),
    "delete many accounts": (deeds.many_accounts("delete"), NOBODY, NOBODY),
    "give many a role": (deeds.many_accounts("assign_role"), NOBODY, NOBODY),
}


@pytest.mark.lab(one_in=4)
@pytest.mark.parametrize("action", ACTIONS)
def test_each_role_does_what_it_may_and_nothing_else(
    action: str, furnished: dict[str, Any]
) -> None:
    """Nine roles here, and all of them next door, which counts for nothing.

    Who may is done what they ask; who may not is shown the door, or told why on a page
    that they may read. Nothing in between.
    """
    done, allowed, told = ACTIONS[action]
    refused = EVERYONE - allowed - told  # whoever lost the role may own a draft here
    wanted = {"done": allowed, "told": told, "refused": refused}
    asked = _asked(action, wanted.values())
    browser = Client()
    found: dict[str, set[str]] = {"done": set(), "told": set(), "refused": set()}
    for role in asked:
        with transaction.atomic():
            account = get_user_model().objects.get(username=f"the {role}")
            own = ArticlePage.objects.get(owner=account)
            browser.cookies.clear()
            enter(browser, account)  # as whoever has just shown who they are
            house = House(client=browser, account=account, own=own, **furnished)
            is_done, answer = done(house), house.answers[-1]
            assert answer.status_code in {200, 302} or is_refused(answer)
            assert not (is_done and is_refused(answer))
            way = "refused" if is_refused(answer) else "done" if is_done else "told"
            found[way].add(role)
            transaction.set_rollback(True)

    assert {way: some & asked for way, some in wanted.items()} == found


def _asked(action: str, answers: Iterable[set[str]]) -> set[str]:
    """Choose who asks: all in `make lab`, else two of each answer, others each time."""
    if PATIENT:
        return EVERYONE
    turn = [*ACTIONS].index(action)
    chosen = {"next door"}
    for some in filter(None, map(sorted, answers)):
        chosen |= {some[turn % len(some)], some[(turn + len(some) // 2) % len(some)]}
    return chosen


# Doors that let in whoever is signed in: words of the interface, one's own account,
# and a preview of what one sends oneself.
HARMLESS = {
    "admin/account/",
    "wagtailadmin_account",
    "wagtailadmin_choose_page_anchor_link",
    "wagtailadmin_choose_page_email_link",
    "wagtailadmin_choose_page_external_link",
    "wagtailadmin_choose_page_phone_link",
    "wagtailadmin_editing_sessions:release",
    "wagtailadmin_error_test",
    "wagtailadmin_login",
    "wagtailadmin_pages:choose_parent",  # names services alone
    "wagtailadmin_sprite",
    "wagtailadmin_tag_autocomplete",
    "wagtailadmin_tag_model_autocomplete",
    "wagtailadmin_workflows:task_chosen",
    "wagtailsites:index",  # leads to the list of services
    "breaking_answer",  # leads back where nothing is chosen
    "breaking_opt_in",  # leads back where nothing is named
    "followup",  # a headline of what readers have, and who decides
    "followups",  # pages to read answer a form as they answer a reader
    "held_release",
    "newsroom_calendar",
    "newsroom_clean",
    "newsroom_dismiss_tour",
    "newsroom_log",
    "newsroom_search",
    "release_changes",  # of what readers have
    "stale",
    "mirrors",
    "mirrors_status",
}


# Who may make no task is told by Wagtail that the form is wrong, whatever it holds; and
# a pattern of addresses, each of which is closed, is no address itself.
NOT_PUT_SO = {"wagtailadmin_workflows:task_chooser_create", DOCUMENTS}

# Addresses that answer nobody: Wagtail's documents, its list of pictures for programs
# and its reset by mail, which are closed, and what closes them.
NOBODYS = (
    "admin/^",
    "wagtailadmin_api:documents:",
    "wagtailadmin_api:images:",
    "wagtailadmin_password_reset",
    "wagtaildocs",
    "wagtailimages_chooser:select_format",
)


def test_no_other_door_opens_to_who_has_no_role_here(
    english: ServicePage, editor: Any, client: Client, persian: ServicePage, media: None
) -> None:
    """Every address of the site is sent a form by somebody of another service.

    Each names one of what it is about. A new page that takes forms has to refuse
    strangers, or stand among the harmless; not to be there is no refusal where nobody
    finds it.
    """
    keys = one_of_each(english, editor)
    account = staff("next door", persian, "moderator")
    client.raise_request_exception = False
    opened, absent = set(), set()
    for name, route in named_routes():
        place = filled(route, keys)
        answer = _sent(account, place)
        takes_forms = answer.status_code != 405
        if takes_forms and not is_refused(answer):
            opened.add(name or route)
        if answer.status_code == 404 and not _is_there(editor, place):
            absent.add(name or route)

    # The pages of the door are about whoever asks; what is about others is not there.
    own = {one.name for one in door_pages if one.name}
    assert NOT_PUT_SO == opened - HARMLESS - own
    left = {name for name in absent - own if not name.startswith(NOBODYS)}
    assert set() == left


def _sent(account: Any, place: str) -> Any:
    client = Client(raise_request_exception=False)
    client.force_login(account)
    with transaction.atomic():
        answer = client.post(place)
        transaction.set_rollback(True)
    return answer


def _is_there(account: Any, place: str) -> bool:
    """Say whether somebody who may everything finds something there."""
    client = Client(raise_request_exception=False)
    client.force_login(account)
    if _sent(account, place).status_code != 404:
        return True
    with transaction.atomic():
        answer = client.get(place)
        transaction.set_rollback(True)
    return bool(answer.status_code != 404)


@pytest.fixture
def media(settings: Any, tmp_path: Any) -> None:
    """Give an empty media folder."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def furnished(
    english: ServicePage,
    persian: ServicePage,
    editor: Any,
    settings: Any,
    tmp_path: Path,
) -> dict[str, Any]:
    """Give a service with a draft, a released article and a picture of others.

    Each role has an account, named after it, and a draft of its own; so has somebody
    who holds all roles next door.
    """
    settings.MEDIA_ROOT = tmp_path
    made_again("house", lambda: _furnish(english, persian, editor))
    _keep_files(tmp_path)
    pages = ArticlePage.objects.filter(owner=editor)
    return {
        "service": ServicePage.objects.get(pk=english.pk),
        "others": pages.get(live=False),
        "out": pages.get(live=True),
        "picture": Picture.objects.get(),
    }


def _furnish(english: ServicePage, persian: ServicePage, editor: Any) -> None:
    out = _draft(english, editor)
    actions.publish_article(out, editor)
    small = io.BytesIO()
    Image.effect_noise((320, 240), 60).save(small, "PNG")
    own = english.desk.pictures
    actions.keep_picture(small.getvalue(), "A street", collection=own)
    _draft(english, editor)
    for role in ROLES:
        _draft(english, staff(f"the {role}", english, role))
    _draft(english, staff("the next door", persian, *ROLES))


_FILES: dict[Path, bytes] = {}  # of the picture, which is made once, by their places


def _keep_files(media: Path) -> None:
    """Have in a folder the files that belong to the rows of `made_again`."""
    for path in filter(Path.is_file, media.rglob("*")):
        _FILES[path.relative_to(media)] = path.read_bytes()
    for name, data in _FILES.items():
        (media / name).parent.mkdir(parents=True, exist_ok=True)
        (media / name).write_bytes(data)


def _draft(service: ServicePage, owner: Any) -> ArticlePage:
    body = [{"kind": "paragraph", "text": "Everyone may seek information."}]
    return actions.create_article(
        service, "Who May Know", body, owner, section="society"
    )


def _fresh(page: Any) -> ArticlePage:
    return ArticlePage.objects.get(pk=page.pk)


def _latest(page: Any) -> Any:
    return _fresh(page).get_latest_revision_as_object()
