"""Invented applicants: for every prize of every policy file one that meets all, and one for each condition that fails exactly that."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from django.conf import settings

from accounts import codes
from applications.forms.answers import problems, understand
from applications.forms.layout import layout
from applications.invention import feasible, invent
from applications.invention.places import ELSEWHERE, inside, outside
from applications.invention.profiles import NoSuchApplicant, typed
from jurisdictions.policy import Policy
from jurisdictions.policy.conditions import assess
from jurisdictions.policy.loader import read
from jurisdictions.policy.parsing import parse
from tests.applications.ground import policy, text

FILES = sorted((Path(settings.BASE_DIR) / "fixtures/policies").glob("*.yaml"))
PRIZES = [(path.stem, prize.key) for path in FILES for prize in read(path).sound().prizes if prize.is_applied_for]
CLOSES_ON = dt.date(2026, 6, 30)


def policy_of(name: str) -> Policy:
    return read(Path(settings.BASE_DIR) / "fixtures/policies" / f"{name}.yaml").sound()


def unmet(policy: Policy, prize: str, profile: dict[str, dict[str, object]]) -> list[str]:
    facts = typed(policy, prize, profile, closes_on=CLOSES_ON)
    computed = [c for c in policy.conditions_for(prize) if c.require or c.any_of]
    return [condition.key for condition in computed if assess(condition, facts).value is not True]


@pytest.mark.parametrize(("name", "prize"), PRIZES)
def test_all_hold_or_exactly_one_fails(name: str, prize: str) -> None:
    policy, rng = policy_of(name), random.Random(7)
    assert unmet(policy, prize, invent(policy, prize, rng, closes_on=CLOSES_ON)) == []
    possible = feasible(policy, prize, closes_on=CLOSES_ON)
    assert possible
    for condition in possible:
        assert unmet(policy, prize, invent(policy, prize, rng, condition, closes_on=CLOSES_ON)) == [condition]


@pytest.mark.parametrize(("name", "prize"), PRIZES)
def test_what_is_invented_can_be_filed(name: str, prize: str) -> None:
    policy = policy_of(name)
    profile = invent(policy, prize, random.Random(3), closes_on=CLOSES_ON)
    facts = typed(policy, prize, profile, closes_on=CLOSES_ON)
    plan, today = layout(policy, prize), facts["round"]["opened_on"]
    answered = understand(plan, profile["form"], facts, today)
    wrong = [p for p in problems(plan, profile["form"], answered, {}, today) if p.code != "file_missing"]
    assert wrong == []
    assert profile["org"]["kind"] in policy.prize(prize).applicants


def test_the_same_seed_gives_the_same_applicant() -> None:
    policy = policy_of(FILES[0].stem)
    prize = next(p.key for p in policy.prizes if p.is_applied_for)
    first, second = (invent(policy, prize, random.Random(5), closes_on=CLOSES_ON) for _n in range(2))
    assert first == second


def test_what_cannot_fail_in_a_filed_form_is_said_so() -> None:
    document = policy(
        conditions=[{"key": "honest", "article": "1", "text": text("x"), "mend": text("y"), "require": "form.honest"}]
    )
    with pytest.raises(NoSuchApplicant):
        invent(parse(document), "quality", random.Random(1), "honest", closes_on=CLOSES_ON)


@pytest.mark.parametrize(
    "require",
    [
        "form.staff >= 300 && form.staff < 305",
        "full_years(form.certified_on, round.closes_on) == 7",
        "size(form.brands) == 2 && org.size in ['micro']",
        "org.employees > 250 || (org.industry == 'Q' && org.kind == 'hospital')",
        "!('a' in form.brands) && org.subordination == 'province'",
        "check.points >= 80",
        "form.certified_on > '2019-12-31' && form.certified",
        "awards.county_level && org.in_territory",
    ],
)
def test_unseen_conditions_are_met_and_failed(require: str) -> None:
    checks = [{"key": "points", "article": "1", "label": text("Points"), "type": "number"}]
    conditions = [{"key": "one", "article": "1", "text": text("x"), "mend": text("y"), "require": require}]
    invented = parse(policy(conditions=conditions, checks=checks))
    assert unmet(invented, "quality", invent(invented, "quality", random.Random(1), closes_on=CLOSES_ON)) == []
    assert unmet(invented, "quality", invent(invented, "quality", random.Random(1), "one", closes_on=CLOSES_ON)) == [
        "one"
    ]


def test_places() -> None:
    assert inside(["6542"], (), random.Random(1)) == "654201"
    assert inside(["331081"], ("33108100",), random.Random(1)) == "33108100"
    assert outside(["99"]) == ELSEWHERE[1]


@pytest.mark.parametrize(
    ("damage", "fault"), [(17, "check_character"), (16, "inner_check_character"), (15, "check_character")]
)
def test_codes_are_checked_inside_and_outside(damage: int, fault: str) -> None:
    good = codes.build("9", "1", "990101", "A1B2C3D4")
    assert codes.fault(good) == "" and codes.fault(good[:-1]) == "length"
    other = next(c for c in "0123456789" if c != good[damage])
    spoilt = good[:damage] + other + good[damage + 1 :]
    if fault == "inner_check_character":
        from stdnum.cn import uscc

        spoilt = spoilt[:17] + str(uscc.calc_check_digit(spoilt[:17]))
    assert codes.fault(spoilt) == fault
