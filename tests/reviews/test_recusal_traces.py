"""Recused means gone: from lists, search, counts, exports, pages, files, to-dos; the record stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from documents import papers
from reviews.domain import assignments, proposing, reports, scoring, teams
from reviews.domain.ground import seats_of
from reviews.kinds import team_todos
from reviews.models import Assignment, AssignmentProposal, ScoreSheet
from reviews.queries.progress import of_stage
from reviews.readers import reads_report
from rounds import engine
from rounds.models import Recusal
from tests.reviews.bench import Bench
from tests.reviews.test_scoring import full

Make = Callable[..., Bench]


@pytest.mark.requirement("wenling-24", "qingyuan-6.1", "yiwu-7.1", "tacheng-35", "wenzhou-24")
def test_nothing_shows_the_case_to_the_recused_and_everything_is_on_record(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=2, one_prize=True)
    made.open("documents")
    made.teams("documents")
    row = made.rows("documents")[0]
    name, number = row.entry.organisation.name, row.entry.number
    work = made.work(row)
    for assignment in work.assignments:
        scoring.save(actor=made.user(assignment.reviewer), stage_entry=row, given=full(work, "60"), submit=True)
    leader, leaving = work.leader.reviewer, work.assignments[-1].reviewer
    report = reports.make(actor=made.user(leader), stage_entry=row, summary="All told")
    paper = papers.request(
        kind="t", jurisdiction=made.round.jurisdiction, subject=report, template="report", context={}, title="T"
    )
    user, code = made.user(leaving), made.round.jurisdiction.code
    client = Client()
    client.force_login(user)

    def address(which: str, *args: Any) -> str:
        return reverse(f"reviews:{which}", args=[code, *args])

    mine = address("mine")
    lists = (mine, f"{mine}?q={number}", f"{mine}?export=csv", address("team", work.team.pk))
    pages = [address(which, row.pk) for which in ("score", "differences", "report", "step_aside")]
    pages.append(reverse("applications:review", args=[code, row.entry_id]))
    assert all(name in _text(client.get(where)) for where in lists), "before: everywhere"
    assert reads_report(user, report, paper)

    engine.recuse(actor=user, entry=row.entry, user=user, reason="my brother works there")

    for where in lists:
        answer = client.get(where)
        assert answer.status_code == 200
        assert name not in _text(answer), where
        assert "?q=" in where or number not in _text(client.get(where)), where
    assert [client.get(where).status_code for where in pages] == [404] * len(pages)
    posts = {"score": {"version": 1}, "abstain": {"reason": "x"}, "step_aside": {"reason": "x"}}
    assert [client.post(address(which, row.pk), data).status_code for which, data in posts.items()] == [404] * 3
    assert not reads_report(user, report, paper)
    assert name not in _text(client.get(reverse("rounds:desk")))
    assert name not in _text(client.get(reverse("notifications:inbox")))
    found = [
        todo
        for todo in team_todos.of(made.stage("documents"), of_stage(made.stage("documents")))
        if todo.user_id == user.pk
    ]
    left = Assignment.objects.filter(reviewer=leaving, ended_at=None).count()
    assert sum(todo.count for todo in found if todo.code == "score") == left, "counts agree with the list"

    assert Recusal.objects.filter(entry=row.entry, user=user, ended_at=None).count() == 1
    assert Assignment.objects.get(stage_entry=row, reviewer=leaving).end_code == "recused"
    assert ScoreSheet.objects.filter(stage_entry=row, reviewer=leaving).exists()


def _text(response: Any) -> str:
    if response.streaming:
        return b"".join(response.streaming_content).decode("utf-8-sig")
    return str(response.content.decode())


@pytest.mark.requirement("wenling-24", "wenzhou-24")
def test_nothing_shows_the_case_to_a_recused_officer_of_the_office(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=4, one_prize=True)
    stage = made.open("documents")
    row = made.rows("documents")[0]
    office, code = made.cast.office, made.round.jurisdiction.code
    client = Client()
    client.force_login(office)
    people = made.reviewers()
    proposing.propose(actor=office, stage=stage, wish=proposing.Wish(new_teams=1, size=3))

    def texts(team: Any = None) -> dict[str, str]:
        wanted = {
            "stage": reverse("reviews:stage", args=[code, stage.pk]), "proposal": reverse("reviews:proposal", args=[code, stage.pk]),
            "ranking": reverse("reviews:ranking", args=[code, stage.pk]), "round": reverse("rounds:stage", args=[code, stage.pk]),
            "entries": reverse("rounds:entries", args=[code, made.round.pk]), "desk": reverse("rounds:desk"),
            "export": reverse("rounds:entries", args=[code, made.round.pk]) + "?export=csv",
            "feedback": reverse("reviews:feedback_drafts", args=[code, stage.pk]), "interests": reverse("reviews:interests", args=[code]),
        }  # fmt: skip
        if team:
            wanted |= {
                name: reverse(f"reviews:{name}", args=[code, team.pk]) for name in ("team", "propose", "calibration")
            }
        found = {}
        for name, address in wanted.items():
            response = client.get(address)
            assert response.status_code in (200, 404), (name, response.status_code)
            found[name] = _text(response) if response.status_code == 200 else ""
        key = next(iter(seats_of(AssignmentProposal.objects.latest("pk").teams))).key
        found["chosen"] = _text(client.get(wanted["proposal"] + f"?team={key}"))
        return found

    name = row.entry.organisation.name
    assert {where for where, text in texts().items() if name in text} >= {"entries", "chosen"}, "before: here and there"
    engine.recuse(actor=made.cast.office_head, entry=row.entry, user=office, reason="a cousin works there")
    assert [where for where, text in texts().items() if name in text or row.entry.number in text] == []
    team = teams.build(actor=made.cast.office_head, stage=stage, name="T", members=people[:3], leaders=people[:1])
    assert [where for where, text in texts(team).items() if name in text] == [], "nobody recused gives it out"
    assert client.post(reverse("reviews:assign", args=[code, team.pk]), {"stage_entries": [row.pk]}).status_code == 422
    assignments.assign(actor=made.cast.office_head, team=team, stage_entries=[row])
    assert [where for where, text in texts(team).items() if name in text] == []
    assert client.post(reverse("reviews:take_back", args=[code, row.pk]), {"reason": "x"}).status_code == 404
