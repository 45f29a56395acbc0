"""An operator of one service is invited, signs in, looks after accounts, errs."""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from journeys.conftest import DESKTOP

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("default")]

ENGLISH = {
    "service_id": "en",
    "name": "The News",
    "language": "en",
    "sections": [("society", "Society")],
}
PASSWORD = "four words of nobody"  # noqa: S105 (of nobody)
# The home page alone: the door ends in "?next=/admin/" too.
HOME = re.compile("^[^?]*/admin/$")
DRAFTS = """
from django.contrib.auth import get_user_model
from tamizdat.newsroom.actions import create_article
from tamizdat.newsroom.models import ServicePage
service = ServicePage.objects.get(service_id="en")
leaver = get_user_model().objects.get(username="leaver")
for word in ("one", "two"):
    body = [{"kind": "paragraph", "text": word}]
    create_article(service, word, body, leaver, section="society", address=word)
"""


def test_people_come_and_go(newsroom, chromium):
    """From the link of the first account to the hand-over of one who leaves."""
    newsroom.make(ENGLISH, second_factor=True)
    told = newsroom.tamizdat("account", "invite", "operator", "--role", "operator@en")
    link = re.search(r"http://\S+", told).group()
    for name in ("leaver", "heir"):
        password = newsroom.folder.with_suffix(".password")
        words = ("--role", "editor@en", "--password-file", password)
        newsroom.tamizdat("account", "add", name, *words)
    newsroom.python(DRAFTS)
    newsroom.start()
    site = newsroom.url.replace("127.0.0.1", "localhost")  # a passkey wants a name

    page = chromium.new_context(viewport=DESKTOP).new_page()
    secret = follow_the_link(page, link.replace("127.0.0.1", "localhost"))
    sign_out(page)
    sign_in_with_code(page, site, secret)
    add_passkey(page, site)
    sign_out(page)
    sign_in_with_passkey(page, site)
    hand_over(page, site)
    page.context.close()
    lock_out(chromium, site)
    guess_codes(chromium, site)


def follow_the_link(page, link):
    """Choose a password, sign in, set up the app that the role asks for."""
    page.goto(link)
    for first, again, said in (
        ("12345678", "12345678", "too common"),
        (PASSWORD, "four words of somebody", "The two passwords differ"),
        (PASSWORD, PASSWORD, ""),
    ):
        page.fill("[name=password1]", first)
        page.fill("[name=password2]", again)
        page.get_by_role("button", name="Set the password").click()
        if said:
            see_what_is_wrong(page, said)
    give_password(page)
    page.get_by_text("Your role asks for a second factor").wait_for()
    page.get_by_role("link", name="Set up an app").click()
    secret = page.locator(".door__secret").inner_text()
    page.fill("[name=code]", code(secret))
    page.get_by_role("button", name="Set it up").click()
    page.locator(".door__codes li").first.wait_for()
    assert 10 == page.locator(".door__codes li").count()
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url(HOME)
    return secret


def see_what_is_wrong(page, said):
    """Find the words beside a field: on the screen, and told to whoever hears it."""
    alert = page.get_by_role("alert").filter(has_text=said)
    alert.wait_for()  # visible
    described = f"[aria-describedby~='{alert.get_attribute('id')}']"
    assert "true" == page.locator(described).get_attribute("aria-invalid")


def give_password(page, name="operator", password=PASSWORD):
    """Fill in the first page."""
    page.fill("[name=login]", name)
    page.fill("[name=password]", password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def code(secret):
    """Compute what the app shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_out(page):
    """Leave, as the menu does."""
    page.goto(re.sub("/admin/.*", "/admin/logout/", page.url))
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url(re.compile("/admin/login/"))


def sign_in_with_code(page, site, secret):
    """Name, password, a wrong code, the code."""
    page.goto(site)
    give_password(page)
    give_code(page, "000000")
    see_what_is_wrong(page, "not the right code")
    give_code(page, code(secret))
    page.wait_for_url(HOME)


def give_code(page, text):
    """Fill in the second page."""
    page.fill("[name=code]", text)
    page.get_by_role("button", name="Sign in", exact=True).click()


def add_passkey(page, site):
    """Let a virtual authenticator make a passkey."""
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    made = keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(f"{site}admin/door/keys/add/")
    page.fill("[name=name]", "My phone")
    page.get_by_role("button", name="Add it").click()
    page.get_by_text("My phone").wait_for()
    held = keys.send("WebAuthn.getCredentials", made)["credentials"]
    assert ["localhost"] == [one["rpId"] for one in held]


def sign_in_with_passkey(page, site):
    """No name, no password, no code."""
    page.goto(site)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(HOME)


def hand_over(page, site):
    """Find the account by the menu, give what it has to another, close it, asked."""
    page.goto(site)
    page.get_by_role("button", name="Settings").click()
    page.get_by_role("link", name="Accounts").click()
    page.get_by_role("link", name="leaver").click()
    page.get_by_text("2 drafts").wait_for()
    heirs = ["editor", "heir", "operator"]  # and none chosen yet
    assert heirs == page.locator("[name=to] option").all_inner_texts()[1:]
    page.select_option("[name=to]", label="heir")
    page.get_by_role("button", name="Hand over").click()
    page.get_by_text("heir has now: 2 drafts").wait_for()
    page.get_by_role("link", name="Close it").click()
    page.get_by_role("heading", name="Close the account leaver?").wait_for()
    page.get_by_role("button", name="Close it").click()
    page.get_by_text("can do nothing any more").wait_for()


def lock_out(chromium, site):
    """Six wrong passwords, and the right one is refused in words."""
    page = chromium.new_context(viewport=DESKTOP).new_page()
    page.goto(site)
    for _ in range(6):
        give_password(page, "heir", "wrong")
        page.get_by_text("do not belong together").wait_for()
    give_password(page, "heir", "wrong")
    page.get_by_text("Too many wrong attempts").wait_for()
    page.context.close()


def guess_codes(chromium, site):
    """Six wrong codes: each is refused in words, and then that nothing is accepted."""
    page = chromium.new_context(viewport=DESKTOP).new_page()
    page.goto(site)
    give_password(page)
    for number in range(7):
        give_code(page, f"00000{number}")
        wrong = "not the right code" if number < 6 else "Too many wrong attempts"
        see_what_is_wrong(page, wrong)
    page.context.close()
