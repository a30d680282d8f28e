"""The office settles what is unknown, point by point; what it decides cites the articles; those who fail are told in writing."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from applications.domain import eligibility
from applications.domain.assessing import Found
from applications.models import Application, InternalPublicity
from applications.models.assessment import Assessment, CheckRecord
from applications.models.opinions import PreliminaryReview
from applications.queries.office import STATES, desk_rows
from audit.models import AuditEvent
from core.refusals import Refused
from documents.models import Paper, StoredFile
from notifications.models import Message
from rounds import engine
from rounds.kinds import kind_of
from rounds.models import StageEntry
from tests.applications import office_world
from tests.applications.office_world import OfficeWorld
from tests.applications.test_office_conditions import CLEAN_CHECKS, CLEAN_FORM
from tests.refusing import refused

pytestmark = pytest.mark.django_db
NOTE = "查阅原件属实"


def made(name: str) -> Iterator[OfficeWorld]:
    document = office_world.load(name)
    with scope(jurisdiction=document.jurisdiction):
        yield office_world.build(document)


@pytest.fixture
def wenling() -> Iterator[OfficeWorld]:
    yield from made("wenling-2023")


@pytest.fixture
def wenzhou() -> Iterator[OfficeWorld]:
    yield from made("wenzhou-2020")


@pytest.fixture
def tacheng() -> Iterator[OfficeWorld]:
    yield from made("tacheng-2023")


def settle_all(world: OfficeWorld, row: StageEntry) -> None:
    keys = Assessment.objects.filter(stage_entry=row).undecided().values_list("key", flat=True)
    eligibility.find(actor=world.office, stage_entry=row, findings={key: Found("met", NOTE) for key in keys})


@pytest.mark.requirement("wenling-15")
def test_unknown_never_passes_by_itself(wenling: OfficeWorld) -> None:
    stage = wenling.open("eligibility")
    (row,) = wenling.enter(stage, answers=CLEAN_FORM, checks=CLEAN_CHECKS)
    undecided = set(Assessment.objects.filter(stage_entry=row).undecided().values_list("key", flat=True))
    assert {"lawful", "point-conformity"} <= undecided
    with refused("stage_blocked"):
        engine.prepare(actor=wenling.office, stage=stage)
    with refused("unknown_needs_note", article="9.2"):
        eligibility.find(actor=wenling.office, stage_entry=row, findings={"lawful": Found("met")})
    with refused("point_not_asked"):
        eligibility.find(
            actor=wenling.office, stage_entry=row, findings={"advanced_methods": Found("met", NOTE)}
        )  # the reviewers judge it
    with refused("not_yours_to_do"):
        eligibility.find(
            actor=wenling.person("r", "reviewer"), stage_entry=row, findings={"lawful": Found("met", NOTE)}
        )
    assert wenling.state(row, "lawful") == "unknown"
    settle_all(wenling, row)
    event = AuditEvent.objects.get(act="entry.found")
    assert event.facts["findings"]["lawful"] == ["met", NOTE, None]


@pytest.mark.requirement("wenling-15")
def test_completeness_is_computed_from_the_form(wenling: OfficeWorld) -> None:
    stage = wenling.open("eligibility")
    (row,) = wenling.enter(stage, answers=CLEAN_FORM, checks=CLEAN_CHECKS)
    point = wenling.point(row, "point-completeness")
    assert point.computed is False
    assert point.article == "15"
    assert "profile" in point.facts["missing"]
    assert "has_cqo" not in point.facts["missing"]


def test_a_finding_against_the_computation_needs_its_reason_and_falls_with_its_facts(wenling: OfficeWorld) -> None:
    stage = wenling.open("eligibility")
    (row,) = wenling.enter(stage, answers=CLEAN_FORM, checks=CLEAN_CHECKS)
    with refused("contrary_needs_note", article="9.3"):
        eligibility.find(actor=wenling.office, stage_entry=row, findings={"good_credit": Found("not_met")})
    eligibility.find(
        actor=wenling.office, stage_entry=row, findings={"good_credit": Found("not_met", "法院公告显示失信")}
    )
    assert wenling.state(row, "good_credit") == "not_met"
    eligibility.recompute(actor=wenling.office, stage=stage)
    assert wenling.state(row, "good_credit") == "not_met", "the same facts leave the finding alone"
    with refused("evidence_missing"):
        eligibility.check(actor=wenling.office, stage_entry=row, values={"credit_bad": "true"}, evidence="")
    with refused("check_value_wrong"):
        eligibility.check(actor=wenling.office, stage_entry=row, values={"credit_bad": "maybe"}, evidence="信用中国")
    eligibility.check(actor=wenling.office, stage_entry=row, values={"credit_bad": "true"}, evidence="信用中国")
    point = wenling.point(row, "good_credit")
    assert (point.computed, point.finding, point.by) == (False, "", None)
    record = CheckRecord.objects.get()
    assert (record.key, record.value, record.source, record.by, record.evidence) == (
        "credit_bad",
        True,
        "office",
        wenling.office,
        "信用中国",
    )
    assert Application.objects.get(pk=row.entry_id).checks["credit_bad"] is True
    eligibility.check(actor=wenling.office, stage_entry=row, values={"credit_bad": "false"}, evidence="信用修复证明")
    assert wenling.state(row, "good_credit") == "met"
    assert list(CheckRecord.objects.values_list("standing", flat=True)) == [False, True]


@pytest.mark.requirement("wenling-15", "wenzhou-14")
def test_the_decision_names_the_article_of_each_failing_condition_and_letters_go_out(wenzhou: OfficeWorld) -> None:
    stage = wenzhou.open("eligibility")
    bad = CLEAN_FORM | {"excellence_practised": False}
    good, failing = wenzhou.enter(
        stage,
        [
            {"answers": CLEAN_FORM, "checks": CLEAN_CHECKS},
            {"answers": bad, "checks": CLEAN_CHECKS | {"accident_grade": "larger"}},
        ],
    )
    settle_all(wenzhou, good)
    settle_all(wenzhou, failing)
    decision = engine.prepare(actor=wenzhou.head, stage=wenzhou.stage(stage.key))
    with refused("prepared_by_same_person"):
        engine.release(actor=wenzhou.head, decision=decision)
    assert not Paper.objects.filter(kind="not_passed").exists()
    engine.discard(actor=wenzhou.office, decision=decision)
    engine.release(actor=wenzhou.head, decision=engine.prepare(actor=wenzhou.office, stage=wenzhou.stage(stage.key)))
    good, failing = wenzhou.fresh(good), wenzhou.fresh(failing)
    assert good.status == "advanced"
    assert (failing.status, failing.article) == ("stopped", "11.3")
    assert "11.5" in failing.reason
    assert failing.facts["failing"] == ["excellence", "no_larger_accident"]
    paper = Paper.objects.get(kind="not_passed")
    assert (paper.kind, paper.subject) == ("not_passed", f"applications.Application:{failing.entry_id}")
    assert "14" in paper.context["basis"]
    assert any("11.3" in line for line in paper.context["body"])
    message = Message.objects.get(kind="applications.not_passed")
    assert message.to.organisations.get().organisation_id == failing.entry.organisation_id
    assert (message.paper_ref, message.state) == (f"documents.Paper:{paper.pk}", "kept"), "a rehearsal mails nobody"


def test_those_who_fail_are_told_the_reason_where_no_letter_is_prescribed(wenling: OfficeWorld) -> None:
    stage = wenling.open("eligibility")
    (failing,) = wenling.enter(
        stage, answers=CLEAN_FORM, checks=CLEAN_CHECKS | {"accident_grade": "particularly_major"}
    )
    settle_all(wenling, failing)
    engine.release(actor=wenling.head, decision=engine.prepare(actor=wenling.office, stage=wenling.stage(stage.key)))
    message = Message.objects.get(kind="applications.stopped")
    assert message.to.organisations.get().organisation_id == failing.entry.organisation_id
    assert message.context["article"] == wenling.fresh(failing).article
    assert message.context["reason"] == wenling.fresh(failing).reason
    assert not Paper.objects.filter(kind="not_passed").exists()


@pytest.mark.requirement("wenling-15")
def test_the_same_finding_for_many_and_lists_cost_the_same(wenling: OfficeWorld) -> None:
    stage = wenling.open("eligibility")
    rows = wenling.enter(stage, count=12, answers=CLEAN_FORM, checks=CLEAN_CHECKS)
    with refused("unknown_needs_note"):
        eligibility.find_many(
            actor=wenling.office, stage=stage, key="lawful", entries=[r.entry_id for r in rows], finding="met", note=""
        )
    assert not Assessment.objects.exclude(finding="").exists()

    def cost(count: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            eligibility.find_many(
                actor=wenling.office,
                stage=stage,
                key="lawful",
                entries=[r.entry_id for r in rows[:count]],
                finding="met",
                note=NOTE,
            )
        return len(seen)

    assert cost(1) == cost(12)

    def listing(count: int) -> int:
        with CaptureQueriesContext(connection) as seen:
            list(desk_rows(wenling.office, stage).filter(STATES["undecided"]).order_by("id")[:count])
        return len(seen)

    assert listing(1) == listing(12) == 1
    with CaptureQueriesContext(connection) as few:
        eligibility.recompute(actor=wenling.office, stage=stage, entries=[rows[0].entry_id])
    with CaptureQueriesContext(connection) as all_:
        eligibility.recompute(actor=wenling.office, stage=stage)
    assert len(all_) <= len(few) + 1
    ready = desk_rows(wenling.office, stage).filter(STATES["ready"])
    failing = desk_rows(wenling.office, stage).filter(STATES["failing"])
    assert (ready.count(), failing.count()) == (0, 12), "the form is incomplete"


def test_nothing_is_left_behind_when_one_of_many_is_refused(wenling: OfficeWorld) -> None:
    stage = wenling.open("eligibility")
    known, unknown = wenling.enter(
        stage,
        [
            {"answers": CLEAN_FORM, "checks": CLEAN_CHECKS},
            {"answers": CLEAN_FORM, "checks": CLEAN_CHECKS | {"credit_bad": None}},
        ],
    )
    before = AuditEvent.objects.count()
    with refused("unknown_needs_note"):
        eligibility.find_many(
            actor=wenling.office,
            stage=stage,
            key="good_credit",
            entries=[known.entry_id, unknown.entry_id],
            finding="met",
            note="",
        )
    assert wenling.point(known, "good_credit").finding == ""
    assert AuditEvent.objects.count() == before


def test_missing_checks_block_and_are_looked_up_in_one_go(wenling: OfficeWorld) -> None:
    stage = wenling.open("eligibility")
    rows = wenling.enter(stage, count=3, answers=CLEAN_FORM)
    codes = [blocker.code for blocker in kind_of(stage).blockers(stage)]
    assert codes.count("checks_open") == len(stage.spec.checks) == 5
    values = {row.entry_id: {key: CLEAN_CHECKS[key] for key in stage.spec.checks} for row in rows}
    assert eligibility.check_many(actor=wenling.office, stage=stage, values=values, evidence="共享平台查询") == 3
    assert wenling.state(rows[0], "no_larger_accident") == "met"
    assert "checks_open" not in [blocker.code for blocker in kind_of(stage).blockers(stage)]


@pytest.mark.requirement("tacheng-15")
def test_procedure_is_computed_from_what_happened_before(tacheng: OfficeWorld) -> None:
    body = tacheng.body("x-reg", "county_regulator", territory=["6542"])
    tacheng.body("x-dept", "department")
    stage = tacheng.open("eligibility")
    officer = tacheng.officer(body)
    long_enough, short, departed, no_audit = tacheng.enter(stage, count=4)
    file = StoredFile.objects.create(
        jurisdiction=tacheng.jurisdiction, subject="x", stored_name="x", original_name="x.pdf", content_type="application/pdf", size=1,
        sha256="0" * 64, uploaded_by=officer, uploaded_at=tacheng.round.opened_at,
    )  # fmt: skip
    audit = tacheng.stage("audit")
    day = dt.date(2024, 5, 6)
    for row, counted, reason in ((long_enough, 5, ""), (short, 4, ""), (departed, 4, "节假日停工"), (no_audit, 5, "")):
        InternalPublicity.objects.create(
            application_id=row.entry_id, first_day=day, last_day=day, place="公告栏", proof=file, article="12", counted=counted,
            departure_reason=reason, departure_article="11" if reason else "", recorded_by=officer, recorded_at=tacheng.round.opened_at,
        )  # fmt: skip
        if row != no_audit:
            done = StageEntry.objects.get(stage=audit, entry=row.entry_id)
            ends = tacheng.round.opened_at
            PreliminaryReview.objects.create(
                stage_entry=done, body=body, officer=officer, published_on=day, published_where="网站", window_ends_at=ends,
                outcome="passed", opinion="同意", at=ends + dt.timedelta(minutes=1),
            )  # fmt: skip
    eligibility.recompute(actor=tacheng.office, stage=stage)
    computed = [tacheng.point(row, "point-procedure").computed for row in (long_enough, short, departed, no_audit)]
    assert computed == [True, False, True, False]
    facts = tacheng.point(short, "point-procedure").facts
    assert (facts["internal_publicity"]["days"], facts["internal_publicity"]["needed"]) == (4, 5)
    assert facts["audit"]["ok"] is True


@pytest.mark.django_db(transaction=True)
def test_two_people_settling_the_same_point_leave_one_whole_record() -> None:
    """Real threads: each finding and its audit event stand together, one after the other."""
    document = office_world.load("wenling-2023")
    with scope(jurisdiction=document.jurisdiction):
        world = office_world.build(document)
        stage = world.open("eligibility")
        (row,) = world.enter(stage, answers=CLEAN_FORM, checks=CLEAN_CHECKS)
        people = [world.office, world.head]
        problems: list[Refused] = []

        def settle(n: int) -> None:
            with scope(jurisdiction=document.jurisdiction):
                try:
                    given = {"lawful": Found("met", f"第{n}人查阅")}
                    eligibility.find(actor=people[n], stage_entry=row, findings=given)
                except Refused as refusal:
                    problems.append(refusal)
                finally:
                    connection.close()

        threads = [threading.Thread(target=settle, args=(n,)) for n in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert problems == []
        last = AuditEvent.objects.filter(act="entry.found").order_by("-sequence")[0]
        point = world.point(row, "lawful")
        assert last.facts["findings"]["lawful"][1] == point.note
        assert last.actor_id == str(point.by_id)
