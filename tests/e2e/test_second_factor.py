"""A second factor in a browser: a code of an app, a key that answers by itself, each set up on the profile and asked at the next sign-in."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from tests.e2e.acting import Enter

PASSWORD = "a long enough passphrase"


@pytest.fixture
def user(transactional_db: None) -> User:
    made = User.objects.create(email="two@factors.invalid", name="示例人员")
    made.set_password(PASSWORD)
    made.save()
    EmailAddress.objects.create(user=made, email=made.email, verified=True, primary=True)
    return made


def test_a_code_and_a_key(user: User, enter: Enter) -> None:
    page = enter(None)
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    _sign_in(page, user)
    _code(page)
    _sign_in_again(page, user)
    page.fill('[name="code"]', _now(user))
    _send(page)
    assert page.url.endswith(reverse("rounds:desk")), page.locator("main").inner_text()
    _key(page)
    _sign_in_again(page, user)
    with page.expect_navigation(url=f"**{reverse('rounds:desk')}"):
        page.locator("#mfa_webauthn_authenticate").click()
    assert faults == []


def _send(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form[method=post] button[type=submit]").first.click()


def _sign_in(page: Page, user: User) -> None:
    page.goto(reverse("account_login"))
    page.fill('[name="login"]', user.email)
    page.fill('[name="password"]', PASSWORD)
    _send(page)


def _go(page: Page, name: str) -> None:
    """To a page of the account, which asks for the password once more first."""
    page.goto(reverse(name))
    if reverse("account_reauthenticate") in page.url:
        page.fill('[name="password"]', PASSWORD)
        _send(page)
    assert page.url.endswith(reverse(name))


def _sign_in_again(page: Page, user: User) -> None:
    page.goto(reverse("account_logout"))
    _send(page)
    _sign_in(page, user)
    assert page.url.endswith(reverse("mfa_authenticate"))


def _code(page: Page) -> None:
    """The picture and the secret are shown; a wrong code is told, the right one turns it on."""
    _go(page, "mfa_activate_totp")
    picture = page.locator("main img")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0"), "the content policy lets it be seen"
    page.fill('[name="code"]', "000000")
    _send(page)
    expect(page.locator(".field-error, .error-summary").first).to_be_visible()
    page.fill('[name="code"]', _value(page.locator("#authenticator_secret").input_value()))
    _send(page)
    assert Authenticator.objects.filter(type="totp").count() == 1


def _now(user: User) -> str:
    from django.core.cache import cache

    cache.clear()  # a code is taken once; the clock has not moved on
    return _value(Authenticator.objects.get(user=user, type="totp").wrap().instance.data["secret"])


def _value(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def _key(page: Page) -> None:
    """A virtual key of the browser stands in for one on the keyring."""
    line = page.context.new_cdp_session(page)
    line.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "usb", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    line.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    _go(page, "mfa_add_webauthn")
    with page.expect_navigation():
        page.locator("#mfa_webauthn_add").click()
    assert Authenticator.objects.filter(type="webauthn").count() == 1, page.locator("main").inner_text()
