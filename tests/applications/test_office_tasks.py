"""What beat does: silence is taken over when the time is over, new officers see their body's own; twice is harmless."""

from __future__ import annotations

import datetime as dt

import pytest
from django_scopes import scope

from applications import tasks
from applications.domain import consultation
from applications.models.opinions import ConsultationRequest
from applications.schedule import SCHEDULE
from audit.models import AuditEvent
from config.celery import app
from rounds.models import EntryUserObjectPermission
from tests.applications import office_world
from tests.applications.test_office_conditions import CLEAN_FORM

pytestmark = pytest.mark.django_db


def test_silence_is_taken_over_by_the_clock() -> None:
    document = office_world.load("yiwu-2020")
    with scope(jurisdiction=document.jurisdiction):
        world = office_world.build(document)
        world.body("d-one", "department")
        stage = world.open("eligibility")
        world.enter(stage, count=2, answers=CLEAN_FORM)
        asked = consultation.ask(actor=world.office, stage=stage)
    assert tasks.take_over_silence() == 0, "not due yet"
    with scope(jurisdiction=document.jurisdiction):
        world.move_to(asked.due_at + dt.timedelta(minutes=1))
    assert tasks.take_over_silence() == 2
    assert tasks.take_over_silence() == 0
    with scope(jurisdiction=document.jurisdiction):
        assert set(ConsultationRequest.objects.values_list("silence", flat=True)) == {"no_record"}
        event = AuditEvent.objects.get(act="consultation.lapsed")
    assert (event.actor_id, event.article) == ("", "5.1")


def test_new_officers_are_let_in_once() -> None:
    document = office_world.load("wenling-2023")
    with scope(jurisdiction=document.jurisdiction):
        world = office_world.build(document)
        town = world.body("b-one", "town", territory=["331098"])
        stage = world.open("recommendation")
        (row,) = world.enter(stage, [{"org": {"region": "331098"}}])
        newcomer = world.person("newcomer", "recommender", town)
    assert not EntryUserObjectPermission.objects.filter(user=newcomer).exists()
    assert tasks.let_newcomers_in() == 1
    assert EntryUserObjectPermission.objects.filter(user=newcomer, content_object=row.entry_id).exists()
    assert tasks.let_newcomers_in() == 0
    assert AuditEvent.objects.filter(act="bodies.newcomers_let_in").count() == 1


def test_beat_knows_the_tasks() -> None:
    app.loader.import_default_modules()
    assert {row["task"] for row in SCHEDULE.values()} <= set(app.tasks)
