"""The preliminary review: point by point, registers, its own window, objections, departure with a reason, the opinion."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from django_scopes import scope

from applications import hooks_office
from applications.domain import audit_objections, auditing
from applications.domain.assessing import Found
from applications.models import Application
from applications.models.assessment import Assessment, CheckRecord
from applications.models.opinions import PreliminaryReview
from audit.models import AuditEvent
from documents.models import Paper
from rounds.models import StageEntry
from tests.applications import office_world
from tests.applications.office_world import OfficeWorld
from tests.applications.test_office_conditions import CLEAN_FORM
from tests.refusing import refused

pytestmark = pytest.mark.django_db
CONSULTED = [{"whom": "生态环境分局", "outcome": "无异议"}]
REGISTERS = {"abnormal_operation": "false", "serious_offender": "false", "form_true": "true"}


@pytest.fixture
def tacheng() -> Iterator[OfficeWorld]:
    document = office_world.load("tacheng-2023")
    with scope(jurisdiction=document.jurisdiction):
        world = office_world.build(document)
        world.body("r-one", "county_regulator", territory=["654298"])
        world.body("r-two", "county_regulator", territory=["654299"])
        yield world


def opened(world: OfficeWorld, **entry: object) -> tuple[StageEntry, object]:
    stage = world.open("audit")
    (row,) = world.enter(stage, [{"org": {"region": "654298"}, "answers": CLEAN_FORM, **entry}])  # type: ignore[dict-item]
    return row, world.officer(world.body("r-one", "county_regulator"))


def examine(row: StageEntry, officer: object, registers: dict[str, str] | None = None) -> None:
    auditing.check(actor=officer, stage_entry=row, values=registers or REGISTERS, evidence="公示系统")  # type: ignore[arg-type]
    auditing.consulted(actor=officer, stage_entry=row, outcomes=CONSULTED)  # type: ignore[arg-type]
    keys = (
        Assessment.objects.filter(stage_entry=row)
        .exclude(computed=True)
        .filter(postponed=False)
        .values_list("key", flat=True)
    )
    auditing.find(actor=officer, stage_entry=row, findings={key: Found("met", "查阅原件") for key in keys})  # type: ignore[arg-type]


@pytest.mark.requirement("tacheng-14a")
def test_each_point_register_and_the_consultation_come_first(tacheng: OfficeWorld) -> None:
    row, officer = opened(tacheng)
    points = set(Assessment.objects.filter(stage_entry=row).values_list("key", flat=True))
    assert {f"point-{name}" for name in ("completeness", "truth", "accuracy", "legality")} <= points
    assert tacheng.state(row, "no_major_accident") == "later", "departments are asked under article 16"
    with refused("not_your_own", article="14"):
        auditing.check(
            actor=tacheng.officer(tacheng.body("r-two", "county_regulator")), stage_entry=row, values=REGISTERS
        )
    with refused("points_open"):
        auditing.publish(actor=officer, stage_entry=row, where="网站")
    with refused("check_not_asked"):
        auditing.check(actor=officer, stage_entry=row, values={"accident_grade": "none"})
    auditing.check(actor=officer, stage_entry=row, values={"abnormal_operation": "false"}, evidence="公示系统")
    keys = (
        Assessment.objects.filter(stage_entry=row)
        .exclude(computed=True)
        .filter(postponed=False)
        .values_list("key", flat=True)
    )
    auditing.find(actor=officer, stage_entry=row, findings={key: Found("met", "查阅原件") for key in keys})
    with refused("checks_open", article="14"):
        auditing.publish(actor=officer, stage_entry=row, where="网站")
    auditing.check(actor=officer, stage_entry=row, values=REGISTERS, evidence="公示系统")
    keys = Assessment.objects.filter(stage_entry=row).undecided().values_list("key", flat=True)
    auditing.find(actor=officer, stage_entry=row, findings={key: Found("met", "查阅原件") for key in keys})
    with refused("nobody_consulted"):
        auditing.publish(actor=officer, stage_entry=row, where="网站")
    auditing.consulted(actor=officer, stage_entry=row, outcomes=CONSULTED)
    auditing.publish(actor=officer, stage_entry=row, where="网站")
    record = CheckRecord.objects.filter(key="serious_offender").get()
    assert (record.source, record.body.key, record.evidence, record.value) == ("body", "r-one", "公示系统", False)
    assert Application.objects.get(pk=row.entry_id).checks["form_true"] is True


@pytest.mark.requirement("tacheng-14b")
def test_the_window_must_be_over_and_objections_settled(tacheng: OfficeWorld, monkeypatch: pytest.MonkeyPatch) -> None:
    heard: list[int] = []
    monkeypatch.setattr(hooks_office, "_ON_BODY_PUBLICITY", [lambda review: heard.append(review.pk)])
    row, officer = opened(tacheng)
    examine(row, officer)
    with refused("not_published", article="14"):
        auditing.pass_on(actor=officer, stage_entry=row, opinion="同意")
    review = auditing.publish(actor=officer, stage_entry=row, where="县政府网站")
    assert heard == [row.pk]
    assert sum(step["counted"] for step in review.window["steps"]) == 5
    assert review.window["unit"] == "working"
    assert review.window_ends_at.time() == dt.time.max
    with refused("published_already"):
        auditing.publish(actor=officer, stage_entry=row, where="县政府网站")
    objection = audit_objections.object_(actor=officer, stage_entry=row, text="荣誉过期", raised_by="某人")
    tacheng.move_to(review.window_ends_at - dt.timedelta(minutes=1))
    with refused("window_running", article="14"):
        auditing.pass_on(actor=officer, stage_entry=row, opinion="同意")
    tacheng.move_to(review.window_ends_at + dt.timedelta(seconds=1))
    with refused("window_not_open"):
        audit_objections.object_(actor=officer, stage_entry=row, text="迟到的异议")
    with refused("objections_open"):
        auditing.pass_on(actor=officer, stage_entry=row, opinion="同意")
    with refused("reason_missing"):
        audit_objections.settle_objection(actor=officer, objection=objection, stands=False, finding="")
    audit_objections.settle_objection(actor=officer, objection=objection, stands=False, finding="仍有效")
    with refused("objection_settled"):
        audit_objections.settle_objection(actor=officer, objection=objection, stands=True, finding="x")
    with refused("opinion_missing"):
        auditing.pass_on(actor=officer, stage_entry=row, opinion=" ")
    auditing.pass_on(actor=officer, stage_entry=row, opinion="经审核，同意上报")
    assert tacheng.fresh(row).status == "advanced"
    review = PreliminaryReview.objects.get(pk=row.pk)
    assert review.paper == Paper.objects.get(kind="audit_opinion")
    recorded = AuditEvent.objects.get(act="objection.recorded_by_body")
    assert "某人" not in str(recorded.facts), "who objects is personal data"


@pytest.mark.requirement("tacheng-14b")
def test_an_objection_that_stands_stops_the_file(tacheng: OfficeWorld) -> None:
    row, officer = opened(tacheng)
    examine(row, officer)
    review = auditing.publish(actor=officer, stage_entry=row, where="网站")
    objection = audit_objections.object_(actor=officer, stage_entry=row, text="材料虚假")
    audit_objections.settle_objection(actor=officer, objection=objection, stands=True, finding="查实")
    tacheng.move_to(review.window_ends_at + dt.timedelta(seconds=1))
    with refused("objection_stands"):
        auditing.pass_on(actor=officer, stage_entry=row, opinion="同意")
    with refused("reason_missing"):
        auditing.decline(actor=officer, stage_entry=row, reason="")
    auditing.decline(actor=officer, stage_entry=row, reason="公示期异议查实")
    assert tacheng.fresh(row).status == "stopped"


@pytest.mark.requirement("tacheng-11")
def test_departing_from_the_window_needs_a_recorded_reason(tacheng: OfficeWorld) -> None:
    row, officer = opened(tacheng)
    examine(row, officer)
    auditing.pass_on(actor=officer, stage_entry=row, opinion="同意", departure="上级专项安排，公示与受理名单合并进行")
    review = PreliminaryReview.objects.get(pk=row.pk)
    assert (review.departure_article, bool(review.departure_reason), review.published_on) == ("11", True, None)
    event = AuditEvent.objects.get(act="entry.audit_passed")
    assert event.facts["departure_article"] == "11"


@pytest.mark.requirement("tacheng-14a")
def test_a_listed_organisation_fails_its_condition(tacheng: OfficeWorld) -> None:
    row, officer = opened(tacheng)
    auditing.check(
        actor=officer, stage_entry=row, values=REGISTERS | {"serious_offender": "true"}, evidence="严重违法失信名单"
    )
    assert tacheng.state(row, "not_listed") == "not_met"
    auditing.consulted(actor=officer, stage_entry=row, outcomes=CONSULTED)
    keys = (
        Assessment.objects.filter(stage_entry=row)
        .exclude(key="not_listed")
        .exclude(computed=True)
        .filter(postponed=False)
    )
    auditing.find(actor=officer, stage_entry=row, findings={p.key: Found("met", "查阅原件") for p in keys})
    with refused("point_not_met", article="14"):
        auditing.publish(actor=officer, stage_entry=row, where="网站")


def test_an_adverse_register_that_no_condition_reads_needs_a_reason(tacheng: OfficeWorld) -> None:
    row, officer = opened(tacheng)
    examine(row, officer, REGISTERS | {"form_true": "false"})
    with refused("adverse_needs_reason", article="14"):
        auditing.pass_on(actor=officer, stage_entry=row, opinion="同意", departure="合并公示")
    auditing.pass_on(actor=officer, stage_entry=row, opinion="同意", departure="合并公示", reason="笔误，已更正")
    assert tacheng.fresh(row).status == "advanced"


def test_what_one_body_took_up_is_not_another_s(tacheng: OfficeWorld) -> None:
    department = tacheng.body("d-farm", "department", sectors=["agriculture"], territory=["6542"])
    row, regulator = opened(tacheng, org={"region": "654298", "sectors": ["agriculture"]})
    farm = tacheng.officer(department)
    auditing.consulted(actor=farm, stage_entry=row, outcomes=CONSULTED)
    with refused("taken_up_by_another", article="14"):
        auditing.consulted(actor=regulator, stage_entry=row, outcomes=CONSULTED)
