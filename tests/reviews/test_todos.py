"""What waits for whom, and who may read the papers."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User
from documents.models import Paper
from jurisdictions import roles
from reviews import readers
from reviews.domain import conduct, pool
from reviews.kinds.composite import CompositeKind
from reviews.kinds.team_review import TeamReviewKind
from reviews.models import Report, StageReport
from reviews.players import reviewing
from reviews.queries import progress
from rounds import engine, todos
from rounds.capacities import held_by
from rounds.kinds import Todo, kind_of
from tests.reviews.bench import Bench

Make = Callable[..., Bench]


@pytest.mark.requirement("wenling-6a", "yiwu-5.2")
def test_each_finds_what_is_theirs_to_do(bench: Make) -> None:
    made = bench("yiwu-2020", entries=2)
    stage = made.open("documents")
    kind = TeamReviewKind()
    assert {(t.code, t.role) for t in kind.todos(stage)} == {("unassigned", "office")}
    assert all(b.url and b.article for b in kind.blockers(stage))
    made.teams("documents")
    waiting = {t.user_id: t.count for t in kind.todos(made.stage("documents")) if t.code == "score"}
    assert set(waiting) == {a.reviewer.user_id for row in made.rows("documents") for a in made.work(row).assignments}
    works = progress.of_stage(made.stage("documents"))
    reviewing.hand_in(made.ctx, made.stage("documents"), works)
    reviewing.agree(made.ctx, progress.of_stage(made.stage("documents")))
    codes = {t.code for t in kind.todos(made.stage("documents"))}
    assert codes == {"report", "propose"}
    reviewing.report(made.ctx, made.stage("documents"), progress.of_stage(made.stage("documents")))
    assert {t.code for t in kind.todos(made.stage("documents"))} == {"propose"}
    assert {t.code for t in CompositeKind().todos(made.stage("composite"))} == set()
    assert kind_of(stage).url(stage).endswith(f"/reviews/stages/{stage.pk}/")


@pytest.mark.requirement("wenling-18", "wenling-24")
def test_papers_are_read_by_those_concerned_and_by_nobody_who_stepped_aside(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=2)
    made.through("documents")
    report = Report.objects.select_related("paper").first()
    paper, row = report.paper, report.stage_entry
    owner = next(c.owner for c in made.ctx.candidates if c.organisation.pk == row.entry.organisation_id)
    other = next(c.owner for c in made.ctx.candidates if c.organisation.pk != row.entry.organisation_id)
    assert readers.reads_report(owner, report, paper)
    assert readers.reads_report(made.cast.office, report, paper)
    assert readers.reads_report(made.cast.supervisor, report, paper)
    assert not readers.reads_report(other, report, paper)
    assert not readers.reads_report(made.cast.reviewers[0], report, paper)
    engine.recuse(actor=made.cast.office_head, entry=row.entry, user=made.cast.supervisor, reason="kin")
    assert not readers.reads_report(made.cast.supervisor, report, paper)
    made.through("onsite")
    made.through("composite")
    found = StageReport.objects.select_related("paper").get()
    assert readers.reads_stage_report(made.cast.electors[0], found, found.paper)
    assert not readers.reads_stage_report(owner, found, found.paper)
    assert Paper.objects.filter(kind="review_report_onsite").count() == Report.objects.filter(kind="onsite").count()
    assert conduct.policy_for(made.round.jurisdiction).code == "wenling"


@pytest.mark.requirement("wenling-24", "yiwu-7.1")
def test_an_unsigned_undertaking_waits_for_the_reviewer_and_for_the_office(bench: Make) -> None:
    made = bench("wenling-2023", year=2025, entries=1)
    place = made.round.jurisdiction
    clerk, expert = (User.objects.create_user(f"{n}@example.org", name=n) for n in ("clerk", "expert"))
    root = User.objects.create_user("root@example.org", name="Root", is_superuser=True)
    roles.begin(actor=root, user=clerk, role="office", jurisdiction=place)

    def waiting(user: User) -> dict[str, Todo]:
        return {w.todo.code: w.todo for w in todos.waiting_for(held_by(user)) if w.todo.code.startswith("undertaking")}

    assert waiting(clerk) == {}, "those of a rehearsal sign in the rehearsal"
    reviewer = pool.appoint(actor=clerk, user=expert, jurisdiction=place, text="Decision 1")
    wanted = [u for u in made.round.rules.undertakings if "reviewer" in u.who]
    mine, theirs = waiting(expert)["undertaking"], waiting(clerk)["undertakings_open"]
    assert (mine.article, theirs.article, theirs.count) == (wanted[0].article, wanted[0].article, 1)
    client = Client()
    client.force_login(expert)
    assert client.get(mine.url).status_code == 200
    client.post(mine.url)
    assert waiting(expert) == waiting(clerk) == {}
    reviewer.refresh_from_db()
    assert set(reviewer.undertakings) == {u.key for u in wanted}
