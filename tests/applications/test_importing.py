"""Results of registers and answers of departments come in as lists: a dry run says what is wrong line by line; nothing is half-imported."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Iterator

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_scopes import scope

from applications.domain import consultation
from applications.models import Application
from applications.models.assessment import CheckRecord
from applications.models.opinions import Consultation, ConsultationRequest
from notifications import reminders
from rounds.models import RoundStage, StageEntry
from tests.applications.office_world import OfficeWorld, build, load


@pytest.fixture
def wenling(db: None) -> Iterator[tuple[OfficeWorld, RoundStage, list[StageEntry]]]:
    document = load("wenling-2023")
    with scope(jurisdiction=document.jurisdiction):
        world = build(document)
        stage = world.open("eligibility")
        yield world, stage, world.enter(stage, count=3)


def send(client: Client, page: str, rows: list[list[str]]) -> HttpResponse:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    upload = SimpleUploadedFile("list.csv", text.getvalue().encode("utf-8-sig"), content_type="text/csv")
    return client.post(page, {"file": upload})  # type: ignore[return-value]


def confirm(client: Client, page: str, answer: HttpResponse) -> HttpResponse:
    token = re.search(r'name="list" value="([^"]+)"', answer.content.decode())
    assert token, "the dry run offers the confirmation"
    return client.post(page, {"list": token[1]})  # type: ignore[return-value]


def consultation_of(stage: RoundStage) -> Consultation:
    found: Consultation = Consultation.objects.get(stage=stage)
    return found


def test_a_registers_results_are_checked_line_by_line_and_written_wholly(
    wenling: tuple[OfficeWorld, RoundStage, list[StageEntry]], client: Client
) -> None:
    world, stage, rows = wenling
    page = reverse("applications:import_results", args=[world.jurisdiction.code, stage.pk])
    client.force_login(world.office)
    blank = client.get(page, {"blank": "csv"}).content.decode("utf-8-sig").splitlines()[0].split(",")
    numbers = [row.entry.number for row in rows]
    names = [row.entry.organisation.name for row in rows]
    check = next(one for one in world.round.rules.checks if one.key in stage.spec.checks and one.type == "yes_no")
    head = ["number", "organisation", f"check-{check.key}", "evidence"]
    assert str(check.label.zh) in blank
    wrong = [
        head, [numbers[0], names[0], "是", "来函"], ["9999", "", "否", "来函"], [numbers[1], "别的公司", "否", "来函"], [numbers[0], "", "否", "来函"],
        [numbers[2], "", "也许", "来函"], [numbers[2], "", "否", ""],
    ]  # fmt: skip
    answer = send(client, page, wrong)
    text = answer.content.decode()
    assert "9999" in text and "别的公司" in text and 'name="list"' not in text
    assert not CheckRecord.objects.exists(), "nothing is half-imported"
    good = [head, *([number, "", "否", "税务局复函"] for number in numbers)]
    with CaptureQueriesContext(connection) as queries:
        answer = send(client, page, good)
    assert not CheckRecord.objects.exists(), "a dry run writes nothing"
    assert confirm(client, page, answer).status_code == 302
    found = {row.pk: row.checks for row in Application.objects.filter(entry__in=[row.entry_id for row in rows])}
    assert all(checks[check.key] is False for checks in found.values()) and len(found) == 3
    assert {record.evidence for record in CheckRecord.objects.all()} == {"税务局复函"}
    assert len(queries) < 90, f"{len(queries)} queries"


def test_a_departments_answers_come_in_for_its_own_questions_only(db: None, client: Client) -> None:
    document = load("tacheng-2023")
    with scope(jurisdiction=document.jurisdiction):
        world = build(document)
        industry, ecology = world.body("industry-x", "department"), world.body("ecology-x", "department")
        stage = world.open("acceptance")
        rows = world.enter(stage, count=2)
        consultation.ask(actor=world.office, stage=stage, bodies=[industry])
        page = reverse("applications:import_answers", args=[world.jurisdiction.code, stage.pk])
        due = consultation_of(stage).due_at
        world.move_to(due - dt.timedelta(days=1))
        assert (reminders.post_due(), reminders.post_due()) == (1, 0), "the officer who owes answers is reminded once"
        client.force_login(world.officer(ecology))
        assert client.get(page).status_code == 404, "its body was not asked"
        client.force_login(world.officer(industry))
        head = ["number", "answer", "reason"]
        numbers = [row.entry.number for row in rows]
        answer = send(client, page, [head, [numbers[0], "同意", ""], [numbers[1], "不同意", ""]])
        assert 'name="list"' not in answer.content.decode(), "a disagreement needs its reason"
        answer = send(client, page, [head, [numbers[0], "同意", ""], [numbers[1], "不同意", "近期发生事故"]])
        assert confirm(client, page, answer).status_code == 302
        said = {
            q.stage_entry.entry.number: (q.answer, q.reason)
            for q in ConsultationRequest.objects.select_related("stage_entry__entry")
        }
        assert said == {numbers[0]: ("agree", ""), numbers[1]: ("disagree", "近期发生事故")}
