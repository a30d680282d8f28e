"""Qingyuan, draft of 2025: the conditions of eligibility, one by one."""

from __future__ import annotations

import pytest

from tests.jurisdictions import policies as p

QINGYUAN = p.policy("qingyuan-draft-2025")


def answer(key, **changes):
    return p.answer(QINGYUAN, key, **changes)


@pytest.mark.requirement("qingyuan-3.1.1")
@pytest.mark.parametrize(("since", "passes"), [("2023-06-30", True), ("2023-07-01", False), (None, None)])
def test_three_years_of_operation_on_the_closing_date(since, passes):
    assert answer("operating_three_years", org_operating_since=since) is passes
    assert answer("registered_here", org_in_territory=False) is False


@pytest.mark.requirement("qingyuan-3.1.3")
@pytest.mark.parametrize(("since", "passes"), [("2024-06-30", True), ("2024-07-01", False), (None, None)])
def test_two_full_years_of_excellence_management(since, passes):
    assert answer("excellence_two_years", form_excellence_since=since) is passes


@pytest.mark.requirement("qingyuan-3.1.3")
@pytest.mark.parametrize(
    "changes",
    [
        {"org_sectors": ["digital_economy"]},
        {"org_sectors": ["life_health"]},
        {"org_sectors": ["agriculture"]},
        {"org_kind": "farm"},
        {"org_industry": "A"},
    ],
)
def test_the_length_is_waived_but_not_the_management(changes):
    assert answer("excellence_two_years", form_excellence_since="2026-06-01", **changes) == p.SKIPPED
    assert answer("excellence", form_excellence_practised=False, **changes) is False


@pytest.mark.requirement("qingyuan-3.1.6")
@pytest.mark.parametrize(("grade", "passes"), [("A", True), ("B", True), ("C", False), ("D", False), (None, None)])
def test_the_land_grade_of_industrial_enterprises(grade, passes):
    assert answer("land_grade", form_land_grade=grade) is passes


@pytest.mark.requirement("qingyuan-3.1.6")
@pytest.mark.parametrize("changes", [{"org_industry": "I"}, {"org_industry": "A"}, {"org_kind": "hospital"}])
def test_the_land_grade_is_asked_of_nobody_else(changes):
    assert answer("land_grade", form_land_grade=None, **changes) == p.SKIPPED


@pytest.mark.requirement("qingyuan-3.1.7")
@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ("no_failed_inspection", {"form_spot_check_failed_3y": True}),
        ("no_failed_inspection", {"check_spot_check_failed": True}),
        ("no_major_accident", {"form_accident_grade_3y": "major"}),
        ("no_major_accident", {"check_accident_grade": "particularly_major"}),
        ("no_major_complaint", {"form_major_complaint_3y": True}),
        ("no_major_complaint", {"check_major_complaint": True}),
        ("no_serious_violation", {"form_serious_violation_3y": True}),
        ("no_serious_violation", {"check_serious_violation": True}),
    ],
)
def test_three_clean_years_by_its_own_word_and_by_the_departments(condition, changes):
    assert p.answers(QINGYUAN, **changes) == {condition}


def test_a_larger_accident_is_not_yet_a_major_one():
    assert answer("no_major_accident", form_accident_grade_3y="larger", check_accident_grade="larger") is True
