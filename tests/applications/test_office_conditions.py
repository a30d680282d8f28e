"""Every computed condition of the five policies at its boundary, weighed in the eligibility stage itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django_scopes import scope

from applications.models.assessment import Assessment
from tests.applications import office_world
from tests.applications.office_world import OfficeWorld

pytestmark = pytest.mark.django_db
CLEAN_FORM = {
    "spot_check_failed_3y": False, "accident_grade_3y": "none", "serious_violation_3y": False, "major_complaint_3y": False,
    "foreign_return_3y": False, "labour_dispute_3y": False, "violation_3y": False, "declares_compliance": True, "declares_political": True,
    "has_cqo": True, "cqo_veto": True, "land_grade": "A", "farm_grade": "A", "excellence_practised": True, "excellence_since": "2001-01-01",
    "qms_certified": True, "qms_valid_until": "2099-01-01", "ems_certified": True, "ems_valid_until": "2099-01-01", "tax_grade": "A",
    "farm_certificates": ["green"], "safety_level": "3", "city_credit_low_2y": "A", "construction_credit_low_2y": "A",
    "construction_prizes_2y": "3",
    "standards": [], "pilots": [],
}  # fmt: skip
CLEAN_CHECKS = {
    "credit_bad": False, "spot_check_failed": False, "accident_grade": "none", "serious_violation": False, "major_complaint": False,
    "foreign_return": False, "labour_dispute": False, "violation": False, "abnormal_operation": False, "serious_offender": False,
    "operates_normally": True, "complies_with_law": True, "tax_grade": "A", "form_true": True,
}  # fmt: skip
#: Written down, but no ground.
POOR_PILOT = {"title": "某试点", "level": "national", "role": "took_part", "accepted_on": "2020-01-01"}
POOR_STANDARD = {
    "title": "某标准", "number": "T 2", "level": "enterprise", "role": "led", "self_declared": False, "in_force_since": "2010-01-01",
}  # fmt: skip
MET, NOT_MET, UNKNOWN, NOT_ASKED = "met", "not_met", "unknown", None
Change = Callable[[OfficeWorld], dict[str, Any]]


def org(**values: Any) -> Change:
    return lambda world: {"org": values}


def form(**values: Any) -> Change:
    return lambda world: {"answers": values}


def check(**values: Any) -> Change:
    return lambda world: {"checks": values}


def founded(years: int, days: int = 0, **more: Any) -> Change:
    """Operating since so many years (and days less) before the closing date."""

    def change(world: OfficeWorld) -> dict[str, Any]:
        day = before_closing(world, years) + dt.timedelta(days=days)
        return {"org": {"founded_on": day, "operating_since": day, **more}}

    return change


def practised(years: int, days: int = 0, **more: Any) -> Change:
    def change(world: OfficeWorld) -> dict[str, Any]:
        return {
            "answers": {"excellence_since": (before_closing(world, years) + dt.timedelta(days=days)).isoformat()},
            "org": more,
        }

    return change


def valid_until(field: str, days: int) -> Change:
    """A certificate that ends so many days after the closing date."""
    return lambda world: {"answers": {field: (world.round.closes_on + dt.timedelta(days=days)).isoformat()}}


def standard(days: int = 0, years: int = 1, **row: Any) -> Change:
    """One standard in force for ``years`` years on the closing date, ``days`` less."""

    def change(world: OfficeWorld) -> dict[str, Any]:
        since = (before_closing(world, years) + dt.timedelta(days=days)).isoformat()
        one = {"title": "某标准", "number": "T 1", "in_force_since": since, "self_declared": False, **row}
        return {"answers": {"standards": [one], "pilots": [POOR_PILOT]}}

    return change


def pilot(days: int | None, **row: Any) -> Change:
    def change(world: OfficeWorld) -> dict[str, Any]:
        day = "" if days is None else (world.round.closes_on + dt.timedelta(days=days)).isoformat()
        return {"answers": {"pilots": [{"title": "某试点", "accepted_on": day, **row}], "standards": [POOR_STANDARD]}}

    return change


def before_closing(world: OfficeWorld, years: int) -> dt.date:
    day = world.round.closes_on
    assert day is not None
    return day.replace(year=day.year - years)


@dataclass(frozen=True)
class Case:
    """A condition, what is changed in an otherwise clean application, and how the condition must then stand."""

    requirement: str
    policy: str
    key: str
    change: Change
    expected: str | None
    prize: str


def states(policy: str, prize: str, rows: list[Case]) -> dict[int, str | None]:
    """How each case's condition stands: one entry a case, all weighed at once in the eligibility stage."""
    document = office_world.load(policy)
    with scope(jurisdiction=document.jurisdiction):
        world = office_world.build(document, prize=prize)
        for kind in ("department", "other", "town", "county_office", "county_regulator"):
            world.body(f"x-{kind.replace('_', '-')}", kind)
        stage = world.open("eligibility")
        changes = [case.change(world) for case in rows]
        entered = world.enter(
            stage,
            [
                {
                    "org": one.get("org"),
                    "answers": CLEAN_FORM | one.get("answers", {}),
                    "checks": CLEAN_CHECKS | one.get("checks", {}),
                    "prize": prize,
                }
                for one in changes
            ],
        )
        points = {(p.stage_entry_id, p.key): p for p in Assessment.objects.filter(stage_entry__in=entered)}
        found = [points.get((row.pk, case.key)) for row, case in zip(entered, rows, strict=True)]
        assert all(point.facts for point in found if point), "the facts that were read are kept"
        return {n: point.state if point else None for n, point in enumerate(found)}


def cases(requirement: str, policy: str, key: str, *rows: tuple[Change, str | None], prize: str = "") -> list[Case]:
    return [Case(requirement, policy, key, change, expected, prize) for change, expected in rows]


ACCIDENT_LARGER = [
    (form(accident_grade_3y="ordinary"), MET), (form(accident_grade_3y="larger"), NOT_MET), (form(accident_grade_3y="major"), NOT_MET),
    (check(accident_grade="ordinary"), MET), (check(accident_grade="larger"), NOT_MET), (check(accident_grade="particularly_major"), NOT_MET),
    (check(accident_grade=None), UNKNOWN),
]  # fmt: skip
ACCIDENT_MAJOR = [
    (form(accident_grade_3y="larger"), MET), (form(accident_grade_3y="major"), NOT_MET), (check(accident_grade="larger"), MET),
    (check(accident_grade="major"), NOT_MET), (check(accident_grade=None), UNKNOWN),
]  # fmt: skip
YEARS_3 = [(founded(3), MET), (founded(3, 1), NOT_MET), (founded(2), NOT_MET)]
PRACTISED_2 = [(practised(2), MET), (practised(2, 1), NOT_MET)]


def flag(name: str) -> list[tuple[Change, str | None]]:
    """One fact in the form and one that departments establish; both must be clean."""
    return [
        (form(), MET), (form(**{f"{name}_3y": True}), NOT_MET), (check(**{name: True}), NOT_MET), (check(**{name: None}), UNKNOWN),
    ]  # fmt: skip


WENLING = [
    *cases(
        "wenling-9.1", "wenling-2023", "operates_here",
        (org(), MET), (org(region="330100"), NOT_MET), (org(operating=False), NOT_MET), (org(region=""), UNKNOWN),
    ),
    *cases("wenling-9.3", "wenling-2023", "good_credit", (check(), MET), (check(credit_bad=True), NOT_MET), (check(credit_bad=None), UNKNOWN)),
    *cases("wenling-9.3", "wenling-2023", "no_failed_spot_check", *flag("spot_check_failed")),
    *cases("wenling-9.3", "wenling-2023", "no_larger_accident", *ACCIDENT_LARGER),
    *cases("wenling-9.3", "wenling-2023", "no_serious_violation", *flag("serious_violation")),
    *cases(
        "wenling-10.3", "wenling-2023", "chief_quality_officer",
        (form(), MET), (form(has_cqo=False), NOT_MET), (form(cqo_veto=False), NOT_MET), prize="quality",
    ),
    *cases("wenling-10.3", "wenling-2023", "chief_quality_officer", (form(has_cqo=False), NOT_ASKED), prize="standards"),
    *cases(
        "wenling-10.4", "wenling-2023", "land_productivity", (form(land_grade="B"), MET), (form(land_grade="C"), NOT_MET),
        (org(industry="G"), NOT_ASKED), (org(kind="farm", industry="A"), NOT_ASKED), prize="quality",
    ),
    *cases(
        "wenling-10.4", "wenling-2023", "farm_production", (lambda w: {"org": {"kind": "farm", "industry": "A"}, "answers": {"farm_grade": "B"}}, MET),
        (lambda w: {"org": {"kind": "farm", "industry": "A"}, "answers": {"farm_grade": "C"}}, NOT_MET), (form(farm_grade="C"), NOT_ASKED), prize="quality",
    ),
    *cases(
        "wenling-11", "wenling-2023", "standards_work", (form(), UNKNOWN), (form(standards=[POOR_STANDARD], pilots=[POOR_PILOT]), NOT_MET),
        (standard(level="iso", role="led", years=0), MET), (standard(level="iso", role="took_part"), NOT_MET),
        (standard(level="national", role="led"), MET), (standard(level="national", role="led", days=1), NOT_MET),
        (standard(level="local", role="took_part"), NOT_MET), (standard(level="group", role="led", self_declared=True), MET),
        (standard(level="group", role="led", self_declared=True, days=1), NOT_MET), (standard(level="enterprise", role="led", self_declared=False), NOT_MET),
        (pilot(0, level="national", role="main"), MET), (pilot(1, level="national", role="main"), NOT_MET),
        (pilot(-100, level="provincial", role="took_part"), NOT_MET), (pilot(-100, level="other", role="main"), NOT_MET), prize="standards",
    ),
]  # fmt: skip
QINGYUAN = [
    *cases("qingyuan-3.1.1", "qingyuan-draft-2025", "registered_here", (org(), MET), (org(region="330100"), NOT_MET)),
    *cases(
        "qingyuan-3.1.1", "qingyuan-draft-2025", "operating_three_years",
        *YEARS_3, (check(operates_normally=False), NOT_MET), (check(operates_normally=None), UNKNOWN),
    ),
    *cases("qingyuan-3.1.3", "qingyuan-draft-2025", "excellence", (form(), MET), (form(excellence_practised=False), NOT_MET)),
    *cases(
        "qingyuan-3.1.3", "qingyuan-draft-2025", "excellence_two_years", *PRACTISED_2, (practised(0, sectors=["digital_economy"]), NOT_ASKED),
        (practised(0, sectors=["life_health"]), NOT_ASKED), (practised(0, industry="A", kind="farm"), NOT_ASKED),
        (practised(0, sectors=["new_materials"]), NOT_MET),
    ),
    *cases("qingyuan-3.1.6", "qingyuan-draft-2025", "land_grade", (form(land_grade="B"), MET), (form(land_grade="C"), NOT_MET), (org(industry="I"), NOT_ASKED)),
    *cases("qingyuan-3.1.7", "qingyuan-draft-2025", "no_failed_inspection", *flag("spot_check_failed")),
    *cases("qingyuan-3.1.7", "qingyuan-draft-2025", "no_major_accident", *ACCIDENT_MAJOR),
    *cases("qingyuan-3.1.7", "qingyuan-draft-2025", "no_major_complaint", *flag("major_complaint")),
    *cases("qingyuan-3.1.7", "qingyuan-draft-2025", "no_serious_violation", *flag("serious_violation")),
    *cases("qingyuan-4.1", "qingyuan-draft-2025", "form_verified", (check(), MET), (check(form_true=False), NOT_MET), (check(form_true=None), UNKNOWN)),
]  # fmt: skip
WENZHOU_WAIVED = (
    "digital_economy", "smart_equipment", "life_health", "new_energy_vehicles", "new_materials", "agriculture", "forestry",
)  # fmt: skip
WENZHOU = [
    *cases("wenzhou-11.1", "wenzhou-2020", "registered_here", (org(), MET), (org(region="330100"), NOT_MET)),
    *cases("wenzhou-11.1", "wenzhou-2020", "legal_person", (org(), MET), (org(legal_status="unincorporated"), NOT_MET)),
    *cases("wenzhou-11.1", "wenzhou-2020", "operating_three_years", *YEARS_3),
    *cases("wenzhou-11.2", "wenzhou-2020", "compliance", (form(), MET), (check(complies_with_law=False), NOT_MET), (check(complies_with_law=None), UNKNOWN)),
    *cases(
        "wenzhou-11.3", "wenzhou-2020", "excellence_two_years", *PRACTISED_2,
        *((practised(0, sectors=[s]), NOT_ASKED) for s in WENZHOU_WAIVED),
        (practised(0, sectors=["modern_services"]), NOT_MET),
    ),
    *cases("wenzhou-11.5", "wenzhou-2020", "no_failed_spot_check", *flag("spot_check_failed")),
    *cases("wenzhou-11.5", "wenzhou-2020", "no_larger_accident", *ACCIDENT_LARGER),
    *cases("wenzhou-11.5", "wenzhou-2020", "no_major_complaint", *flag("major_complaint")),
    *cases("wenzhou-11.5", "wenzhou-2020", "no_serious_violation", *flag("serious_violation")),
    *cases("wenzhou-11.5", "wenzhou-2020", "credit", (check(), MET), (check(credit_bad=True), NOT_MET)),
]  # fmt: skip
BUILDER = {"industry": "E"}
YIWU = [
    *cases("yiwu-3.1", "yiwu-2020", "registered_here", (org(), MET), (org(region="330100"), NOT_MET)),
    *cases("yiwu-3.1", "yiwu-2020", "operating_three_years", *YEARS_3),
    *cases("yiwu-3.2", "yiwu-2020", "compliance", (form(), MET), (check(complies_with_law=False), NOT_MET)),
    *cases(
        "yiwu-3.3", "yiwu-2020", "quality_system_certified",
        (valid_until("qms_valid_until", 0), MET), (valid_until("qms_valid_until", -1), NOT_MET),
        (form(qms_certified=False), NOT_MET),
    ),
    *cases("yiwu-3.3", "yiwu-2020", "environment_system_certified", (valid_until("ems_valid_until", 0), MET), (valid_until("ems_valid_until", -1), NOT_MET)),
    *cases(
        "yiwu-3.3", "yiwu-2020", "excellence_two_years",
        *PRACTISED_2, (practised(0, sectors=["life_health"]), NOT_ASKED),
        (practised(0, sectors=["new_materials"]), NOT_MET),
    ),
    *cases(
        "yiwu-3.5.1", "yiwu-2020", "tax_grade",
        (form(), MET), (form(tax_grade="B"), NOT_MET), (check(tax_grade="B"), NOT_MET),
        (check(tax_grade=None), UNKNOWN),
    ),
    *cases("yiwu-3.5.2", "yiwu-2020", "construction_city_credit", (org(), NOT_ASKED), *(
        (lambda w, g=grade: {"org": BUILDER, "answers": {"city_credit_low_2y": g}}, expected) for grade, expected in (("B", MET), ("C", NOT_MET))
    )),
    *cases("yiwu-3.5.2", "yiwu-2020", "construction_prizes", *(
        (lambda w, n=number: {"org": BUILDER, "answers": {"construction_prizes_2y": n}}, expected) for number, expected in (("3", MET), ("2", NOT_MET))
    )),
    *cases("yiwu-3.5.2", "yiwu-2020", "construction_credit", *(
        (lambda w, g=grade: {"org": BUILDER, "answers": {"construction_credit_low_2y": g}}, expected) for grade, expected in (("A", MET), ("B", NOT_MET))
    )),
    *cases("yiwu-3.6", "yiwu-2020", "farm_certificate", (org(), NOT_ASKED), *(
        (lambda w, c=chosen: {"org": {"kind": "farm", "industry": "A"}, "answers": {"farm_certificates": c}}, expected)
        for chosen, expected in ((["organic"], MET), (["other_like"], MET))
    )),
    *cases("yiwu-3.7", "yiwu-2020", "land_grade", (form(land_grade="B1"), MET), (form(land_grade="B2"), NOT_MET), (org(industry="I"), NOT_ASKED)),
    *cases("yiwu-3.8", "yiwu-2020", "no_failed_inspection", *flag("spot_check_failed")),
    *cases("yiwu-3.8", "yiwu-2020", "no_major_accident", *ACCIDENT_MAJOR),
    *cases("yiwu-3.8", "yiwu-2020", "no_labour_dispute", *flag("labour_dispute")),
    *cases("yiwu-3.8", "yiwu-2020", "no_foreign_return", *flag("foreign_return")),
    *cases("yiwu-3.8", "yiwu-2020", "no_major_complaint", *flag("major_complaint")),
    *cases("yiwu-3.8", "yiwu-2020", "no_serious_violation", *flag("serious_violation")),
    *cases(
        "yiwu-3.9", "yiwu-2020", "safety_level",
        (form(), MET), (form(safety_level="1"), MET), (form(safety_level="none"), NOT_MET),
        (org(industry="I"), NOT_ASKED),
    ),
    *cases("yiwu-5.1", "yiwu-2020", "form_verified", (check(), MET), (check(form_true=False), NOT_MET)),
]  # fmt: skip
NEW = [(founded(3, sectors=[s]), MET) for s in ("new_technology", "new_industry", "new_format", "new_model")]
TACHENG = [
    *cases("tacheng-9", "tacheng-2023", "legal_form", (org(), MET), (org(legal_status="unincorporated"), MET), (org(legal_status="natural_person"), NOT_MET)),
    *cases("tacheng-9.1", "tacheng-2023", "political", (form(), MET), (form(declares_political=False), NOT_MET)),
    *cases("tacheng-9.2", "tacheng-2023", "set_up_here", (org(), MET), (org(region="650100"), NOT_MET)),
    *cases(
        "tacheng-9.2", "tacheng-2023", "years_running",
        (founded(5), MET), (founded(5, 1), NOT_MET), *NEW, (founded(3, 1, sectors=["new_model"]), NOT_MET),
        (founded(3, sectors=["agriculture"]), NOT_MET),
    ),
    *cases("tacheng-9.3", "tacheng-2023", "no_major_accident", *ACCIDENT_MAJOR[:4]),
    *cases("tacheng-9.3", "tacheng-2023", "no_violation", *flag("violation")[:3]),
    *cases(
        "tacheng-14a", "tacheng-2023", "not_listed",
        (check(), MET), (check(abnormal_operation=True), NOT_MET), (check(serious_offender=True), NOT_MET),
        (check(serious_offender=None), UNKNOWN),
    ),
]  # fmt: skip


LATER = [
    *cases(
        "tacheng-16", "tacheng-2023", "no_major_accident", (check(accident_grade=None), "later"),
        (lambda w: {"answers": {"accident_grade_3y": "major"}, "checks": {"accident_grade": None}}, NOT_MET),
    ),
    *cases("tacheng-16", "tacheng-2023", "no_violation", (check(violation=None), "later")),
]  # fmt: skip
ALL = [*WENLING, *QINGYUAN, *WENZHOU, *YIWU, *TACHENG, *LATER]


def groups() -> list[Any]:
    """One parameter set per policy and prize, marked with every row that it proves."""
    found: dict[tuple[str, str], list[Case]] = {}
    for case in ALL:
        found.setdefault((case.policy, case.prize), []).append(case)
    return [
        pytest.param(
            policy,
            prize,
            rows,
            marks=pytest.mark.requirement(*sorted({row.requirement for row in rows})),
            id=f"{policy}-{prize}",
        )
        for (policy, prize), rows in found.items()
    ]


@pytest.mark.parametrize(("policy", "prize", "rows"), groups())
def test_conditions_at_their_boundaries(policy: str, prize: str, rows: list[Case]) -> None:
    found = states(policy, prize, rows)
    wrong = [
        f"{rows[n].requirement} {rows[n].key} #{n}: {state}, not {rows[n].expected}"
        for n, state in found.items() if state != rows[n].expected
    ]  # fmt: skip
    assert not wrong, "\n".join(wrong)
