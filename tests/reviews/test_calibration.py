"""How severe, how even: numbers against colleagues on the same entries; the page, for the leader alone of the team."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from jurisdictions.policy.sheets import Sheet
from reviews.domain import scoring
from reviews.models import Team
from reviews.tallies.calibration import measure
from tests.reviews.bench import Bench
from tests.reviews.test_scoring import full
from tests.reviews.test_tallies import SHEET

Make = Callable[..., Bench]
LEAVES = [leaf.key for leaf in SHEET.leaves()]
MARKS = st.integers(0, 20).map(lambda n: Decimal(n * 5))


def sheet_of(mark: Decimal) -> dict[str, Decimal]:
    return dict.fromkeys(LEAVES, mark)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(MARKS, MARKS, MARKS), min_size=1, max_size=5))
def test_severities_cancel_out_and_boxes_are_in_order(entries: list[tuple[Decimal, Decimal, Decimal]]) -> None:
    sheet: Sheet = SHEET
    rows = [(n, sheet, {who: sheet_of(mark) for who, mark in enumerate(marks)}) for n, marks in enumerate(entries)]
    found = measure(rows, 20)
    assert [one.reviewer for one in found] == [0, 1, 2]
    assert abs(sum((one.severity for one in found), Decimal(0))) <= Decimal("0.2"), "each rounded to a tenth"
    for one in found:
        assert list(one.box) == sorted(one.box)
        assert one.sheets == len(entries)
        for outlier in one.outliers:
            assert abs(outlier.apart) > 20


def test_who_is_alone_has_no_severity_and_no_outlier() -> None:
    (one,) = measure([(1, SHEET, {7: sheet_of(Decimal(50))})], 20)
    assert one.severity is None
    assert one.outliers == ()


def test_the_leader_sees_it_when_sheets_are_in_and_a_member_does_not(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=2, one_prize=True)
    made.open("documents")
    team = made.teams("documents")[0]
    rows = [row for row in made.rows("documents") if made.work(row).team == team]
    work = made.work(rows[0])
    users = [made.user(a.reviewer) for a in work.assignments]
    client, address = Client(), reverse("reviews:calibration", args=[made.round.jurisdiction.code, team.pk])
    client.force_login(users[0])
    assert 'id="measures"' not in client.get(address).content.decode(), "independent until all are in"
    for user, mark in zip(users, ("90", "50", "50"), strict=False):
        scoring.save(actor=user, stage_entry=rows[0], given=full(work, mark), submit=True)
    page = client.get(address).content.decode()
    assert 'data-severity="40.0"' in page
    assert page.count("data-box=") == len(users)
    assert "<script>" not in page
    client.force_login(users[1])
    assert client.get(address).status_code == 403
    client.force_login(made.cast.supervisor)
    assert client.get(address).status_code == 200
    client.force_login(made.ctx.candidates[0].owner)
    assert client.get(address).status_code == 404


def test_once_the_stage_is_closed_those_who_oversee_it_look_back_and_the_team_no_longer_does(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=2, one_prize=True)
    stage = made.through("documents")
    assert stage.status == "closed"
    team = Team.objects.filter(stage=stage, assignments__end_code="closed").first()
    assert team
    client, address = Client(), reverse("reviews:calibration", args=[made.round.jurisdiction.code, team.pk])
    client.force_login(made.cast.office)
    assert "data-box=" in client.get(address).content.decode()
    leader = team.members.get(is_leader=True, ended_at=None).reviewer
    client.force_login(made.user(leader))
    assert "data-box=" not in client.get(address).content.decode(), "access ends with the stage"
