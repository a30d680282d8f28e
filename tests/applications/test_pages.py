"""The applicant's pages in a browser without scripts: begin, write, attach, file; and who gets to see what."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope, scopes_disabled

from accounts.models import User
from applications.domain import answering, filing
from applications.models import Application, Evidence, FiledVersion
from audit.models import AuditEvent
from rounds import engine
from rounds.models import Entry
from tests.applications.ground import CALL, INTAKE, Ground, lay, pdf, person, policy, text
from tests.applications.test_internal_publicity import NEXT_MONDAY, PUBLICITY, later

PRINCIPLES = [{"key": "no_fee", "article": "3", "text": text("No fee is ever charged"), "shown_on": ["form"]}]


def browser(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def ground(db: None) -> Iterator[Ground]:
    """A round whose intake wants trade secrets marked."""
    found = lay(policy(stages=[CALL, {**INTAKE, "secrets_article": "13"}], principles=PRINCIPLES))
    with scope(jurisdiction=found.jurisdiction):
        yield found


def url(ground: Ground, name: str, **more: Any) -> str:
    return reverse(f"applications:{name}", kwargs={"code": ground.jurisdiction.code, **more})


def test_from_the_first_click_to_the_receipt(ground: Ground) -> None:
    client = browser(ground.owner)
    page = client.get(url(ground, "apply"))
    assert page.status_code == 200 and "Quality" in page.content.decode()
    start = {"round": ground.round.pk, "organisation": ground.organisation.pk, "prize": "quality"}
    page = client.post(url(ground, "start"), start, follow=True)
    pk = Application.objects.get().pk
    assert page.redirect_chain[-1][0] == url(ground, "application", pk=pk) and page.status_code == 200
    first = url(ground, "section", pk=pk, section="first")
    assert client.get(first).status_code == 200
    sent = {
        "version": 0,
        "f-summary": "We build",
        "f-staff": "１２０",
        "f-certified": "true",
        "f-brands": ["a", "b"],
        "secret-summary": "1",
    }
    page = client.post(first, sent, follow=True)
    assert page.redirect_chain[-1][0] == first, "a further question has appeared here"
    page = client.post(first, {**sent, "version": 1, "f-certified_on": "2020年5月1日"}, follow=True)
    second = url(ground, "section", pk=pk, section="second")
    assert page.redirect_chain[-1][0] == second
    page = client.post(
        second, {"version": 2, "f-honest": "true", "f-licence": [pdf("licence.pdf"), pdf("more.pdf")]}, follow=True
    )
    assert page.redirect_chain[-1][0] == url(ground, "review", pk=pk)
    application = Application.objects.get()
    assert application.answers == {
        "summary": "We build",
        "staff": "120",
        "certified": True,
        "brands": ["a", "b"],
        "certified_on": "2020-05-01",
        "honest": True,
    }
    assert application.secrets == ["summary"] and Evidence.objects.count() == 2
    page = client.post(url(ground, "file", pk=pk), follow=True)
    assert page.redirect_chain[-1][0] == url(ground, "receipt", pk=pk)
    assert FiledVersion.objects.get().sha256 in page.content.decode() and "2025-0001" in page.content.decode()
    assert client.get(url(ground, "application", pk=pk)).status_code == 200


@pytest.mark.requirement("yiwu-1.4")
@pytest.mark.requirement("tacheng-3")
def test_that_no_fee_is_charged_stands_on_the_form(ground: Ground) -> None:
    application = ground.start()
    for page in (url(ground, "apply"), url(ground, "application", pk=application.pk)):
        assert "No fee is ever charged" in browser(ground.owner).get(page).content.decode()


def test_what_was_typed_wrong_is_shown_again_with_its_error(ground: Ground) -> None:
    application = ground.start()
    page = url(ground, "section", pk=application.pk, section="first")
    shown = (
        browser(ground.owner)
        .post(page, {"version": 0, "f-staff": "about 5", "stay": "1"}, follow=True)
        .content.decode()
    )
    assert 'value="about 5"' in shown and "f-staff-error" in shown and 'aria-invalid="true"' in shown


def test_a_conflict_shows_both_texts(ground: Ground) -> None:
    application = ground.start()
    page = url(ground, "section", pk=application.pk, section="first")
    browser(ground.owner).post(page, {"version": 0, "f-summary": "OWNER WROTE", "f-staff": "5"})
    answer = browser(ground.editor).post(page, {"version": 0, "f-summary": "EDITOR WROTE", "f-staff": "5"})
    shown = re.sub(r"</?(?:ins|del)>", "", answer.content.decode())
    assert answer.status_code == 409 and "OWNER WROTE" in shown and "EDITOR WROTE" in shown
    assert 'name="version" value="1"' in shown
    assert browser(ground.editor).post(page, {"version": 1, "f-summary": "BOTH", "f-staff": "5"}).status_code == 302
    assert Application.objects.get().answers["summary"] == "BOTH"


def test_a_refused_file_does_not_lose_the_text(ground: Ground) -> None:
    application = ground.start()
    page = url(ground, "section", pk=application.pk, section="second")
    bad = pdf("evil.exe")
    answer = browser(ground.owner).post(page, {"version": 0, "f-honest": "true", "f-licence": bad})
    assert answer.status_code == 200 and 'id="f-licence-error"' in answer.content.decode(), "told beside the question"
    assert Application.objects.get().answers == {"honest": True} and not Evidence.objects.exists()


def test_files_are_removed_and_marked_from_the_form(ground: Ground) -> None:
    application = ground.written()
    piece = Evidence.objects.get()
    page = url(ground, "section", pk=application.pk, section="second")
    browser(ground.owner).post(page, {"version": 9, "f-honest": "true", "secret-licence": "1", "stay": "1"})
    piece.refresh_from_db()
    assert piece.secret
    browser(ground.owner).post(page, {"version": 9, "f-honest": "true", "remove": [str(piece.pk)], "stay": "1"})
    piece.refresh_from_db()
    assert piece.removed_at is not None


PAGES = ("application", "review")


def test_before_filing_it_is_the_applicants_alone(ground: Ground) -> None:
    application = ground.written()
    outsider = person("other-owner")
    for name in PAGES:
        page = url(ground, name, pk=application.pk)
        assert Client().get(page).status_code == 302
        assert browser(ground.editor).get(page).status_code == 200
        for user in (ground.stranger, ground.office, outsider):
            assert browser(user).get(page).status_code == 404
    assert browser(ground.owner).get(url(ground, "receipt", pk=application.pk)).status_code == 404


def test_once_filed_the_office_reads_it_but_writes_nothing(ground: Ground) -> None:
    application = ground.written()
    filing.file(actor=ground.owner, application=application)
    office = browser(ground.office)
    for name in (*PAGES, "receipt"):
        assert office.get(url(ground, name, pk=application.pk)).status_code == 200
    page = url(ground, "section", pk=application.pk, section="first")
    assert '<form method="post" action="' + page not in office.get(page).content.decode()
    assert office.post(page, {"version": 9, "f-staff": "1"}).status_code == 403
    assert office.post(url(ground, "file", pk=application.pk)).status_code == 403
    assert office.get(url(ground, "withdraw", pk=application.pk)).status_code == 403
    assert browser(ground.stranger).get(page).status_code == 404


def test_who_has_stepped_aside_sees_nothing(ground: Ground) -> None:
    application = ground.written()
    filing.file(actor=ground.owner, application=application, papers=False)
    engine.recuse(actor=ground.office, entry=application.entry, user=ground.office, reason="A relative works there")
    assert browser(ground.office).get(url(ground, "application", pk=application.pk)).status_code == 404


def test_another_jurisdictions_application_is_not_found(ground: Ground) -> None:
    application = ground.written()
    with scopes_disabled():
        other = lay(policy(code="other-town"), code="other-town")
    path = reverse("applications:application", kwargs={"code": other.jurisdiction.code, "pk": application.pk})
    assert browser(ground.owner).get(path).status_code == 404


@pytest.mark.requirement("wenling-14")
@pytest.mark.requirement("tacheng-13")
def test_trade_secrets_are_masked_and_each_unmasking_is_recorded(ground: Ground) -> None:
    application = ground.written(summary="SECRET RECIPE")
    answering.save_section(
        actor=ground.owner, application=application, section="first", data={}, version=9, secrets=["summary"]
    )
    filing.file(actor=ground.owner, application=application)
    review = url(ground, "review", pk=application.pk)
    assert "SECRET RECIPE" in browser(ground.owner).get(review).content.decode()
    assert "SECRET RECIPE" not in browser(ground.office).get(review).content.decode()
    assert (
        "SECRET RECIPE"
        not in browser(ground.office).get(url(ground, "section", pk=application.pk, section="first")).content.decode()
    )
    shown = browser(ground.office).post(url(ground, "unmask", pk=application.pk)).content.decode()
    assert "SECRET RECIPE" in shown
    event = AuditEvent.objects.get(act="application.secrets_shown")
    assert (event.actor_id, event.article, event.facts["fields"]) == (str(ground.office.pk), "13", ["summary"])


def test_the_printed_form_with_secrets_is_the_applicants_alone(ground: Ground) -> None:
    from documents import access, papers

    application = answering.save_section(
        actor=ground.owner, application=ground.written(), section="first", data={}, version=9, secrets=["summary"]
    )
    filing.file(actor=ground.owner, application=application)
    found = {paper.kind: paper for paper in papers.of_subject(application)}
    assert access.may_read(ground.owner, found["application_form"]) and access.may_read(ground.office, found["receipt"])
    assert not access.may_read(ground.office, found["application_form"])
    assert not access.may_read(ground.stranger, found["receipt"])


def test_withdrawing_and_taking_back_from_the_pages(ground: Ground) -> None:
    application = ground.written()
    client = browser(ground.owner)
    client.post(url(ground, "file", pk=application.pk))
    assert client.get(url(ground, "take_back", pk=application.pk)).status_code == 200
    client.post(url(ground, "take_back", pk=application.pk), {"reason": "A figure"})
    assert Entry.objects.get().status == "draft"
    assert client.get(url(ground, "withdraw", pk=application.pk)).status_code == 200
    client.post(url(ground, "withdraw", pk=application.pk), {"reason": "No time"})
    assert Entry.objects.get().status == "withdrawn"
    assert client.get(url(ground, "application", pk=application.pk)).status_code == 200


def test_internal_publicity_from_the_page(db: None) -> None:
    ground = lay(policy(stages=[CALL, {**PUBLICITY, "parent_article": None}, {**INTAKE, "opens": "with"}]))
    with scope(jurisdiction=ground.jurisdiction):
        application = ground.start()
        page, client = url(ground, "internal_publicity", pk=application.pk), browser(ground.owner)
        assert client.get(page).status_code == 200
        later(ground, NEXT_MONDAY)
        sent = {
            "first_day": "2025-03-03",
            "last_day": "2025-03-05",
            "place": "Board",
            "proof": pdf(),
            "objection_free": "on",
        }
        shown = client.post(page, sent)
        assert shown.status_code == 200 and 'value="Board"' in shown.content.decode()
        assert client.post(page, {**sent, "last_day": "2025-03-10", "proof": pdf()}).status_code == 302
        assert client.get(page).status_code == 200


def test_a_page_costs_the_same_however_many_applications_there_are(ground: Ground) -> None:
    client, counts = browser(ground.owner), []
    ground.start()
    for more in (0, 15):
        for place in range(more):
            ground.start(organisation=ground.another(300 + place))
        client.get(url(ground, "apply"))
        with CaptureQueriesContext(connection) as caught:
            assert client.get(url(ground, "apply")).status_code == 200
        counts.append(len(caught))
    assert counts[0] == counts[1]


def test_odd_addresses_are_not_found(ground: Ground) -> None:
    application = ground.start()
    client = browser(ground.owner)
    assert client.get(url(ground, "section", pk=application.pk, section="none")).status_code == 404
    assert client.get(url(ground, "internal_publicity", pk=application.pk)).status_code == 404
    assert client.get(url(ground, "application", pk=10**9)).status_code == 404
    assert client.post(url(ground, "start"), {"round": "x", "organisation": "y"}).status_code == 404


def test_reminders_come_a_week_and_a_day_before(ground: Ground) -> None:
    from applications.reminders import filing_ends
    from core import clock

    ground.start()
    with scopes_disabled():
        assert list(filing_ends(clock.now())) == []
    for days, key in ((7, ":7d"), (1, ":1d")):
        ground.move(dt.datetime(2025, 4, 10 - days, 9, tzinfo=clock.LEGAL_ZONE))
        with scopes_disabled():
            [reminder] = list(filing_ends(clock.now()))
        assert reminder.key.endswith(key) and set(reminder.to) == {ground.owner, ground.editor}
