"""Two people write one section; one of them is signed out in the middle; files and tables on the way. Nobody loses a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from allauth.account.models import EmailAddress
from django.contrib.sessions.models import Session
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page, expect

from accounts.models import User
from applications.models import Application, Evidence
from tests.applications.ground import CALL, INTAKE, Ground, lay, policy
from tests.applications.test_writing import FORM, SHEET
from tests.e2e.acting import Enter
from tests.e2e.applying import pdf

PASSWORD = "a long enough passphrase"
SAVED = re.compile(r"\d\d:\d\d")


@pytest.fixture
def ground(transactional_db: None) -> Iterator[Ground]:
    found = lay(policy(forms=[FORM], sheets=[SHEET], stages=[CALL, {**INTAKE, "secrets_article": "13"}]))
    with scope(jurisdiction=found.jurisdiction):
        yield found


def answers() -> dict[str, object]:
    found: dict[str, object] = Application.objects.get().answers
    return found


def wait_saved(page: Page) -> None:
    expect(page.locator("#writing-state")).to_have_text(SAVED, timeout=20_000)
    expect(page.locator("#writing-state")).not_to_contain_text("-")  # the clock alone: saved by the script


def test_two_people_in_one_section_and_a_sign_in_in_between(ground: Ground, enter: Enter) -> None:
    application = ground.start()
    section = reverse("applications:section", args=[ground.jurisdiction.code, application.pk, "main"])
    one, other = enter(ground.owner), enter(ground.editor)
    one.goto(section)
    other.goto(section)
    one.fill('[name="f-story"]', "甲写的内容")
    wait_saved(one)
    other.fill('[name="f-staff"]', "1,200 人")
    wait_saved(other)
    assert answers() == {"story": "甲写的内容", "staff": "1200"}, "different answers: both are kept, nobody is asked"
    _same_answer(other)
    assert answers()["story"] == "甲写的内容\n\n乙写的内容"
    _files_and_tables(one, section)
    _signed_out(one, ground.owner, section)


def _same_answer(other: Page) -> None:
    """The same answer: nothing is overwritten, both versions stand side by side, and the writer chooses."""
    other.fill('[name="f-story"]', "乙写的内容")
    expect(other.locator("#writing-note button")).to_be_visible(timeout=20_000)
    assert answers()["story"] == "甲写的内容"
    with other.expect_navigation():
        other.click("#writing-note button")
    both = other.locator(".diff").inner_text()
    assert "甲" in both and "乙" in both
    other.check('[name="keep-story"][value="both"]')
    with other.expect_navigation():
        other.click('#writing button[name="stay"]')


def _files_and_tables(page: Page, section: str) -> None:
    """A file goes up by itself; cells copied in a spreadsheet fill the table; a lie about a file's type is told beside it."""
    page.goto(section)
    page.set_input_files('[name="f-proof"]', [{"name": "证明.pdf", "mimeType": "application/pdf", "buffer": pdf()}])
    expect(page.locator("[data-attached]")).to_contain_text("证明.pdf", timeout=20_000)
    page.set_input_files(
        '[name="f-proof"]', [{"name": "假.pdf", "mimeType": "application/pdf", "buffer": b"MZ\x90\0 nothing"}]
    )
    expect(page.locator("[data-refused]")).not_to_be_empty(timeout=20_000)
    assert Evidence.objects.filter(removed_at=None).count() == 1
    page.locator('[name="f-certificates-0-name"]').evaluate(
        """(cell, text) => { const held = new DataTransfer(); held.setData("text/plain", text)
        cell.dispatchEvent(new ClipboardEvent("paste", {clipboardData: held, bubbles: true, cancelable: true})) }""",
        "ISO 9001\t2027/3/1\t1.2万元\nISO 14001\t2026-12-31\t900",
    )
    assert page.input_value('[name="f-certificates-1-until"]') == "2026-12-31"
    wait_saved(page)
    rows = answers()["certificates"]
    assert rows == [
        {"name": "ISO 9001", "until": "2027-03-01", "worth": "12000"},
        {"name": "ISO 14001", "until": "2026-12-31", "worth": "900"},
    ]


def _signed_out(page: Page, user: User, section: str) -> None:
    """The session ends while writing; after signing in again the words stand in the form, and are saved."""
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    page.goto("about:blank")
    _enter_again(page, user, section)
    Session.objects.all().delete()
    page.fill('[name="f-story"]', "写到一半时登录已过期")
    expect(page.locator("#writing-note a.btn-primary")).to_be_visible(timeout=20_000)
    with page.expect_navigation():
        page.click("#writing-note a.btn-primary")
    _sign_in(page, user)
    expect(page.locator('[name="f-story"]')).to_have_value("写到一半时登录已过期")
    assert answers()["story"] != "写到一半时登录已过期", "shown, not yet saved"
    with page.expect_navigation():
        page.click('#writing button[name="stay"]')
    assert answers()["story"] == "写到一半时登录已过期"


def _enter_again(page: Page, user: User, section: str) -> None:
    """With the password: the session of the test's cookie ended when it was set."""
    page.goto(section)
    _sign_in(page, user)
    assert page.url.endswith(section)


def _sign_in(page: Page, user: User) -> None:
    page.fill('[name="login"]', user.email)
    page.fill('[name="password"]', PASSWORD)
    with page.expect_navigation():
        page.locator('main form button[type="submit"]').first.click()
