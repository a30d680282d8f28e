"""The proposed assignment: what the solver keeps to, how hands change it, how it is applied."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from reviews.domain import conduct, proposed, proposing
from reviews.domain.proposing import Wish
from reviews.models import Assignment, AssignmentProposal, Reviewer, Team
from reviews.tallies import solving
from tests.refusing import refused
from tests.reviews.bench import Bench

Make = Callable[..., Bench]


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.dictionaries(st.integers(0, 3), st.integers(0, 3).map(float), max_size=4), max_size=12),
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
    st.one_of(st.none(), st.integers(1, 4)),
)
def test_entries_go_only_where_they_may_within_the_cap_and_as_many_as_can_be(
    able: list[dict[int, float]], loads: list[int], cap: int | None
) -> None:
    found = solving.give(able, loads, cap)
    assert all(team is None or team in able[e] for e, team in enumerate(found))
    got = Counter(team for team in found if team is not None)
    if cap is not None:
        assert all(count <= max(cap - loads[team], 0) for team, count in got.items())
    for e, team in enumerate(found):  # nothing is left that a team with room could take
        if team is None:
            assert all(cap is not None and loads[t] + got[t] >= cap for t in able[e])
    if cap is None:
        assert None not in [team for e, team in enumerate(found) if able[e]]


def test_a_team_has_its_size_one_leader_and_an_expert_and_colleagues_are_kept_apart() -> None:
    people = [
        solving.Candidate(frozenset({0}), expert=n in (0, 5), lead=float(n == 3), employer="A" if n < 2 else f"E{n}")
        for n in range(6)
    ]
    found = solving.form(people, [solving.Shape(0, 3, True), solving.Shape(0, 3, True)])
    assert found is not None
    assert sorted(m for members, _leader in found for m in members) == list(range(6))
    for members, leader in found:
        assert leader == members[0]
        assert not {0, 1} <= set(members)
        assert {0, 5} & set(members)
    assert solving.form(people, [solving.Shape(0, 3, True)] * 3) is None
    assert solving.form(people[1:5], [solving.Shape(0, 3, True)]) is None


def test_five_hundred_entries_and_a_hundred_reviewers_take_seconds() -> None:
    people = [
        solving.Candidate(frozenset({0}), expert=n % 3 == 0, cost=(n * 37 % 10) / 3, lead=n % 5, employer=f"E{n % 60}")
        for n in range(100)
    ]
    started = time.monotonic()
    teams = solving.form(people, [solving.Shape(0, 3, True)] * 33)
    able = [{t: float((e * t) % 4) for t in range(33) if (e * 7 + t) % 10} for e in range(500)]
    given_ = solving.give(able, [0] * 33, None)
    assert teams is not None
    assert None not in given_
    assert max(Counter(given_).values()) <= 17
    assert time.monotonic() - started < 30


@pytest.mark.requirement("qingyuan-2.4", "yiwu-2.3")
def test_a_proposal_keeps_to_the_rules_is_changed_by_hand_and_applied_wholly(bench: Make) -> None:
    made = bench("yiwu-2020", entries=6)
    office = made.cast.office
    stage = made.open("documents")
    pool = made.reviewers()
    article = stage.spec.team.article
    rows = made.rows("documents")
    conduct.declare_interest(
        actor=office, reviewer=pool[0], organisation=rows[0].entry.organisation, text="Shares", round_=made.round
    )
    with refused("not_yours_to_do"):
        proposing.propose(actor=made.user(pool[0]), stage=stage, wish=Wish(1, 3))
    with refused("no_teams_to_give_to", article=article):
        proposing.propose(actor=office, stage=stage, wish=Wish())
    with refused("team_pool_too_small", article=article):
        proposing.propose(actor=office, stage=stage, wish=Wish(50, 5))
    held = proposing.propose(actor=office, stage=stage, wish=Wish(2, 3))
    assert not Team.objects.filter(stage=stage).exists(), "nothing holds yet"
    assert sum(len(t["entries"]) for t in held.teams) == 6
    experts = set(Reviewer.objects.filter(is_industry_expert=True).values_list("pk", flat=True))
    for team in held.teams:
        assert len(set(team["members"])) == 3
        assert team["leader"] in team["members"]
        assert experts & set(team["members"])
        assert not (pool[0].pk in team["members"] and rows[0].pk in team["entries"])
    here = next(t for t in held.teams if rows[1].pk in t["entries"])
    there = next(t for t in held.teams if t is not here)
    held = proposed.move(actor=office, proposal=held, stage_entry=rows[1], to=there["key"], version=held.version)
    with refused("proposal_outdated", article=article):
        proposed.move(actor=office, proposal=held, stage_entry=rows[1], to=here["key"], version=1)
    with refused("reviewer_in_another_team", article=article):
        proposed.exchange(
            actor=office,
            proposal=held,
            team=here["key"],
            leaving=None,
            coming=there["members"][0],
            version=held.version,
        )
    away = next((t for t in held.teams if pool[0].pk in t["members"]), None)
    if away is not None:
        with refused("reviewer_has_interest", article=made.round.rules.recusal.article):
            proposed.move(actor=office, proposal=held, stage_entry=rows[0], to=away["key"], version=held.version)
    short = held.teams[0]
    smaller = proposed.exchange(
        actor=office, proposal=held, team=short["key"], leaving=short["members"][0], coming=None, version=held.version
    )
    with refused("team_size", article=article):  # two are refused, and nothing is half applied
        proposed.apply(actor=office, proposal=smaller, version=smaller.version)
    assert not Team.objects.filter(stage=stage).exists()
    whole = proposed.exchange(
        actor=office,
        proposal=smaller,
        team=short["key"],
        leaving=None,
        coming=short["members"][0],
        version=smaller.version,
    )
    whole = proposed.lead(
        actor=office, proposal=whole, team=short["key"], leader=short["members"][0], version=whole.version
    )
    built = proposed.apply(actor=office, proposal=whole, version=whole.version)
    assert len(built) == 2
    assert Assignment.objects.filter(stage_entry__stage=stage, ended_at=None).count() == 18
    with refused("proposal_settled"):
        proposed.drop(actor=office, proposal=whole)


@pytest.mark.requirement("wenling-7")
def test_each_team_is_qualified_for_its_prizes_and_what_is_left_is_explained(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=4)
    stage = made.open("documents")
    made.reviewers()
    rows = made.rows("documents")
    kinds = {row.entry.prize for row in rows}
    held = proposing.propose(
        actor=made.cast.office, stage=stage, wish=Wish(new_teams=max(1, len(kinds)), size=3, cap=1)
    )
    given_ = {pk for team in held.teams for pk in team["entries"]}
    assert len(given_) == len(held.teams)
    client, code = Client(), made.round.jurisdiction.code
    client.force_login(made.cast.office)
    page = client.get(reverse("reviews:proposal", args=[code, stage.pk]))
    assert page.status_code == 200
    left = next(row for row in rows if row.pk not in given_)
    text = page.content.decode()
    assert left.entry.organisation.name in text
    where = reverse("reviews:change_proposal", args=[code, stage.pk])
    target = held.teams[0]["key"]
    moved = client.post(
        where, {"act": "move", "entry": left.pk, "to": target, "version": held.version, "shown": target}, follow=True
    )
    assert moved.status_code == 200
    held.refresh_from_db()
    wants = {"act": "apply", "version": held.version}
    assert client.post(where, wants).status_code == 302
    assert AssignmentProposal.objects.get(pk=held.pk).applied_at is not None
    assert Team.objects.filter(stage=stage).count() == len(held.teams)
