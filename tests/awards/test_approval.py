"""Only an approval with document number and date makes winners; the list is fixed first, and keeps to the quotas."""

from __future__ import annotations

import datetime as dt

import pytest
from django_scopes import scope

from audit.models import AuditEvent
from awards.domain.approving import approve, fix_list
from awards.models import Approval, Honour
from awards.queries import objections
from core import clock
from core.refusals import Refused
from publicity.kinds import Publicity
from rounds import engine
from rounds.kinds import Blocker
from rounds.models import RoundStage, StageEntry
from tests.awards import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def where(db):
    place = f.place("wenling-2023")
    with scope(jurisdiction=place.jurisdiction):
        yield place


def fixed(where, stage):
    return fix_list(actor=where.speaker("committee"), stage=stage, on=clock.today(), document="纪要1号")


def refused(code, article, call):
    with pytest.raises(Refused) as refusal:
        call()
    assert (refusal.value.code, refusal.value.article) == (code, article)
    assert str(refusal.value)


@pytest.mark.requirement(
    "wenling-21",
    "wenling-4b",
    "qingyuan-2.2",
    "qingyuan-4.6",
    "wenzhou-7",
    "wenzhou-19",
    "yiwu-2.1",
    "yiwu-5.7",
    "tacheng-27",
)
@pytest.mark.parametrize("name", f.POLICIES)
def test_the_list_is_fixed_then_approved_by_number_and_date_and_only_then_decided(db, name):
    place = f.place(name)
    with scope(jurisdiction=place.jurisdiction):
        stage, entries = f.before_approval(place, ["quality"])
        assert stage.spec.kind == "approval" and not Honour.objects.exists()
        with pytest.raises(Refused):
            engine.prepare(actor=place.person("office"), stage=stage)
        government, today = place.speaker(stage.spec.by), clock.today()
        if stage.spec.reviewed_by:
            refused(
                "list_not_fixed",
                stage.spec.review_article,
                lambda: approve(actor=government, stage=stage, number="1号", date=today),
            )
            fix_list(actor=place.speaker(stage.spec.reviewed_by), stage=stage, on=today, document="纪要1号")
        approve(actor=government, stage=stage, number="政发〔2026〕8号", date=today)
        record = Approval.objects.get(stage=stage)
        assert (record.number, record.date, record.organ) == ("政发〔2026〕8号", today, stage.spec.by)
        f.decide(place, stage)
        row = StageEntry.objects.get(stage=stage, entry=entries[0])
        assert (row.status, row.prize, row.facts["number"]) == ("advanced", "quality", "政发〔2026〕8号")
        event = AuditEvent.objects.get(act="approval.decided")
        assert event.article == stage.article and event.facts["approved"] == [[entries[0].pk, "quality", ""]]


def test_only_the_organs_named_act_and_nobody_twice(where):
    stage, _entries = f.before_approval(where, ["quality"])
    today = clock.today()
    refused(
        "not_yours_to_do", "4", lambda: fix_list(actor=where.person("approver"), stage=stage, on=today, document="1")
    )
    fixed(where, stage)
    for role in ("office", "office_head", "supervisor"):
        refused(
            "not_yours_to_do",
            "21",
            lambda role=role: approve(actor=where.person(role), stage=stage, number="1", date=today),
        )
    refused(
        "not_yours_to_do", "21", lambda: approve(actor=where.speaker("committee"), stage=stage, number="1", date=today)
    )


@pytest.mark.parametrize(
    ("number", "days", "code"),
    [("", 0, "document_number_missing"), ("1", 1, "document_date_ahead"), ("1", -1, "approved_before_fixed")],
)
def test_a_document_needs_a_number_and_a_day_that_can_be(where, number, days, code):
    stage, _entries = f.before_approval(where, ["quality"])
    fixed(where, stage)
    with pytest.raises(Refused) as refusal:
        approve(
            actor=where.speaker("government"), stage=stage, number=number, date=clock.today() + dt.timedelta(days=days)
        )
    assert refusal.value.code == code
    assert Approval.objects.get(stage=stage).decided_at is None


@pytest.mark.requirement("wenling-3b")
@pytest.mark.parametrize(
    ("name", "count", "article"), [("wenling-2023", 6, "3"), ("yiwu-2020", 4, "1.5"), ("tacheng-2023", 4, "4")]
)
def test_more_than_the_quota_is_refused_with_its_article(db, name, count, article):
    place = f.place(name)
    with scope(jurisdiction=place.jurisdiction):
        stage, _entries = f.before_approval(place, ["quality"] * count)
        act = fix_list if stage.spec.reviewed_by else approve
        words = {"on": clock.today(), "document": "1"} if act is fix_list else {"number": "1", "date": clock.today()}
        actor = place.speaker(stage.spec.reviewed_by or stage.spec.by)
        refused("quota_exceeded", article, lambda: act(actor=actor, stage=stage, **words))
        assert not Approval.objects.filter(stage=stage).exists()


@pytest.mark.requirement("wenling-3b")
def test_eleven_nominations_are_one_too_many(where):
    stage, _entries = f.before_approval(where, ["quality_nomination"] * 11)
    refused("quota_exceeded", "3", lambda: fixed(where, stage))


@pytest.mark.requirement("wenzhou-3", "tacheng-4", "yiwu-1.5")
@pytest.mark.parametrize(
    ("name", "vacancies"),
    [
        ("wenzhou-2020", {"quality_five": 4, "innovation_five": 5}),
        ("tacheng-2023", {"winners": 2}),
        ("yiwu-2020", {"quality_three": 2, "innovation_two": 2}),
    ],
)
def test_places_may_stay_vacant_and_this_is_recorded(db, name, vacancies):
    place = f.place(name)
    with scope(jurisdiction=place.jurisdiction):
        stage, _entries = f.before_approval(place, ["quality"])
        f.approve_all(place, stage)
        assert {item["quota"]: item["places"] for item in Approval.objects.get(stage=stage).vacancies} == vacancies


def test_nobody_at_all_is_lawful(where):
    stage, entries = f.before_approval(where, ["quality"])
    StageEntry.objects.filter(entry__in=entries).delete()
    assert engine.close_stage(actor=where.person("office_head"), stage=stage).status == RoundStage.Status.CLOSED


def test_a_name_that_the_government_strikes_stops_with_its_reason(where):
    stage, entries = f.before_approval(where, ["quality", "quality"])
    fixed(where, stage)
    government, today = where.speaker("government"), clock.today()
    refused(
        "struck_needs_reason",
        "21",
        lambda: approve(actor=government, stage=stage, number="1", date=today, struck={entries[0].pk: " "}),
    )
    approve(actor=government, stage=stage, number="1", date=today, struck={entries[0].pk: "不予批准"})
    f.decide(where, stage)
    rows = {row.entry_id: (row.status, row.reason) for row in StageEntry.objects.filter(stage=stage)}
    assert rows == {entries[0].pk: ("stopped", "不予批准"), entries[1].pk: ("advanced", "")}


def test_a_list_that_changed_must_be_fixed_and_approved_again(where):
    stage, entries = f.before_approval(where, ["quality", "quality"])
    fixed(where, stage)
    engine.withdraw(actor=f.owner_of(entries[0].organisation), entry=entries[0], reason="自愿")
    refused(
        "list_has_changed",
        "4",
        lambda: approve(actor=where.speaker("government"), stage=stage, number="1", date=clock.today()),
    )
    fixed(where, stage)
    approve(actor=where.speaker("government"), stage=stage, number="1", date=clock.today())
    f.decide(where, stage)


@pytest.mark.requirement("wenzhou-19", "tacheng-27")
def test_an_open_objection_holds_the_approval_up(where, monkeypatch):
    stage, _entries = f.before_approval(where, ["quality"])
    monkeypatch.setattr(
        Publicity,
        "blockers",
        lambda self, window: [Blocker("objection_open", "20", "Objection 1"), Blocker("window_running", "20", "x")],
    )
    assert [blocker.code for blocker in objections.open_objections(stage)] == ["objection_open"]
    fixed(where, stage)
    approve(actor=where.speaker("government"), stage=stage, number="1", date=clock.today())
    refused("stage_blocked", "20", lambda: engine.prepare(actor=where.person("office"), stage=stage))


def test_after_the_decision_nothing_is_approved_again(where):
    stage, _entries = f.before_approval(where, ["quality"])
    fixed(where, stage)
    approve(actor=where.speaker("government"), stage=stage, number="1", date=clock.today())
    engine.prepare(actor=where.person("office"), stage=stage)
    refused(
        "approval_is_carried_out",
        "21",
        lambda: approve(actor=where.speaker("government"), stage=stage, number="2", date=clock.today()),
    )
    assert Approval.objects.get(stage=stage).number == "1"


def test_a_failure_halfway_leaves_nothing_behind(where, monkeypatch):
    from awards.domain import approving

    stage, _entries = f.before_approval(where, ["quality"])
    monkeypatch.setattr(approving, "record", lambda *a, **k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        fixed(where, stage)
    assert not Approval.objects.filter(stage=stage).exists()
