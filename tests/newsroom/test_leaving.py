"""How people come, stay and leave: links, sessions, closing, handing over."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from click.testing import CliRunner
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.auth.models import Group
from django.core.serializers import serialize
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail.models import ModelLogEntry, Page
from wagtail.users.models import UserProfile

from newsroom.article_form import form
from newsroom.conftest import enter, staff
from tamizdat.newsroom import actions
from tamizdat.newsroom.doors import addresses, invitations, leaving, sessions
from tamizdat.newsroom.doors.commands import account as commands
from tamizdat.newsroom.errors import AccountError, InvitationError, RightError
from tamizdat.newsroom.models import (
    ArticlePage,
    Hold,
    Invitation,
    Kept,
    ServicePage,
    Session,
)
from tamizdat.newsroom.roles import ROLES

PASSWORD = "correct horse battery"  # noqa: S105 (of nobody)
NEW = {"password1": "four words of nobody", "password2": "four words of nobody"}


@pytest.fixture
def reporter(english: ServicePage) -> Any:
    """Give a reporter with a password."""
    account = staff("reporter", english, "reporter")
    account.set_password(PASSWORD)
    account.save()
    return account


def sign_in(client: Client, name: str, password: str = PASSWORD) -> str:
    """Give name and password, from an address that must stay unknown."""
    words = {"login": name, "password": password}
    place = reverse("account_login")
    answer = client.post(place, words, REMOTE_ADDR="203.0.113.9", follow=True)
    return answer.content.decode()


def link(token: str) -> str:
    """Write where a token leads."""
    return reverse("newsroom_invited", args=(token,))


def test_invitation_opens_an_account_once(english: ServicePage, client: Client) -> None:
    """Its link sets a password; the second time it says that it was used."""
    seat = english.roles.get(role="reporter")
    token = invitations.invite("newcomer", [seat])
    assert "do not belong together" in sign_in(client, "newcomer")
    assert "Choose a password" in client.get(link(token)).content.decode()

    client.post(link(token), NEW)

    sign_in(client, "newcomer", NEW["password1"])
    assert SESSION_KEY in client.session
    again = Client().post(link(token), NEW)
    assert (410, True) == (again.status_code, "used already" in again.content.decode())


@pytest.mark.parametrize(
    ("said", "spoil"),
    [
        ("was good until", {"until": timezone.now() - timedelta(seconds=1)}),
        ("is not known", {"digest": "0" * 64}),
    ],
)
def test_link_that_lets_nobody_in_says_why(
    english: ServicePage, client: Client, said: str, spoil: dict[str, Any]
) -> None:
    """Too old, or replaced by a newer one: in words, with status 410."""
    token = invitations.invite("newcomer", [english.roles.get(role="editor")])
    Invitation.objects.update(**spoil)

    for answer in (client.get(link(token)), client.post(link(token), NEW)):
        assert 410 == answer.status_code
        assert said in answer.content.decode()
    assert not get_user_model().objects.get(username="newcomer").is_active


def test_day_of_a_link_is_not_turned_round_in_a_language_that_runs_to_the_left(
    english: ServicePage,
) -> None:
    """Numbers after Arabic letters part at the hyphen, unless they are kept apart."""
    token = invitations.invite("newcomer", [english.roles.get(role="editor")])
    until = Invitation.objects.get().until
    kept_apart = f"\u2068{until:%Y-%m-%d %H:%M}\u2069"

    with override("fa"), pytest.raises(InvitationError, match=kept_apart):
        invitations.find(token, until)


def test_chief_editor_invites_for_the_own_service_alone(
    english: ServicePage, persian: ServicePage, client: Client
) -> None:
    """Not elsewhere, nobody who looks after accounts, and never one for everything."""
    chief = staff("chief", english, "chief-editor")
    enter(client, chief)
    seat = english.roles.get(role="editor")
    page = client.post(reverse("newsroom_invite"), {"name": "new", "seat": [seat.pk]})

    assert "/admin/door/link/" in page.content.decode()
    for service, role in ((persian, "editor"), (english, "operator")):
        with pytest.raises(RightError):
            invitations.invite("other", [service.roles.get(role=role)], chief)
    with pytest.raises(RightError):
        invitations.invite("other", (), chief, everything=True)


@pytest.mark.parametrize(
    ("change", "owner_gets"),
    [("password", 200), ("close", 302), ("reset", 302), ("others", 200)],
)
def test_stolen_cookie_ends(
    reporter: Any, editor: Any, client: Client, change: str, owner_gets: int
) -> None:
    """A new password, closing and a reset end every session at once."""
    sign_in(client, "reporter")
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert 200 == thief.get(reverse("wagtailadmin_home")).status_code
    owner = Client()
    sign_in(owner, "reporter")

    if change == "password":
        words = {"oldpassword": PASSWORD, **NEW}
        owner.post(reverse("account_change_password"), words)
    elif change == "close":
        leaving.close(reporter, editor)
    elif change == "reset":
        invitations.reset(reporter, editor)
    else:
        owner.post(reverse("newsroom_end_session"), {"key": "others"})

    assert reverse("account_login") in thief.get("/admin/").headers["Location"]
    assert owner_gets == owner.get(reverse("wagtailadmin_home")).status_code


def test_list_of_sessions_ends_one_and_never_anothers(
    reporter: Any, client: Client, english: ServicePage
) -> None:
    """Each is listed, and ended by whose it is alone."""
    thief, stranger = Client(), Client()
    sign_in(thief, "reporter")
    sign_in(client, "reporter")
    stranger.force_login(staff("stranger", english, "operator"))
    shown = client.get(reverse("mfa_index")).content.decode()
    (key,) = re.findall(r'name="key" value="(?!others)([^"]+)"', shown)
    assert "this browser" in shown

    stranger.post(reverse("newsroom_end_session"), {"key": key})
    assert 200 == thief.get(reverse("wagtailadmin_home")).status_code

    client.post(reverse("newsroom_end_session"), {"key": key})
    assert reverse("account_login") in thief.get("/admin/").headers["Location"]
    assert 200 == client.get(reverse("wagtailadmin_home")).status_code


def test_stolen_cookie_changes_no_account(reporter: Any, client: Client) -> None:
    """Ten minutes after the proof, what is dangerous asks for it again."""
    sign_in(client, "reporter")
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 601
    session.save()

    words = {"oldpassword": PASSWORD, **NEW}
    for answer in (
        client.post(reverse("account_change_password"), words),
        client.get(reverse("mfa_activate_totp")),
        client.post(reverse("mfa_activate_totp"), {"code": "1"}),
    ):
        assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    reporter.refresh_from_db()
    assert reporter.check_password(PASSWORD)


def test_stolen_cookie_changes_no_role(editor: Any, client: Client) -> None:
    """Not by the pages of groups either, of which no menu tells."""
    editor.set_password(PASSWORD)
    editor.save()
    enter(client, editor)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 601
    session.save()
    group = Group.objects.create(name="Readers")

    for name, args in (("add", ()), ("edit", (group.pk,)), ("delete", (group.pk,))):
        answer = client.post(reverse(f"wagtailusers_groups:{name}", args=args))
        assert reverse("account_reauthenticate") in answer.headers["Location"]
    assert Group.objects.filter(pk=group.pk).exists()


def test_stolen_cookie_does_not_share_the_proof_of_its_owner(
    reporter: Any, client: Client
) -> None:
    """Whoever shows again who they are gets another cookie; the older one ends."""
    sign_in(client, "reporter")
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert 200 == client.get(reverse("mfa_activate_totp")).status_code
    assert 200 == client.get(reverse("wagtailadmin_home")).status_code
    assert reverse("account_login") in thief.get("/admin/").headers["Location"]


def test_session_ends_after_three_days_whatever_happens(
    reporter: Any, client: Client
) -> None:
    """A browser that never rests signs in again, too."""
    sign_in(client, "reporter")
    client.get("/admin/")
    session = client.session
    session[sessions.BEGAN] -= sessions.LONGEST.total_seconds() + 1
    session.save()

    assert reverse("account_login") == client.get("/admin/").headers["Location"]
    assert SESSION_KEY not in client.session


def test_database_signs_nobody_in_and_knows_no_address(
    reporter: Any, client: Client
) -> None:
    """The table of sessions holds no cookie; no table holds an address or a browser."""
    client.defaults["HTTP_USER_AGENT"] = "Spy/1"
    sign_in(client, "reporter", "wrong")
    sign_in(client, "reporter")
    key = client.cookies["sessionid"].value
    rows = serialize("json", [*Session.objects.all(), *Kept.objects.all()])
    kept = [
        sessions.SessionStore().decode(s.session_data) for s in Session.objects.all()
    ]

    for secret in (key, "203.0.113.9", "Spy/1"):
        assert secret not in rows + json.dumps(kept)
    stranger = Client()
    stranger.cookies["sessionid"] = Session.objects.get(account=reporter).session_key
    assert 302 == stranger.get("/admin/").status_code


def test_address_cannot_be_recognised_the_next_day(db: None) -> None:
    """Each day has a secret of its own; the old one is deleted with what ran out."""
    today = timezone.now()
    first = addresses.hidden("203.0.113.9", today)
    Kept.objects.update(expires=today - timedelta(seconds=1))

    assert first != addresses.hidden("203.0.113.9", today + timedelta(days=1))
    assert 1 == Kept.objects.filter(cache_key__contains="tamizdat.day").count()


def test_wrong_passwords_lock_out_in_the_same_words_for_everybody(
    reporter: Any, client: Client
) -> None:
    """Whether there is such an account cannot be told; an operator lifts it."""
    said = {}
    for name in ("reporter", "nobody"):
        said[name] = [sign_in(client, name, "wrong") for _ in range(7)]
    locked = sign_in(client, "reporter")

    for told in said.values():
        assert "do not belong together" in told[5]
        assert "Too many wrong attempts" in told[6]
    assert "Too many wrong attempts" in locked
    CliRunner().invoke(commands, ["unlock", "reporter"], catch_exceptions=False)
    sign_in(client, "reporter")
    assert SESSION_KEY in client.session


def test_link_opens_what_wrong_attempts_had_locked(
    reporter: Any, client: Client
) -> None:
    """Somebody let in again is not told to wait: neither the link nor the door does."""
    for _ in range(7):
        sign_in(client, "reporter", "wrong")
    token = invitations.reset(reporter)
    assert "do not belong together" in sign_in(client, "reporter", "wrong")
    for _ in range(7):
        sign_in(client, "reporter", "wrong")
    client.post(link(token), NEW)

    sign_in(client, "reporter", NEW["password1"])
    assert SESSION_KEY in client.session


def test_operator_finds_the_accounts_of_the_own_service_alone(
    english: ServicePage, persian: ServicePage, client: Client
) -> None:
    """By the menu; nobody with a role elsewhere, nobody who may everything."""
    operator = staff("operator", english, "operator")
    staff("here", english, "editor")
    both = staff("both", english, "editor")
    both.groups.add(persian.roles.get(role="editor").group)
    staff("elsewhere", persian, "editor")
    get_user_model().objects.create_superuser("everything")
    place = reverse("newsroom_accounts")
    enter(client, operator)
    menu = client.get(reverse("wagtailadmin_home")).content.decode()
    shown = client.get(place).content.decode()
    found = client.get(place, {"q": "HER"}).content.decode()

    assert place in menu
    link_to = re.compile(r'/admin/accounts/\d+/" dir="auto">(\w+)<')
    assert ["here"] == link_to.findall(shown) == link_to.findall(found)
    assert not link_to.findall(client.get(place, {"q": "both"}).content.decode())
    for role in set(ROLES) - {"operator"}:
        enter(client, staff(role, english, role))
        home = client.get(reverse("wagtailadmin_home")).content.decode()
        assert f'"{place}"' not in home
        assert 200 != client.get(place).status_code


def test_question_comes_before_a_link_and_before_closing(
    reporter: Any, editor: Any, client: Client
) -> None:
    """Opening either page does nothing yet; an old proof leads back to it."""
    enter(client, editor)
    for name, said in (("reset", "Let"), ("close", "Close the account")):
        place = reverse(f"newsroom_account_{name}", args=(reporter.pk,))
        assert said in client.get(place).content.decode()
    reporter.refresh_from_db()

    assert reporter.is_active
    assert reporter.check_password(PASSWORD)
    assert not reporter.invitations.exists()


@pytest.fixture
def leaver(english: ServicePage, draft: ArticlePage) -> Any:
    """Give a duty editor with a draft, a lock, a submitted and a scheduled text."""
    account = staff("leaver", english, "duty-editor")
    client = Client()
    client.force_login(account)
    pages = {}
    for name in ("own", "submitted", "later"):
        body = [{"kind": "paragraph", "text": name}]
        pages[name] = actions.create_article(
            english, name, body, account, section="society", address=name
        )
    hour = f"{timezone.now() + timedelta(hours=2):%Y-%m-%d %H:%M}"
    presses = {"submitted": {"action-submit": "1"}, "later": {"action-publish": "1"}}
    for name, press in presses.items():
        fields = form(title=name, **({"go_live_at": hour} if name == "later" else {}))
        place = reverse("wagtailadmin_pages:edit", args=(pages[name].pk,))
        client.post(place, fields | press)
    Page.objects.filter(pk=draft.pk).update(locked=True, locked_by=account)
    Hold.objects.all().delete()
    return account


def test_one_step_hands_everything_over(
    english: ServicePage, leaver: Any, editor: Any, client: Client
) -> None:
    """Drafts, tasks, locks and what is set for an hour, with one entry in the log."""
    colleague = staff("colleague", english, "duty-editor")
    enter(client, editor)
    before = leaving.counts(leaver)
    place = reverse("newsroom_hand_over", args=(leaver.pk,))
    client.post(place, {"to": colleague.pk})

    assert {"drafts": 3, "tasks": 1, "locks": 1, "scheduled": 1} == before
    assert dict.fromkeys(before, 0) == leaving.counts(leaver)
    assert before == leaving.counts(colleague)
    (entry,) = ModelLogEntry.objects.filter(action=leaving.HANDED)
    assert (editor, {"to": "colleague", **before}) == (entry.user, entry.data)
    leaving.close(leaver, editor)
    later = timezone.now() + timedelta(hours=3)
    assert leaving.belongings(colleague)["scheduled"].get().approved_go_live_at < later


def test_colleague_who_could_not_publish_takes_nothing(
    english: ServicePage, leaver: Any
) -> None:
    """What is set for an hour would be refused then; so nothing moves now."""
    before = leaving.counts(leaver)
    for role, said in (("editor", "may not publish"), (None, "has no role")):
        colleague = staff(f"one {role}", english, *([role] if role else []))
        with pytest.raises(AccountError, match=said):
            leaving.hand_over(leaver, colleague)
    assert before == leaving.counts(leaver)


def test_who_could_take_it_over_is_offered_and_nobody_else(
    english: ServicePage, persian: ServicePage, leaver: Any, editor: Any, client: Client
) -> None:
    """Each that is offered succeeds; who has nothing to hand over has nobody to ask."""
    staff("next door", persian, "duty-editor")
    staff("cannot publish", english, "editor")
    colleague = staff("colleague", english, "duty-editor")

    assert [colleague, editor] == leaving.heirs(leaver)
    assert [] == leaving.heirs(colleague)
    enter(client, editor)
    place = reverse("newsroom_account", args=(leaver.pk,))
    offered = re.findall(r'<option value="(\d+)">', client.get(place).content.decode())
    assert [str(colleague.pk), str(editor.pk)] == offered


def test_closing_frees_what_was_locked(leaver: Any, draft: ArticlePage) -> None:
    """Nobody waits for a lock of somebody who left."""
    leaving.close(leaver)

    draft.refresh_from_db()
    assert not draft.locked
    with pytest.raises(AccountError, match="only account"):
        leaving.close(get_user_model().objects.get(is_superuser=True))


def test_commands_invite_reset_close_and_open(
    english: ServicePage, editor: Any
) -> None:
    """What the pages do, an operator does at a terminal."""

    def run(*words: str) -> str:
        answer = CliRunner().invoke(commands, words, catch_exceptions=False)
        assert 0 == answer.exit_code, answer.output
        return answer.output

    made = run("invite", "anna", "--role", "editor@en")
    anna = get_user_model().objects.get(username="anna")
    token = made.rsplit("/", 2)[-2]
    invitations.accept(token, NEW["password1"], timezone.now())
    reset = run("reset", "anna").rsplit("/", 2)[-2]
    staff("boris", english, "editor")
    closed = run("close", "anna", "--to", "boris")

    assert "anna will be editor@en." in made
    assert "boris has now of anna: 0 drafts, 0 tasks, 0 locks, 0 scheduled." in closed
    with pytest.raises(InvitationError):
        invitations.find(reset, timezone.now())
    anna.refresh_from_db()
    assert not anna.is_active
    run("open", "anna")
    anna.refresh_from_db()
    assert anna.is_active


@pytest.mark.lab(one_in=3)
@pytest.mark.parametrize("role", [*ROLES, "everything"])
def test_only_who_looks_after_accounts_changes_one(
    english: ServicePage, client: Client, role: str
) -> None:
    """Each role tries each thing that can be done to an account."""
    target = staff("target", english, "reporter")
    who = staff("who", english, *([role] if role in ROLES else []))
    if role == "everything":
        get_user_model().objects.filter(pk=who.pk).update(is_superuser=True)
        who.refresh_from_db()
    heir = staff("heir", english, "editor")
    enter(client, who)
    seat = english.roles.get(role="reporter")
    one = {"args": (target.pk,)}
    client.post(reverse("newsroom_invite"), {"name": "new", "seat": [seat.pk]})
    client.post(reverse("newsroom_hand_over", **one), {"to": heir.pk})
    client.post(reverse("newsroom_account_unlock", **one))
    client.post(reverse("newsroom_account_reset", **one))
    client.post(reverse("newsroom_account_close", **one))
    edit = {
        **dict.fromkeys(("username", "first_name", "last_name"), "renamed"),
        "email": "a@news.example",
        "is_superuser": "on",
        "is_active": "on",
    }
    client.post(reverse("wagtailusers_users:edit", **one), edit)
    everything = english.roles.get(role="chief-editor")
    client.post(reverse("newsroom_roles_of", **one), {"seat": [everything.pk]})
    client.post(reverse("wagtailusers_users:add"), {"username": "made"})

    after = get_user_model().objects.get(pk=target.pk)
    done = ModelLogEntry.objects.filter(object_id=str(target.pk))
    looks_after = role in {"operator", "everything"}
    names = set(get_user_model().objects.values_list("username", flat=True))
    assert ("new" in names) == (looks_after or role == "chief-editor")
    assert "made" not in names
    assert target.invitations.exists() is False or looks_after
    assert looks_after == (not after.is_active or role == "everything")
    assert looks_after == done.filter(action=invitations.RESET).exists()
    assert looks_after == done.filter(action=leaving.CLOSED).exists()
    assert looks_after == done.filter(action=leaving.HANDED).exists()
    assert (role == "everything") == after.is_superuser
    chief = after.groups.filter(service_role__role="chief-editor")
    assert (role == "everything") == chief.exists()


def test_account_is_closed_in_its_form_without_a_real_name(
    reporter: Any, editor: Any, client: Client
) -> None:
    """The form asks for what is kept alone, and saves it."""
    enter(client, editor)
    place = reverse("wagtailusers_users:edit", args=(reporter.pk,))
    page = client.get(place).content.decode()
    named = {"first_name": "A", "last_name": "B", "email": "a@news.example"}
    client.post(place, {"username": "reporter", **named})
    reporter.refresh_from_db()

    assert not any(f'name="{name}"' in page for name in named)
    assert not reporter.is_active
    assert ("", "", "") == (reporter.first_name, reporter.last_name, reporter.email)


def test_key_is_named_in_the_language_of_the_site(
    reporter: Any, client: Client
) -> None:
    """What allauth does not say in Persian is said by the newsroom."""
    UserProfile.get_for_user(reporter)
    UserProfile.objects.filter(user=reporter).update(preferred_language="fa")
    enter(client, reporter)
    page = client.get(reverse("mfa_add_webauthn")).content.decode()

    assert re.search(r"<label[^>]*>\s*نام", page)
