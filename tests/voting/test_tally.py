"""Counting, against a slow reference that works from single voters instead of numbers."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from voting import tally
from voting.settings import needed
from voting.verify_minutes import count as count_again

TIERS = ["gold", "silver", "bronze"]
BASES = st.sampled_from(["appointed", "eligible", "present", "cast"])
MAJORITY = st.none() | st.fixed_dictionaries(
    {"ratio": st.sampled_from(["1/2", "2/3", "3/5", "1/3", "1"]), "strict": st.booleans(), "base": BASES}
)
#: Of each member: absent, recused, present without a ballot, or the vote given.
MEMBER = st.sampled_from(
    [
        "absent",
        "recused",
        "silent",
        "for",
        "for:gold",
        "for:silver",
        "for:bronze",
        "against",
        "abstain",
        "rubbish",
        "7",
        "60",
        "101",
    ]
)


def world(members, method, majority, tier_majorities, min_score):
    """The same vote as settings and numbers, and as a bundle for the verifier."""
    votes = sorted(m for m in members if m not in ("absent", "recused", "silent"))
    roll = [
        {"seat": n, "present": m != "absent", "recused": [1] if m == "recused" else []} for n, m in enumerate(members)
    ]
    rules = {
        "method": method, "majority": majority, "min_score": min_score, "score_range": [0, 100], "items": 5,
        "tier_majorities": tier_majorities, "secret": True,
    }  # fmt: skip
    box = [{"entries": [1], "struck": []} for _vote in votes]
    return (
        votes,
        roll,
        rules,
        {"settings": rules, "roll": roll, "recused_after_opening": [], "box": box, "opened": {"1": votes}},
    )


def reference(members, rules, tiers):
    """Voter by voter."""

    def reaches(supporters, majority):
        if majority is None:
            return bool(supporters)
        base = {
            "appointed": len(members),
            "eligible": sum(m != "recused" for m in members),
            "present": sum(m not in ("recused", "absent") for m in members),
            "cast": sum(m not in ("recused", "absent", "silent") for m in members),
        }[majority["base"]]  # fmt: skip
        share = Fraction(len(supporters), base) if base else Fraction(0)
        wanted = Fraction(majority["ratio"])
        return bool(supporters) and (share > wanted if majority["strict"] else share >= wanted)

    if rules["method"] == "approve" and tiers:
        supporters = {
            tier: [m for m in members if m.startswith("for:") and tiers.index(m[4:]) <= place]
            for place, tier in enumerate(tiers)
        }
        reached = [t for t in tiers if reaches(supporters[t], rules["tier_majorities"].get(t) or rules["majority"])]
        return bool(reached), reached
    if rules["method"] == "approve":
        return reaches([m for m in members if m == "for"], rules["majority"]), []
    return reference_of_points(members, rules, reaches), []


def reference_of_points(members, rules, reaches):
    low, high = (0, 100) if rules["method"] == "score" else (1, 5)
    points = [int(m) for m in members if m.isdigit() and low <= int(m) <= high]
    least = Fraction(rules["min_score"] or 0) if rules["method"] == "score" else Fraction(0)
    if not points or sum(points) < least * len(points):
        return False
    return rules["majority"] is None or reaches([p for p in points if p >= least], rules["majority"])


@settings(max_examples=400, deadline=None)
@given(
    st.lists(MEMBER, min_size=1, max_size=12), st.sampled_from(["approve", "score", "rank"]), MAJORITY, st.booleans(),
    st.dictionaries(st.sampled_from(TIERS), MAJORITY.filter(bool), max_size=3), st.sampled_from([None, "50", "7.5"]),
)  # fmt: skip
def test_counting_agrees_with_the_reference_and_with_the_verifier(
    members, method, majority, tiered, tier_majorities, min_score
):
    tiers = TIERS if tiered and method == "approve" else []
    votes, roll, rules, bundle = world(members, method, majority, tier_majorities if tiers else {}, min_score)
    recused = sum(bool(seat["recused"]) for seat in roll)
    present = sum(seat["present"] and not seat["recused"] for seat in roll)
    found = tally.count(votes, tally.Seats(len(roll), recused, present), rules, tiers=tiers)
    assert found.votes_for + found.against + found.abstained + found.invalid == found.cast == len(votes)
    assert (found.passed, list(found.reached_tiers)) == reference(members, rules, tiers)
    again = count_again(bundle, {"entry": 1, "tiers": tiers})
    assert again["passed"] == found.passed
    assert again["score"] == ("" if found.score is None else str(found.score))
    assert (again["votes_for"], again["against"], again["abstained"], again["invalid"], again["base"], again["tiers"]) == (
        found.votes_for, found.against, found.abstained, found.invalid, found.base, found.tiers,
    )  # fmt: skip


def test_exactly_the_ratio_is_enough_only_where_the_rule_says_at_least():
    for votes, base, strict, result in [
        (3, 6, True, False),
        (3, 6, False, True),
        (4, 6, True, True),
        (0, 0, False, False),
    ]:
        assert tally.reaches(votes, base, {"ratio": "1/2", "strict": strict, "base": "cast"}) is result
    assert not tally.reaches(33, 50, {"ratio": "2/3", "strict": False, "base": "cast"})
    assert tally.reaches(34, 51, {"ratio": "2/3", "strict": False, "base": "cast"})


@given(st.fractions(min_value=0, max_value=1, max_denominator=12), st.integers(0, 60))
def test_the_quorum_is_the_least_whole_number_that_reaches_the_ratio(ratio, base):
    least = needed(ratio, base)
    assert least >= 1 and least >= ratio * base
    assert least == 1 or least - 1 < ratio * base


def test_who_orders_fewer_candidates_because_of_an_interest_moves_nobody():
    """Four candidates; a voter recused from the last orders three. The others' order among themselves and the mean of all stay fair."""
    rules = {"method": "rank", "majority": None, "items": 4, "score_range": [0, 100]}
    full, seats = Fraction(0), tally.Seats(1, 0, 1)
    scores = [tally.count([str(place)], seats, rules, allowance=Fraction(1, 2)).score for place in (1, 2, 3)]
    complete = [tally.count([str(place)], seats, rules, allowance=full).score for place in (1, 2, 3, 4)]
    assert sum(scores) / 3 == sum(complete) / 4


@pytest.mark.parametrize("value", ["01", "+1", "1.0", "", "１", "for:platinum", "abstain ", "-1"])
def test_what_is_no_vote_is_invalid(value):
    for method in ("approve", "score", "rank"):
        assert not tally.is_vote(value, {"method": method, "score_range": [0, 100], "items": 5}, TIERS)
