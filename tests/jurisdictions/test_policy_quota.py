"""Places are filled in order, and never otherwise: held against a slow search through every list that could be chosen."""

from __future__ import annotations

import itertools
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from jurisdictions.policy.base import Setting
from jurisdictions.policy.loader import read
from jurisdictions.policy.prizes import Quota
from jurisdictions.policy.quota import Candidate, Place, covers, exceeded, fill, limit_of

STRETCH = read(Path(settings.BASE_DIR) / "tests/data/stretch-2026.yaml").sound()


def quota(key, *, prizes=("a",), at_most=None, **more):
    return Quota(
        key=key, article="4", prizes=list(prizes), max=None if at_most is None else Setting(value=at_most), **more
    )


def ids(candidates, quotas, **more):
    placed, _refused = fill(candidates, quotas, **more)
    return [place.candidate.id for place in placed]


def people(count, prize="a", **more):
    return [Candidate(n, prize, **more) for n in range(count)]


def farm(n, prize="a"):
    return Candidate(n, prize, facts={"org": {"kind": "farm"}})


def test_a_joint_quota_counts_all_its_prizes():
    candidates = [Candidate("x", "a"), Candidate("y", "b"), Candidate("z", "a")]
    assert ids(candidates, [quota("both", prizes=("a", "b"), at_most=2)]) == ["x", "y"]


def test_a_nested_quota_binds_before_the_outer_one():
    quotas = [quota("all", prizes=("a", "b"), at_most=3), quota("inner", prizes=("b",), at_most=1, inside="all")]
    candidates = [Candidate(1, "b"), Candidate(2, "b"), Candidate(3, "a"), Candidate(4, "a"), Candidate(5, "a")]
    placed, refused = fill(candidates, quotas)
    assert [place.candidate.id for place in placed] == [1, 3, 4]
    assert [(no.candidate.id, no.quota.key, no.article) for no in refused] == [(2, "inner", "4"), (5, "all", "4")]


def test_reserved_places_are_kept_for_those_further_down():
    quotas = [quota("all", at_most=3), quota("farms", where="org.kind == 'farm'", reserved=1, inside="all")]
    candidates = [*people(4), farm(9)]
    placed, refused = fill(
        [c if c.facts else Candidate(c.id, "a", facts={"org": {"kind": "school"}}) for c in candidates], quotas
    )
    assert [place.candidate.id for place in placed] == [0, 1, 9]
    assert [(no.candidate.id, no.kept) for no in refused] == [(2, True), (3, True)]


@pytest.mark.parametrize(("unused", "chosen"), [("released", [0, 1, 2]), ("vacant", [0, 1])])
def test_reserved_places_that_no_one_can_use_are_released_or_stay_vacant(unused, chosen):
    quotas = [
        quota("all", at_most=3),
        quota("farms", where="org.kind == 'farm'", reserved=1, inside="all", unused_reserve=unused),
    ]
    assert ids([Candidate(n, "a", facts={"org": {"kind": "school"}}) for n in range(4)], quotas) == chosen


def test_a_place_is_not_kept_for_someone_who_is_only_perhaps_a_farm():
    quotas = [
        quota("all", at_most=1),
        quota("farms", where="org.kind == 'farm'", reserved=1, inside="all", unused_reserve="vacant"),
    ]
    assert ids(people(2), quotas) == []


def test_where_a_fact_is_unknown_the_candidate_counts():
    assert ids(people(2), [quota("farms", where="org.kind == 'farm'", at_most=1)]) == [0]


def test_the_exempt_do_not_count():
    holder = {"awards": {"held": ["a"]}}
    candidates = [
        Candidate(0, "a", facts=holder),
        Candidate(1, "a", facts={"awards": {"held": []}}),
        Candidate(2, "a", facts=holder),
    ]
    assert ids(candidates, [quota("one", at_most=1, exempt="'a' in awards.held")]) == [0, 1, 2]


def test_a_share_is_rounded_down():
    shared = quota("quarter", share=Fraction(1, 4), share_of="documents")
    assert limit_of(shared, {"documents": 11}) == 2
    assert ids(people(5), [shared], sizes={"documents": 11}) == [0, 1]
    with pytest.raises(KeyError):
        fill(people(1), [shared])


def test_who_misses_gold_gets_silver_then_bronze():
    candidates = [Candidate(n, "organisation", tiers=("gold", "silver", "bronze"), category="large") for n in range(8)]
    quotas = [q for q in STRETCH.quotas if q.key in ("gold", "silver", "bronze")]
    placed, refused = fill(candidates, quotas)
    assert [place.tier for place in placed] == ["gold", "silver", "silver", "bronze", "bronze", "bronze"]
    assert {no.quota.key for no in refused} == {"bronze"}


def test_the_stretched_policy_keeps_two_places_for_the_small_and_one_for_a_farm():
    plain: dict[str, dict[str, Any]] = {"org": {"kind": "enterprise"}, "awards": {"held": []}}
    people_ = [Candidate(f"p{n}", "person", facts=plain) for n in range(6)]
    large = [Candidate(f"l{n}", "organisation", tiers=("bronze",), category="large", facts=plain) for n in range(9)]
    quotas = [q for q in STRETCH.quotas if q.key in ("all", "people", "small_ones", "farms")]
    assert len(ids([*people_, *large], quotas)) == 11  # the farm's place stays vacant, the small ones' are released


def test_what_no_quota_covers_is_always_placed():
    assert ids(people(3, prize="z"), [quota("one", at_most=0)]) == [0, 1, 2]


# --- against a slow search ---------------------------------------------------------------------------------------------


@st.composite
def situations(draw):
    quotas = [quota("outer", prizes=("a", "b"), at_most=draw(st.integers(0, 5)))]
    if draw(st.booleans()):
        quotas.append(quota("only_b", prizes=("b",), at_most=draw(st.integers(0, 3))))
    for number, kind in enumerate(draw(st.lists(st.sampled_from(["farm", "school"]), max_size=2, unique=True))):
        unused = draw(st.sampled_from(["released", "vacant"]))
        more = {"reserved": draw(st.integers(1, 2)), "inside": "outer", "unused_reserve": unused}
        quotas.append(quota(f"kept{number}", prizes=("a", "b"), where=f"org.kind == '{kind}'", **more))
    kinds = st.sampled_from(["farm", "school", "enterprise"])
    rows = draw(st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), kinds), max_size=7))
    return [Candidate(n, prize, facts={"org": {"kind": kind}}) for n, (prize, kind) in enumerate(rows)], quotas


def allowed(chosen, quotas, kept):
    """Whether a list may be chosen: each quota holds its own and the places that it must still keep."""
    for q in quotas:
        if q.max is None:
            continue
        mine = [c for c in chosen if covers(q, Place(c))]
        held_back = 0
        for inner in quotas:
            if inner.inside == q.key:
                served = sum(covers(inner, Place(c)) for c in chosen)
                held_back += max(0, kept[inner.key] - served)
        if mine and len(mine) + held_back > q.max.value:
            return False
    return True


def slowly(candidates, quotas):
    """The list that puts those in front first, among all lists allowed; then unused places are released and it is done again."""
    kept = {q.key: q.reserved for q in quotas if q.inside}
    while True:
        lists = [c for size in range(len(candidates) + 1) for c in itertools.combinations(candidates, size)]
        chains = [chosen for chosen in lists if all(allowed(chosen[:n], quotas, kept) for n in range(len(chosen) + 1))]
        best = max(chains, key=lambda chosen: [candidate in chosen for candidate in candidates])
        used = {
            q.key: sum(covers(q, Place(c)) for c in best) for q in quotas if q.inside and q.unused_reserve == "released"
        }
        smaller = {key: min(places, used.get(key, places)) for key, places in kept.items()}
        if smaller == kept:
            return [c.id for c in best]
        kept = smaller


@hypothesis_settings(max_examples=150, deadline=None)
@given(situations())
def test_as_the_slow_search_finds(situation):
    candidates, quotas = situation
    assert ids(candidates, quotas) == slowly(candidates, quotas)


@hypothesis_settings(max_examples=150, deadline=None)
@given(situations())
def test_no_quota_is_gone_over_and_every_refusal_stands(situation):
    candidates, quotas = situation
    placed, refused = fill(candidates, quotas)
    assert {p.candidate.id for p in placed} | {r.candidate.id for r in refused} == {c.id for c in candidates}
    assert len(placed) + len(refused) == len(candidates)
    for q in quotas:
        limit = limit_of(q, {})
        assert limit is None or sum(covers(q, place) for place in placed) <= limit
    assert all(r.article == "4" and covers(r.quota, Place(r.candidate)) for r in refused)
    assert [over for over, _limit, _got in exceeded(placed, quotas) if not any(q.inside for q in quotas)] == []


@hypothesis_settings(max_examples=100, deadline=None)
@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_the_quotas_does_not_matter(situation, random):
    candidates, quotas = situation
    shuffled = list(quotas)
    random.shuffle(shuffled)
    assert ids(candidates, quotas) == ids(candidates, shuffled)
