"""Publicity inside the organisation: long enough by the working-day calendar, with place and proof, the parent's opinion for its parts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django_scopes import scope

from accounts.models import Organisation
from applications.domain import filing
from applications.domain.checklist import checklist
from applications.domain.publicity import ParentOpinion, record_internal_publicity
from applications.kinds.internal_publicity import InternalPublicity as Kind
from applications.models import Application, InternalPublicity
from core.clock import LEGAL_ZONE, end_of_day
from rounds import engine
from rounds.models import StageEntry
from tests.applications.ground import CALL, CLOSES_ON, INTAKE, Ground, lay, pdf, policy, text
from tests.refusing import refused

PUBLICITY: dict[str, Any] = {
    "kind": "internal_publicity", "key": "inside", "name": text("Internal publicity"), "article": "12", "window": {"length": 5, "unit": "working"},
    "parent_for": ["branch"], "parent_article": "12b",
}  # fmt: skip
MONDAY, FRIDAY = dt.date(2025, 3, 3), dt.date(2025, 3, 7)
NEXT_MONDAY = dt.date(2025, 3, 10)


def laid(**changes: Any) -> Ground:
    document = policy(stages=[CALL, {**PUBLICITY, **changes}, {**INTAKE, "opens": "with"}])
    document["articles"]["12b"] = text("Article 12b")
    document["prizes"][0]["legal_statuses"] = ["legal_person", "branch"]
    return lay(document)


@pytest.fixture
def ground(db: None) -> Iterator[Ground]:
    found = laid()
    with scope(jurisdiction=found.jurisdiction):
        yield found


def publish(ground: Ground, application: Application, **more: Any) -> InternalPublicity:
    given: dict[str, Any] = {
        "actor": ground.owner, "application": application, "first_day": MONDAY, "last_day": NEXT_MONDAY, "place": "Notice board", "proof": pdf(), **more,
    }  # fmt: skip
    return record_internal_publicity(**given)


def later(ground: Ground, day: dt.date) -> None:
    ground.move(dt.datetime.combine(day, dt.time(18), LEGAL_ZONE))


@pytest.mark.requirement("tacheng-12a")
def test_five_working_days_after_the_day_of_publication(ground: Ground) -> None:
    """Published on Monday: Tuesday to Friday are four, the weekend does not count, Monday is the fifth."""
    application = ground.written()
    later(ground, NEXT_MONDAY)
    with refused("internal_publicity_too_short", article="12"):
        publish(ground, application, last_day=dt.date(2025, 3, 9))
    with refused("internal_publicity_first", article="12"):
        filing.file(actor=ground.owner, application=application)
    found = publish(ground, application)
    assert found.counted == 5 and [step["ordinal"] for step in found.derivation] == [None, 1, 2, 3, 4, None, None, 5]
    assert filing.file(actor=ground.owner, application=application, papers=False).number == 1


@pytest.mark.requirement("tacheng-12a")
@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"place": " "}, "internal_publicity_no_place"),
        ({"proof": None}, "internal_publicity_no_proof"),
        ({"objection_free": False}, "internal_publicity_objection"),
        ({"first_day": dt.date(2025, 3, 1)}, "internal_publicity_too_early"),
        ({"last_day": dt.date(2025, 3, 2)}, "internal_publicity_backwards"),
        ({"last_day": dt.date(2025, 3, 11)}, "internal_publicity_running"),
    ],
)
def test_dates_place_and_proof_are_owed(ground: Ground, changes: dict[str, Any], code: str) -> None:
    application = ground.start()
    later(ground, NEXT_MONDAY)
    with refused(code, article="12"):
        publish(ground, application, **changes)
    assert not InternalPublicity.objects.exists() and StageEntry.objects.get().status == "pending"


@pytest.mark.requirement("tacheng-11")
def test_a_departure_needs_its_recorded_reason(db: None) -> None:
    ground = laid(departure="reason", departure_article="11")
    with scope(jurisdiction=ground.jurisdiction):
        application = ground.start()
        later(ground, FRIDAY)
        with refused("internal_publicity_departure", article="11"):
            publish(ground, application, last_day=FRIDAY)
        found = publish(
            ground, application, last_day=FRIDAY, departure_reason="The notice board was torn down by a storm"
        )
        assert (found.departure_article, found.counted, bool(found.departure_reason)) == ("11", 4, True)


@pytest.mark.requirement("tacheng-12b")
def test_a_branch_needs_its_parents_check_and_opinion(ground: Ground) -> None:
    parent = ground.organisation
    branch = ground.another(70, legal_status="branch", code="", parent=parent)
    application = ground.start(organisation=branch)
    later(ground, NEXT_MONDAY)
    with refused("parent_opinion_missing", article="12b"):
        publish(ground, application)
    with refused("parent_check_missing", article="12b"):
        publish(ground, application, opinion=ParentOpinion("We recommend it", "A. Nobody"))
    found = publish(ground, application, opinion=ParentOpinion("We recommend it", "A. Nobody", checked=True))
    assert (found.by_parent, found.article, found.parent_checked) == (parent, "12b", True)


def test_who_is_no_part_gives_no_opinion(ground: Ground) -> None:
    application = ground.start()
    later(ground, NEXT_MONDAY)
    found = publish(ground, application, opinion=ParentOpinion("x", "y", checked=True))
    assert (found.by_parent, found.opinion) == (None, "")


def test_only_writers_record_it_and_only_once_settled(ground: Ground) -> None:
    application = ground.start()
    later(ground, NEXT_MONDAY)
    with refused("not_yours_to_write"):
        publish(ground, application, actor=ground.stranger)
    publish(ground, application)
    corrected = publish(ground, application, place="Intranet", proof=None)
    assert corrected.place == "Intranet" and InternalPublicity.objects.count() == 1
    assert StageEntry.objects.filter(stage__key="intake").count() == 1


def test_not_corrected_after_filing(ground: Ground) -> None:
    application = ground.written()
    later(ground, NEXT_MONDAY)
    publish(ground, application)
    filing.file(actor=ground.owner, application=application, papers=False)
    with refused("entry_not_pending"):
        publish(ground, application, place="Elsewhere")


def test_the_checklist_leads_to_it(ground: Ground) -> None:
    gap = next(gap for gap in checklist(ground.written()) if gap.code == "internal_publicity_missing")
    assert gap.article == "12" and gap.url.endswith("/internal-publicity/")


def test_what_was_not_published_in_time_stops(ground: Ground) -> None:
    application = ground.start()
    stage = ground.stage("inside")
    assert [b.code for b in Kind().blockers(stage)] == ["deadline_running"]
    assert [t.organisation_id for t in Kind().todos(stage)] == [ground.organisation.pk]
    ground.move(end_of_day(CLOSES_ON) + dt.timedelta(hours=9))
    engine.release(actor=ground.head, decision=engine.prepare(actor=ground.office, stage=ground.stage("inside")))
    assert (StageEntry.objects.get(entry=application.entry).status, Organisation.objects.count()) == ("stopped", 1)


def test_its_own_time_ends_a_windows_length_after_the_last_entry_where_filing_opens_later(db: None) -> None:
    document = policy(stages=[CALL, PUBLICITY, INTAKE])
    document["articles"]["12b"] = text("Article 12b")
    ground = lay(document)
    with scope(jurisdiction=ground.jurisdiction):
        ground.start()
        assert [b.code for b in Kind().blockers(ground.stage("inside"))] == ["deadline_running"]
        later(ground, dt.date(2025, 3, 11))
        assert Kind().blockers(ground.stage("inside")) == []
