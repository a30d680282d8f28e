"""The whole way of applying in a browser without scripts: sign up, confirm, register, ask, write, attach, file, receipt."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from django.core import mail
from django.urls import reverse
from django_scopes import scope
from playwright.sync_api import Page

from applications.models import Application, FiledVersion
from tests.applications.ground import Ground, lay, uscc
from tests.e2e.acting import Enter
from tests.e2e.applying import pdf

PASSWORD = "a long enough passphrase"


@pytest.fixture
def ground(transactional_db: None) -> Iterator[Ground]:
    found = lay()
    with scope(jurisdiction=found.jurisdiction):
        yield found


def send(page: Page, button: str = 'main form[method="post"] button[type="submit"]') -> None:
    with page.expect_navigation():
        page.locator(button).first.click()


@pytest.mark.requirement("wenling-14")
def test_from_signing_up_to_the_receipt_without_a_script(ground: Ground, enter: Enter) -> None:
    page, code = enter(None, script=False), ground.jurisdiction.code
    _sign_up(page)
    _register(page)
    page.goto(reverse("applications:can_we_apply", args=[code]))
    assert "Quality" in page.locator("#answer").inner_text()
    send(page, f'form[action="{reverse("applications:start", args=[code])}"] button')
    application = Application.objects.get()
    _write(page, code, application.pk)
    page.goto(reverse("applications:review", args=[code, application.pk]))
    assert page.locator("#checklist a").count() == 0, page.locator("#checklist").inner_text()
    send(page, f'form[action="{reverse("applications:file", args=[code, application.pk])}"] button')
    version = FiledVersion.objects.get()
    assert version.sha256 in page.locator("main").inner_text()


def _sign_up(page: Page) -> None:
    page.goto(reverse("account_signup"))
    for name, value in {
        "name": "新申报人",
        "email": "new@firm.example",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }.items():
        page.fill(f'[name="{name}"]', value)
    send(page)
    link = re.search(r"https?://[^/\s]+(/accounts/confirm-email/\S+)", mail.outbox[-1].body)
    assert link, mail.outbox[-1].body
    page.goto(link[1])
    send(page)
    if page.locator('[name="login"]').count():
        page.fill('[name="login"]', "new@firm.example")
        page.fill('[name="password"]', PASSWORD)
        send(page)


def _register(page: Page) -> None:
    page.goto(reverse("applications:register_organisation"))
    page.fill('[name="name"]', "示例无脚本有限公司")
    page.fill('[name="code"]', uscc(4321)[:-1] + "?")
    page.fill('[name="region"]', "990101")
    page.check('[name="rehearsal"]')
    send(page)
    assert page.locator("#id_code-error").count() and page.input_value('[name="name"]') == "示例无脚本有限公司"
    page.fill('[name="code"]', " ".join(uscc(4321).lower()))
    send(page)
    assert "示例无脚本有限公司" in page.locator("h1").inner_text(), page.locator("main").inner_text()[:600]


def _write(page: Page, code: str, pk: int) -> None:
    """Wrong first: everything stays, and the error stands beside the field; then right, section by section."""
    page.goto(reverse("applications:section", args=[code, pk, "first"]))
    page.fill('[name="f-staff"]', "一百多")
    send(page, '#writing button[name="stay"]')
    assert page.input_value('[name="f-staff"]') == "一百多" and page.locator("#f-staff-error").count()
    page.fill('[name="f-staff"]', "１２０")
    page.fill('[name="f-summary"]', "我们生产示例产品")
    page.check('[name="f-certified"][value="false"]')
    send(page, "#writing button.btn-primary")
    assert page.url.endswith("/second/")
    page.check('[name="f-honest"]')
    page.set_input_files('[name="f-licence"]', [{"name": "执照.pdf", "mimeType": "application/pdf", "buffer": pdf()}])
    send(page, "#writing button.btn-primary")
    assert page.url.endswith(reverse("applications:review", args=[code, pk]))
