"""Two people at once, on PostgreSQL, with real threads."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection, connections
from django_scopes import scope

from core.refusals import Refused
from reviews.domain import assignments, consensus, scoring, teams
from reviews.domain.scoring import Given
from reviews.models import Consensus, ScoreSheet
from reviews.queries import progress
from rounds import engine
from tests.reviews import bench as benches
from tests.reviews.bench import Bench

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def made(transactional_db: None) -> Bench:
    if connection.vendor != "postgresql":
        pytest.skip("needs row locks")
    return benches.make("wenling-2023", year=2025, entries=1)


def at_once(made: Bench, *acts: Callable[[], Any]) -> list[Any]:
    """Run the acts together; what each returned, or its refusal."""
    results: list[Any] = [None] * len(acts)
    gate = threading.Barrier(len(acts))

    def run(place: int, act: Callable[[], Any]) -> None:
        try:
            with scope(jurisdiction=made.document.jurisdiction):
                gate.wait(10)
                results[place] = act()
        except Refused as refusal:
            results[place] = refusal
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(place, act)) for place, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
        assert not thread.is_alive()
    return results


def full(work: progress.EntryWork, mark: str, **other: str) -> Given:
    return Given({**{leaf.key: mark for leaf in work.sheet.leaves()}, **other})


def test_members_hand_in_at_once_and_the_same_person_only_once(made: Bench) -> None:
    with scope(jurisdiction=made.document.jurisdiction):
        made.open("documents")
        made.teams("documents")
        row = made.rows("documents")[0]
        work = made.work(row)
        users = [made.user(a.reviewer) for a in work.assignments]
    acts = [
        lambda user=user: scoring.save(actor=user, stage_entry=row, given=full(work, "60"), submit=True)
        for user in users
    ]
    results = at_once(made, *acts, acts[0])
    refusals = [r for r in results if isinstance(r, Refused)]
    assert [r.code for r in refusals] in (["sheet_handed_in"], ["sheet_changed_meanwhile"])
    with scope(jurisdiction=made.document.jurisdiction):
        assert ScoreSheet.objects.filter(submitted_at__isnull=False).count() == len(users)
        assert made.work(row).result is not None


def test_a_consensus_never_stands_on_a_sheet_that_changed_under_it(made: Bench) -> None:
    with scope(jurisdiction=made.document.jurisdiction):
        made.open("documents")
        made.teams("documents")
        row = made.rows("documents")[0]
        work = made.work(row)
        users = [made.user(a.reviewer) for a in work.assignments]
        leaf = work.sheet.leaves()[0].key
        for number, user in enumerate(users):
            scoring.save(
                actor=user, stage_entry=row, given=full(work, "60", **({leaf: "90"} if number else {})), submit=True
            )
        sheet = ScoreSheet.objects.get(reviewer__user=users[1])

    def settle() -> Consensus:
        return consensus.settle(actor=users[0], stage_entry=row, values={leaf: "75"}, reasons={leaf: "agreed"})

    def change() -> ScoreSheet:
        return scoring.reopen(actor=users[1], sheet=sheet, reason="a slip")

    settled, changed = at_once(made, settle, change)
    assert isinstance(changed, ScoreSheet)
    with scope(jurisdiction=made.document.jurisdiction):
        now = made.work(row)
        assert now.agreed is None
        assert now.result is None
        if isinstance(settled, Refused):
            assert settled.code == "sheets_missing"
            assert not Consensus.objects.exists()
        scoring.save(actor=users[1], stage_entry=row, given=full(work, "60"), version=changed.version, submit=True)
        assert made.work(row).agreed is None


def test_a_recusal_wins_over_a_sheet_handed_in_at_the_same_moment(made: Bench) -> None:
    with scope(jurisdiction=made.document.jurisdiction):
        made.open("documents")
        made.teams("documents")
        row = made.rows("documents")[0]
        work = made.work(row)
        leaving = work.assignments[-1].reviewer
        user = made.user(leaving)
    results = at_once(
        made,
        lambda: scoring.save(actor=user, stage_entry=row, given=full(work, "60"), submit=True),
        lambda: engine.recuse(actor=made.cast.office, entry=row.entry, user=user, reason="interest"),
    )
    assert not isinstance(results[1], Refused)
    with scope(jurisdiction=made.document.jurisdiction):
        assert leaving.pk not in {s.reviewer_id for s in made.work(row).sheets}
        with pytest.raises(Refused):
            scoring.save(actor=user, stage_entry=row, given=full(work, "70"), version=1)


def test_an_entry_given_to_two_teams_at_once_has_one(made: Bench) -> None:
    with scope(jurisdiction=made.document.jurisdiction):
        stage, people = made.open("documents"), made.reviewers()
        office, head = made.cast.office, made.cast.office_head
        both = [
            teams.build(actor=office, stage=stage, name=f"T{n}", members=people[n : n + 3], leaders=[people[n]])
            for n in (0, 3)
        ]
        row = made.rows("documents")[0]
    results = at_once(
        made,
        lambda: assignments.assign(actor=office, team=both[0], stage_entries=[row]),
        lambda: assignments.assign(actor=head, team=both[1], stage_entries=[row]),
    )
    assert [r.code for r in results if isinstance(r, Refused)] == ["entry_assigned_already"]
    with scope(jurisdiction=made.document.jurisdiction):
        assert len({a.team_id for a in made.work(row).assignments}) == 1
        assert len(made.work(row).assignments) == 3
