"""Yiwu, 2020 revision: the conditions of eligibility, one by one."""

from __future__ import annotations

import pytest

from tests.jurisdictions import policies as p

YIWU = p.policy("yiwu-2020")
BUILDER = {"org_industry": "E", "form_land_grade": None, "form_safety_level": None}
FARM = {"org_kind": "farm", "org_industry": "A", "form_land_grade": None, "form_safety_level": None}


def answer(key, **changes):
    return p.answer(YIWU, key, **changes)


@pytest.mark.requirement("yiwu-3.1")
@pytest.mark.parametrize(("since", "passes"), [("2023-06-30", True), ("2023-07-01", False), (None, None)])
def test_three_years_of_operation_on_the_closing_date(since, passes):
    assert answer("operating_three_years", org_operating_since=since) is passes
    assert answer("registered_here", org_in_territory=False) is False


@pytest.mark.requirement("yiwu-3.3")
@pytest.mark.parametrize(("until", "passes"), [("2026-06-30", True), ("2026-06-29", False), (None, None)])
def test_certificates_are_valid_on_the_closing_date(until, passes):
    assert answer("quality_system_certified", form_qms_valid_until=until) is passes
    assert answer("environment_system_certified", form_ems_valid_until=until) is passes
    assert answer("quality_system_certified", form_qms_certified=False) is False


@pytest.mark.requirement("yiwu-3.3")
def test_two_years_of_excellence_management_with_three_waivers():
    assert answer("excellence_two_years", form_excellence_since="2024-06-30") is True
    assert answer("excellence_two_years", form_excellence_since="2024-07-01") is False
    for sector in ("digital_economy", "life_health", "agriculture"):
        assert answer("excellence_two_years", form_excellence_since="2026-06-01", org_sectors=[sector]) == p.SKIPPED
        assert answer("excellence", form_excellence_practised=False, org_sectors=[sector]) is False


@pytest.mark.requirement("yiwu-3.5.1")
@pytest.mark.parametrize(
    ("own", "found", "passes"),
    [("A", "A", True), ("B", "A", False), ("A", "M", False), ("A", None, None), (None, "A", None)],
)
def test_the_latest_tax_grade_is_a(own, found, passes):
    assert answer("tax_grade", form_tax_grade=own, check_tax_grade=found) is passes


@pytest.mark.requirement("yiwu-3.5.2")
@pytest.mark.parametrize(
    ("changes", "fails"),
    [
        ({}, set()),
        ({"form_city_credit_low_2y": "C"}, {"construction_city_credit"}),
        ({"form_construction_prizes_2y": 2}, {"construction_prizes"}),
        ({"form_construction_prizes_2y": "3"}, set()),
        ({"form_construction_credit_low_2y": "B"}, {"construction_credit"}),
        ({"form_construction_credit_low_2y": None}, {"construction_credit"}),
    ],
)
def test_what_is_asked_of_builders(changes, fails):
    assert p.answers(YIWU, **BUILDER, **changes) == fails


@pytest.mark.requirement("yiwu-3.5.2")
def test_builders_questions_are_asked_of_nobody_else():
    for key in ("construction_city_credit", "construction_prizes", "construction_credit"):
        assert answer(key, form_city_credit_low_2y=None, form_construction_prizes_2y=None) == p.SKIPPED


@pytest.mark.requirement("yiwu-3.6")
@pytest.mark.parametrize(
    ("held", "passes"),
    [(["organic"], True), (["other_like"], True), (["green", "organic"], True), ([], False), (None, None)],
)
def test_a_farm_holds_any_one_certification_or_the_like(held, passes):
    assert answer("farm_certificate", **FARM, form_farm_certificates=held) is passes
    assert answer("farm_certificate", form_farm_certificates=held) == p.SKIPPED


@pytest.mark.requirement("yiwu-3.7")
@pytest.mark.parametrize(("grade", "passes"), [("A", True), ("B1", True), ("B2", False), ("C", False), (None, None)])
def test_the_land_class_of_industrial_enterprises(grade, passes):
    assert answer("land_grade", form_land_grade=grade) is passes
    assert answer("land_grade", **BUILDER) == p.SKIPPED


@pytest.mark.requirement("yiwu-3.7")
def test_the_form_knows_b1_and_b2():
    fields = {f.key: f for section in YIWU.form_for("quality").sections for f in section.fields}
    assert [choice.key for choice in fields["land_grade"].choices] == ["A", "B1", "B2", "C", "D"]


@pytest.mark.requirement("yiwu-3.8")
@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ("no_failed_inspection", {"form_spot_check_failed_3y": True}),
        ("no_failed_inspection", {"check_spot_check_failed": True}),
        ("no_major_accident", {"form_accident_grade_3y": "major"}),
        ("no_major_accident", {"check_accident_grade": "major"}),
        ("no_labour_dispute", {"form_labour_dispute_3y": True}),
        ("no_labour_dispute", {"check_labour_dispute": True}),
        ("no_foreign_return", {"form_foreign_return_3y": True}),
        ("no_foreign_return", {"check_foreign_return": True}),
        ("no_major_complaint", {"form_major_complaint_3y": True}),
        ("no_major_complaint", {"check_major_complaint": True}),
        ("no_serious_violation", {"form_serious_violation_3y": True}),
        ("no_serious_violation", {"check_serious_violation": True}),
    ],
)
def test_three_clean_years_by_its_own_word_and_by_the_departments(condition, changes):
    assert p.answers(YIWU, **changes) == {condition}


@pytest.mark.requirement("yiwu-3.9")
@pytest.mark.parametrize(("level", "passes"), [("1", True), ("2", True), ("3", True), ("none", False), (None, None)])
def test_safety_standardisation_of_industry_and_mining(level, passes):
    for section in ("B", "C", "D"):
        assert answer("safety_level", org_industry=section, form_safety_level=level) is passes
    assert answer("safety_level", org_industry="F", form_safety_level=level) == p.SKIPPED
