"""Beginning an application: who may, for what, when, and only once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django_scopes import scope

from accounts.models import Organisation
from applications import gates
from applications.models import Application
from audit.models import AuditEvent
from core.clock import end_of_day
from core.refusals import Refused
from rounds import engine
from rounds.models import Entry, StageEntry
from tests.applications.ground import CALL, CLOSES_ON, INTAKE, Ground, lay, policy, text
from tests.refusing import refused


def test_a_started_application_waits_in_the_intake(ground: Ground) -> None:
    application = ground.start()
    entry = application.entry
    assert (entry.status, entry.number, application.answers_version) == ("draft", "", 0)
    assert StageEntry.objects.get(entry=entry).stage.key == "intake"
    assert AuditEvent.objects.get(act="application.started").article == "4"


def test_an_editor_may_start_too(ground: Ground) -> None:
    assert ground.start(actor=ground.editor).pk


@pytest.mark.parametrize("who", ["stranger", "office", "head"])
def test_nobody_else_may(ground: Ground, who: str) -> None:
    with refused("not_yours_to_write", article="4"):
        ground.start(actor=getattr(ground, who))
    assert not Entry.objects.exists()


@pytest.mark.requirement("wenling-2")
@pytest.mark.requirement("qingyuan-1.1")
@pytest.mark.requirement("yiwu-1.1-3")
@pytest.mark.requirement("wenzhou-2")
@pytest.mark.requirement("tacheng-9")
@pytest.mark.parametrize(
    ("values", "code", "article"),
    [
        ({"kind": "school"}, "kind_not_admitted", "1"),
        ({"legal_status": "natural_person", "code": ""}, "status_not_admitted", "9"),
        ({"activities": ["services"]}, "activity_not_admitted", "1"),
        ({"rehearsal": False}, "rehearsal_apart", "1"),
    ],
)
def test_whom_a_prize_does_not_admit_is_refused(db: None, values: dict[str, Any], code: str, article: str) -> None:
    document = policy()
    document["prizes"][0]["activities"] = ["production"]
    ground = lay(document)
    with scope(jurisdiction=ground.jurisdiction):
        given = {"activities": ["production"], **values}
        with refused(code, article=article):
            ground.start(organisation=ground.another(7, **given))
        assert not Entry.objects.exists()


def test_a_prize_that_is_not_offered_is_refused(db: None) -> None:
    prizes = [
        *policy()["prizes"],
        {
            "key": "nomination",
            "name": text("Nomination"),
            "article": "1",
            "applicants": ["enterprise"],
            "fallback_for": ["quality"],
        },
    ]
    ground = lay(policy(prizes=prizes))
    with scope(jurisdiction=ground.jurisdiction):
        with refused("prize_not_offered", article="1"):
            ground.start(prize="nomination")
        with refused("prize_unknown"):
            ground.start(prize="none")


def test_a_second_application_for_the_prize_is_refused_until_the_first_is_withdrawn(ground: Ground) -> None:
    first = ground.start()
    with refused("already_applied", article="1"):
        ground.start()
    engine.withdraw(actor=ground.owner, entry=first.entry, reason="A mistake")
    assert ground.start().pk != first.pk


def test_a_prize_that_must_be_held_first(db: None) -> None:
    base = policy()["prizes"][0]
    prizes = [base, {**base, "key": "gold", "requires": ["quality"], "requires_article": "12"}]
    document = policy(prizes=prizes)
    document["forms"][0]["prizes"] = ["quality", "gold"]
    ground = lay(document)
    with scope(jurisdiction=ground.jurisdiction):
        with refused("prize_required", article="12"):
            ground.start(prize="gold")
        assert not Entry.objects.exists() and not Application.objects.exists()


def test_gates_of_others_are_asked(ground: Ground, monkeypatch: pytest.MonkeyPatch) -> None:
    def shut(candidacy: gates.Candidacy) -> list[Refused]:
        assert candidacy.organisation == ground.organisation
        return [Refused("already_withdrawn", article="33")]

    monkeypatch.setattr(gates, "_GATES", [*gates._GATES, shut])
    with refused("already_withdrawn", article="33"):
        ground.start()


def test_not_before_it_opens_and_not_after_the_last_day(ground: Ground) -> None:
    ground.move(end_of_day(CLOSES_ON) - dt.timedelta(seconds=30))
    application = ground.start()
    engine.withdraw(actor=ground.owner, entry=application.entry, reason="Too late anyway")
    ground.move(end_of_day(CLOSES_ON) + dt.timedelta(seconds=1))
    with refused("filing_over", article="4"):
        ground.start()


def test_not_while_the_call_alone_is_open(db: None) -> None:
    ground = lay(policy(stages=[CALL, INTAKE]))
    with scope(jurisdiction=ground.jurisdiction):
        type(ground.stage("intake")).objects.filter(round=ground.round, key="intake").update(status="waiting")
        with refused("applications_not_open"):
            ground.start()


def test_categories_are_those_of_the_prize(db: None) -> None:
    document = policy()
    document["prizes"][0]["categories"] = [{"key": "large", "name": text("Large"), "article": "1"}]
    ground = lay(document)
    with scope(jurisdiction=ground.jurisdiction):
        with refused("category_unknown"):
            ground.start(category="tiny")
        assert ground.start(category="large").entry.category == "large"


def test_invented_and_real_organisations_never_meet(ground: Ground) -> None:
    Organisation.objects.filter(pk=ground.organisation.pk).update(rehearsal=False)
    ground.organisation.refresh_from_db()
    with refused("rehearsal_apart"):
        ground.start()
