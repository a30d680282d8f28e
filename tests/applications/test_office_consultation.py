"""Bodies see and answer only what they are asked; silence means what the policy says; a disagreement stops unless set aside."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from applications.domain import acceptance, checking, consultation, eligibility
from applications.domain.assessing import Found
from applications.models import Application
from applications.models.assessment import Assessment, CheckRecord
from applications.models.opinions import Consultation, ConsultationRequest
from applications.queries.office import questions_of
from documents.models import Paper
from jurisdictions.models import Body
from jurisdictions.policy.parsing import parse
from notifications.models import Message
from rounds import engine
from rounds.kinds import kind_of
from rounds.models import EntryUserObjectPermission, RoundStage, StageEntry
from tests.applications import office_world
from tests.applications.office_world import OfficeWorld
from tests.applications.test_office_conditions import CLEAN_CHECKS, CLEAN_FORM
from tests.jurisdictions.policies import file
from tests.refusing import refused

pytestmark = pytest.mark.django_db


def made(name: str) -> Iterator[OfficeWorld]:
    document = office_world.load(name)
    with scope(jurisdiction=document.jurisdiction):
        world = office_world.build(document)
        world.body("d-one", "department")
        world.body("d-two", "department")
        yield world


@pytest.fixture
def qingyuan() -> Iterator[OfficeWorld]:
    yield from made("qingyuan-draft-2025")


@pytest.fixture
def yiwu() -> Iterator[OfficeWorld]:
    yield from made("yiwu-2020")


@pytest.fixture
def tacheng() -> Iterator[OfficeWorld]:
    for world in made("tacheng-2023"):
        world.body("x-reg", "county_regulator", territory=["6542"])
        yield world


def departments(world: OfficeWorld) -> tuple[Body, Body]:
    return world.body("d-one", "department"), world.body("d-two", "department")


def question(row: StageEntry, body: Body) -> ConsultationRequest:
    return ConsultationRequest.objects.get(stage_entry=row, body=body)


def asked(world: OfficeWorld, kind: str, **entry: object) -> tuple[RoundStage, StageEntry, StageEntry, Consultation]:
    """An open stage with two entries about which both departments are asked."""
    stage = world.open(kind)
    one, two = world.enter(stage, [{"answers": CLEAN_FORM, **entry}, {"answers": CLEAN_FORM, **entry}])  # type: ignore[dict-item]
    made = consultation.ask(actor=world.office, stage=stage, bodies=list(departments(world)))
    return stage, one, two, made


@pytest.mark.requirement("qingyuan-4.1")
def test_departments_verify_and_recommend_and_silence_blocks(qingyuan: OfficeWorld) -> None:
    stage, row, _other, made = asked(qingyuan, "eligibility")
    one, two = departments(qingyuan)
    with refused("asked_already", article="4.1"):
        consultation.ask(actor=qingyuan.office, stage=stage, bodies=[one])
    reply = question(row, one)
    with refused("recommendation_missing", article="4.1"):
        consultation.answer(actor=qingyuan.officer(one), request=reply, answer="agree")
    with refused("disagreement_needs_reason"):
        consultation.answer(actor=qingyuan.officer(one), request=reply, answer="agree", recommends=False)
    values = {key: CLEAN_CHECKS[key] for key in stage.spec.consult.asks}
    consultation.answer(actor=qingyuan.officer(one), request=reply, answer="agree", recommends=True, values=values)
    assert qingyuan.state(row, "no_major_accident") == "met"
    assert qingyuan.state(row, "form_verified") == "met"
    qingyuan.move_to(made.due_at + dt.timedelta(minutes=1))
    stage = qingyuan.stage(stage.key)
    assert consultation.lapse(actor=qingyuan.office, stage=stage) == 0, "silence blocks, it does not lapse"
    assert "unanswered" in {blocker.code for blocker in kind_of(stage).blockers(stage)}
    consultation.answer(actor=qingyuan.officer(two), request=question(row, two), answer="no_record", recommends=True)


@pytest.mark.requirement("qingyuan-4.1")
def test_a_body_sees_and_answers_only_what_it_is_asked(qingyuan: OfficeWorld) -> None:
    stage = qingyuan.open("eligibility")
    mine, theirs = qingyuan.enter(stage, count=2)
    one, two = departments(qingyuan)
    consultation.ask(actor=qingyuan.office, stage=stage, bodies=[one], entries=[mine.entry_id])
    consultation.ask(actor=qingyuan.office, stage=stage, bodies=[two], entries=[theirs.entry_id])
    assert [q.stage_entry for q in questions_of(qingyuan.officer(one), [one.pk])] == [mine]
    rights = EntryUserObjectPermission.objects.filter(permission__codename="consult_entry").values_list(
        "user", "content_object"
    )
    assert set(rights) == {(qingyuan.officer(one).pk, mine.entry_id), (qingyuan.officer(two).pk, theirs.entry_id)}
    for stranger in (qingyuan.officer(two), qingyuan.office, qingyuan.person("nobody")):
        with refused("not_asked_of_you", article="4.1"):
            consultation.answer(actor=stranger, request=question(mine, one), answer="agree", recommends=True)
        with refused("not_asked_of_you"):
            consultation.answer_many(
                actor=stranger, requests=[question(mine, one).pk], answer="no_record", recommends=True
            )
    engine.recuse(
        actor=qingyuan.officer(one), entry=qingyuan.fresh(mine).entry, user=qingyuan.officer(one), reason="亲属"
    )
    assert list(questions_of(qingyuan.officer(one), [one.pk])) == []
    with refused("not_asked_of_you"):
        consultation.answer(actor=qingyuan.officer(one), request=question(mine, one), answer="agree", recommends=True)
    with refused("not_yours_to_do"):
        consultation.ask(actor=qingyuan.officer(one), stage=stage)
    with refused("nobody_to_ask"):
        consultation.ask(actor=qingyuan.office, stage=stage, bodies=[qingyuan.body("t", "town")])


@pytest.mark.requirement("yiwu-5.1")
def test_silence_counts_as_nothing_on_record_where_the_policy_says_so(yiwu: OfficeWorld) -> None:
    stage, row, other, made = asked(yiwu, "eligibility")
    one, two = departments(yiwu)
    assert made.window["unit"] == "working"
    assert sum(step["counted"] for step in made.window["steps"]) == made.window["length"] == 10
    consultation.answer(
        actor=yiwu.officer(one),
        request=question(row, one),
        answer="agree",
        reason="应急系统记录",
        values={"accident_grade": "major"},
    )
    assert yiwu.state(row, "no_major_accident") == "not_met"
    assert consultation.lapse(actor=yiwu.office, stage=stage) == 0, "not due yet"
    yiwu.move_to(made.due_at + dt.timedelta(minutes=1))
    stage = yiwu.stage(stage.key)
    with refused("answer_too_late", article="5.1"):
        consultation.answer(actor=yiwu.officer(two), request=question(row, two), answer="agree")
    assert consultation.lapse(stage=stage) == 3
    assert consultation.lapse(stage=stage) == 0, "twice is harmless"
    checks = Application.objects.get(pk=other.entry_id).checks
    assert (checks["accident_grade"], checks["form_true"], checks["tax_grade"]) == ("none", True, "A")
    assert CheckRecord.objects.filter(source="silence", by=None).exists()
    assert yiwu.state(row, "no_major_accident") == "not_met", "silence never outweighs what another body found"
    assert kind_of(stage).blockers(stage)[-1].code != "unanswered"


def test_the_worst_answer_stands_and_the_office_prevails(yiwu: OfficeWorld) -> None:
    _stage, row, other, _made = asked(yiwu, "eligibility")
    one, two = departments(yiwu)

    def grade(entry: StageEntry) -> object:
        return Application.objects.get(pk=entry.entry_id).checks.get("accident_grade")

    consultation.answer(
        actor=yiwu.officer(one), request=question(row, one), answer="agree", values={"accident_grade": "larger"}
    )
    consultation.answer(actor=yiwu.officer(two), request=question(row, two), answer="no_record")
    assert grade(row) == "larger"
    with refused("no_record_contradicts"):
        consultation.answer(
            actor=yiwu.officer(one),
            request=question(other, one),
            answer="no_record",
            values={"accident_grade": "major"},
        )
    with refused("check_not_asked"):
        consultation.answer(
            actor=yiwu.officer(one), request=question(other, one), answer="agree", values={"nonsense": "1"}
        )
    with refused("answered_already"):
        consultation.answer(actor=yiwu.officer(one), request=question(row, one), answer="agree")
    eligibility.check(
        actor=yiwu.office, stage_entry=row, values={"accident_grade": "ordinary"}, evidence="事故调查报告"
    )
    assert grade(row) == "ordinary"


def test_many_answers_cost_the_same_as_one(yiwu: OfficeWorld) -> None:
    stage = yiwu.open("eligibility")
    rows = yiwu.enter(stage, count=12, answers=CLEAN_FORM)
    one, two = departments(yiwu)
    consultation.ask(actor=yiwu.office, stage=stage, bodies=[one, two])

    def cost(body: Body, count: int) -> int:
        ids = list(ConsultationRequest.objects.filter(body=body).order_by("pk").values_list("pk", flat=True)[:count])
        yiwu.officer(body)
        with CaptureQueriesContext(connection) as seen:
            assert consultation.answer_many(actor=yiwu.officer(body), requests=ids, answer="no_record") == count
        return len(seen)

    assert cost(one, 1) >= cost(two, 12) - 4
    assert yiwu.state(rows[-1], "form_verified") == "met"
    with refused("answer_one_by_one"):
        consultation.answer_many(actor=yiwu.officer(one), requests=[question(rows[5], one).pk], answer="disagree")


@pytest.mark.requirement("tacheng-16", "tacheng-17a", "tacheng-17b")
def test_acceptance_follows_what_departments_say_and_papers_go_back_with_reasons(tacheng: OfficeWorld) -> None:
    stage, bad, good, made = asked(tacheng, "acceptance")
    disliked, kept = tacheng.enter(stage, count=2, answers=CLEAN_FORM)
    one, _two = departments(tacheng)
    assert "unasked" in {blocker.code for blocker in kind_of(stage).blockers(stage)}
    consultation.ask(actor=tacheng.office, stage=stage, bodies=[one])
    officer = tacheng.officer(one)
    consultation.answer(
        actor=officer,
        request=question(bad, one),
        answer="agree",
        values={"accident_grade": "major", "violation": False},
    )
    consultation.answer(actor=officer, request=question(good, one), answer="no_record")
    for row in (disliked, kept):
        consultation.answer(actor=officer, request=question(row, one), answer="disagree", reason="环保督察问题未整改")
    with refused("stage_blocked"):
        engine.prepare(actor=tacheng.office, stage=tacheng.stage(stage.key))
    tacheng.move_to(Consultation.objects.order_by("-due_at")[0].due_at + dt.timedelta(minutes=1))
    stage = tacheng.stage(stage.key)
    assert consultation.lapse(actor=tacheng.office, stage=stage) == 2
    assert (
        ConsultationRequest.objects.filter(lapsed_at__isnull=False).values_list("silence", flat=True)[0]
        == "no_objection"
    )
    assert made.article == "16"
    with refused("reason_missing", article="16"):
        consultation.set_aside(actor=tacheng.office, request=question(kept, one), reason=" ")
    with refused("nothing_to_set_aside"):
        consultation.set_aside(actor=tacheng.office, request=question(good, one), reason="x")
    consultation.set_aside(actor=tacheng.office, request=question(kept, one), reason="整改已于上月验收")
    for row in (disliked, kept):  # nobody told of accidents: staff settle what stayed unknown
        keys = Assessment.objects.filter(stage_entry=row).undecided().values_list("key", flat=True)
        eligibility.find(
            actor=tacheng.office, stage_entry=row, findings={key: Found("met", "应急部门电话确认") for key in keys}
        )
    outcomes = {p.stage_entry.pk: (p.outcome, p.article) for p in acceptance.proposals(stage)}
    assert outcomes == {
        bad.pk: ("stopped", "9.3"), good.pk: ("advanced", "17"), disliked.pk: ("stopped", "16"), kept.pk: ("advanced", "17"),
    }  # fmt: skip
    decision = engine.prepare(actor=tacheng.office, stage=stage)
    engine.release(actor=tacheng.head, decision=decision)
    papers = list(Paper.objects.filter(kind="papers_returned"))
    assert {paper.subject for paper in papers} == {
        f"applications.Application:{row.entry_id}" for row in (bad, disliked)
    }
    assert any("环保督察" in line for paper in papers for line in paper.context["body"])
    assert Message.objects.filter(kind="applications.papers_returned").count() == 2
    engine.close_stage(actor=tacheng.head, stage=tacheng.stage(stage.key))
    assert not EntryUserObjectPermission.objects.filter(permission__codename="consult_entry").exists()


@pytest.mark.parametrize("name", ["qingyuan-draft-2025", "yiwu-2020", "wenzhou-2020"])
def test_of_two_accidents_the_graver_counts_whoever_answered_last(name: str) -> None:
    grade = next(check for check in parse(file(name).document).checks if check.key == "accident_grade")
    assert checking.worst(grade, ["major", "ordinary", "none"]) == "major"
    assert checking.worst(grade, ["ordinary", "larger"]) == "larger"
