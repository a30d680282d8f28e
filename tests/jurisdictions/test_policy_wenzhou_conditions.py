"""Wenzhou, 2020 revision: the conditions of eligibility, one by one."""

from __future__ import annotations

import pytest

from tests.jurisdictions import policies as p

WENZHOU = p.policy("wenzhou-2020")


def answer(key, **changes):
    return p.answer(WENZHOU, key, **changes)


@pytest.mark.requirement("wenzhou-11.1")
@pytest.mark.parametrize(("since", "passes"), [("2023-06-30", True), ("2023-07-01", False), (None, None)])
def test_three_years_of_operation_on_the_closing_date(since, passes):
    assert answer("operating_three_years", org_operating_since=since) is passes
    assert answer("registered_here", org_in_territory=False) is False


@pytest.mark.requirement("wenzhou-11.3")
@pytest.mark.parametrize(("since", "passes"), [("2024-06-30", True), ("2024-07-01", False), (None, None)])
def test_two_full_years_of_excellence_management(since, passes):
    assert answer("excellence_two_years", form_excellence_since=since) is passes


@pytest.mark.requirement("wenzhou-11.3")
@pytest.mark.parametrize(
    "sector",
    [
        "digital_economy",
        "smart_equipment",
        "life_health",
        "new_energy_vehicles",
        "new_materials",
        "agriculture",
        "forestry",
    ],
)
def test_the_length_is_waived_but_not_the_management(sector):
    assert answer("excellence_two_years", form_excellence_since="2026-06-01", org_sectors=[sector]) == p.SKIPPED
    assert answer("excellence", form_excellence_practised=False, org_sectors=[sector]) is False


@pytest.mark.requirement("wenzhou-11.5")
@pytest.mark.parametrize(
    ("condition", "changes"),
    [
        ("no_failed_spot_check", {"form_spot_check_failed_3y": True}),
        ("no_failed_spot_check", {"check_spot_check_failed": True}),
        ("no_larger_accident", {"form_accident_grade_3y": "larger"}),
        ("no_larger_accident", {"check_accident_grade": "larger"}),
        ("no_larger_accident", {"check_accident_grade": "major"}),
        ("no_major_complaint", {"check_major_complaint": True}),
        ("no_serious_violation", {"form_serious_violation_3y": True}),
        ("credit", {"check_credit_bad": True}),
    ],
)
def test_three_clean_years(condition, changes):
    assert p.answers(WENZHOU, **changes) == {condition}


def test_an_ordinary_accident_is_no_bar():
    assert answer("no_larger_accident", form_accident_grade_3y="ordinary", check_accident_grade="ordinary") is True
