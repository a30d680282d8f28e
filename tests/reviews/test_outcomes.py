"""Who goes on: gates, shortlists, ties, department scores, composites; what goes out in writing."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from documents.models import Paper
from notifications.models import Message
from reviews.domain import departments, outcomes, ties
from reviews.domain.departments import Answer
from reviews.kinds.composite import CompositeKind
from reviews.kinds.department_review import DepartmentReviewKind
from reviews.models import Consensus, Feedback, Report, ScoreSheet, StageReport, TieDecision
from reviews.queries import departments as asked
from reviews.queries import places, progress
from rounds import engine
from rounds.kinds import kind_of
from rounds.models import StageEntry
from tests.refusing import refused
from tests.reviews.bench import Bench

Make = Callable[..., Bench]


def score_alike(made: Bench, key: str, ids: list[int]) -> None:
    """Make the sheets (and reports) of these entries alike, so that they tie."""
    like = ScoreSheet.objects.filter(stage_entry=ids[0]).order_by("id").first()
    ScoreSheet.objects.filter(stage_entry__in=ids).update(scores=like.scores, total=like.total)
    Consensus.objects.filter(stage_entry__in=ids).delete()
    for work in progress.of_stage(made.stage(key)):
        if work.row.pk in ids:
            assert work.result is not None
            Report.objects.filter(stage_entry=work.row).update(score=work.result)


@pytest.mark.requirement("wenzhou-15", "qingyuan-4.2")
@pytest.mark.parametrize(
    ("name", "article", "kept"), [("wenzhou-2020", "15", 20), ("qingyuan-draft-2025", "4.2", None)]
)
def test_the_shortlist_has_its_number_and_the_others_are_told_in_writing(
    bench: Make, name: str, article: str, kept: int | None
) -> None:
    made = bench(name, entries=24, one_prize=True)
    made.play("documents", forbidden=False)
    stage = made.stage("documents")
    if kept is None:
        quota = places.prize_places(made.round.rules, made.round.prizes[0])
        kept = int(stage.spec.shortlist.times_quota.value * quota)
    made.decide("documents")
    rows = made.rows("documents")
    on, off = [r for r in rows if r.status == "advanced"], [r for r in rows if r.status == "stopped"]
    assert len(on) == kept
    assert min(r.score for r in on) > max(r.score for r in off)
    assert {r.article for r in off} == {article}
    assert all(r.rank and r.reason for r in off)
    told = Feedback.objects.select_related("paper").all()
    assert {f.stage_entry_id for f in told} == {r.pk for r in off}
    assert all(f.in_writing and f.paper is not None and f.findings for f in told)
    assert Message.objects.filter(kind="reviews.feedback").count() == len(off)
    assert Paper.objects.filter(kind="review_report_documents").count() == len(rows)
    letter = Paper.objects.filter(kind="review_feedback").first()
    assert article in letter.context["basis"]


@pytest.mark.requirement("yiwu-5.2", "wenling-16")
def test_feedback_that_need_not_be_in_writing_has_no_letter(bench: Make) -> None:
    made = bench(
        "yiwu-2020", entries=2, tweak={"stages.documents.shortlist": {"article": "5.2", "max": 1, "per": "round"}}
    )
    made.through("documents")
    told = Feedback.objects.get()
    assert (told.in_writing, told.paper) == (False, None)
    assert Message.objects.filter(kind="reviews.feedback").count() == 1


@pytest.mark.requirement("wenzhou-16b")
def test_at_most_ten_candidates_go_to_the_committee(bench: Make) -> None:
    made = bench("wenzhou-2020", entries=12)
    made.play("onsite", forbidden=False)
    made.decide("onsite")
    statuses = [r.status for r in made.rows("onsite")]
    assert (statuses.count("advanced"), statuses.count("stopped")) == (10, 2)
    assert {r.article for r in made.rows("onsite") if r.status == "stopped"} == {"16"}


@pytest.mark.requirement("wenling-6c", "wenzhou-16b", "tacheng-19")
def test_a_tie_at_the_cut_waits_for_a_recorded_decision(bench: Make) -> None:
    made = bench(
        "wenzhou-2020", entries=5, tweak={"stages.documents.shortlist": {"article": "15", "max": 2, "per": "round"}}
    )
    made.play("documents", forbidden=False)
    standings = kind_of(made.stage("documents")).standings(made.stage("documents"))
    ordered = [line.row.pk for line in standings.lines]
    tied = ordered[1:4]
    score_alike(made, "documents", tied)
    stage, office = made.stage("documents"), made.cast.office
    standings = kind_of(stage).standings(stage)
    (tie,) = standings.ties
    assert (sorted(tied), tie.free) == (tie.ids, 1)
    assert [line.outcome for line in standings.lines] == ["advanced", "tied", "tied", "tied", "stopped"]
    assert [line.rank for line in standings.lines] == [1, 2, 2, 2, 5]
    assert [(b.code, b.article, b.count) for b in engine.stages.blockers(stage)] == [("tie_at_the_cut", "15", 3)]
    with refused("stage_blocked", article="15"):
        engine.prepare(actor=office, stage=stage)

    def settle(chosen: list[int], reason: str = "The smaller firm", **more: object) -> TieDecision:
        wanted = {
            "actor": office,
            "stage": stage,
            "group": "",
            "score": tie.score,
            "chosen": chosen,
            "reason": reason,
            **more,
        }
        return ties.settle(**wanted)  # type: ignore[arg-type]

    with refused("reason_missing"):
        settle(tied[:1], " ")
    with refused("more_than_places"):
        settle(tied[:2])
    with refused("not_tied"):
        settle([ordered[0]])
    with refused("no_such_tie"):
        settle(tied[:1], score=tie.score + 1)
    with refused("not_yours_to_do"):
        settle(tied[:1], actor=made.cast.supervisor)
    assert not TieDecision.objects.exists()
    settle([tied[1]])
    made.decide("documents")
    on = {r.pk for r in made.rows("documents") if r.status == "advanced"}
    assert on == {ordered[0], tied[1]}
    assert {r.rank for r in made.rows("documents") if r.pk in tied} == {2}


def test_a_tie_decision_lapses_when_the_tie_changes(bench: Make) -> None:
    made = bench(
        "wenzhou-2020", entries=4, tweak={"stages.documents.shortlist": {"article": "15", "max": 1, "per": "round"}}
    )
    made.play("documents", forbidden=False)
    stage = made.stage("documents")
    ordered = [line.row.pk for line in kind_of(stage).standings(stage).lines]
    score_alike(made, "documents", ordered[:2])
    (tie,) = kind_of(stage).standings(stage).ties
    ties.settle(
        actor=made.cast.office,
        stage=stage,
        group="",
        score=tie.score,
        chosen=[],
        reason="Neither: better none than unworthy",
    )
    assert not engine.stages.blockers(stage)
    score_alike(made, "documents", ordered[:3])
    (tie,) = kind_of(stage).standings(stage).ties
    assert tie.decision is None
    assert len(tie.rows) == 3


@pytest.mark.requirement("tacheng-19", "tacheng-21")
def test_only_those_that_passed_the_defence_are_visited(bench: Make) -> None:
    made = bench("tacheng-2023", entries=6)
    for number, candidate in enumerate(made.ctx.candidates):
        candidate.merit = 0.9 if number % 2 == 0 else 0.1
    made.through("documents")
    made.through("defence")
    stopped = [r for r in made.rows("defence") if r.status == "stopped"]
    least = made.stage("defence").spec.gate.min_score.value
    assert len(stopped) == 3
    assert all(r.article == "21" and r.score < least and str(least) in r.reason for r in stopped)
    made.through("onsite")
    assert {r.entry_id for r in made.rows("onsite")} == {
        r.entry_id for r in made.rows("defence") if r.status == "advanced"
    }
    assert Report.objects.filter(kind="onsite").count() == 3
    assert Paper.objects.filter(kind="review_report_onsite").count() == 3


@pytest.mark.requirement("yiwu-5.3")
def test_departments_give_opinions_and_credit_points_and_a_score_is_computed(bench: Make) -> None:
    made = bench("yiwu-2020", entries=2)
    stage = made.open("departments")
    row, other = made.rows("departments")
    first, second = asked.bodies_asked(stage)[:2]
    officer = made.cast.bodies[first.pk]

    def answer(said: Answer, *, actor: object = officer, body: object = first, on: StageEntry = row) -> None:
        departments.answer(actor=actor, stage=made.stage("departments"), body=body, answers={on.pk: said})  # type: ignore[arg-type]

    todos = {t.body_id: t.count for t in DepartmentReviewKind().todos(stage)}
    assert todos[first.pk] == 2
    with refused("not_acting_for_body", article="5.3"):
        answer(Answer("good"), actor=made.cast.bodies[second.pk])
    with refused("opinion_unknown", article="5.3"):
        answer(Answer("splendid"))
    with refused("credit_outside_scale", article="5.3"):
        answer(Answer("good", "100.1"))
    with refused("score_not_a_number", article="5.3"):
        answer(Answer("good", "many"))
    with refused("opinion_empty", article="5.3"):
        answer(Answer())
    engine.recuse(actor=officer, entry=other.entry, user=officer, reason="kin")
    with refused("entry_not_waiting_here"):
        answer(Answer("good"), on=other)
    answer(Answer("good"))
    answer(Answer("fair"))
    answer(Answer("poor", "90", "one fine last year"), actor=made.cast.bodies[second.pk], body=second)
    found = {o.row.pk: o for o in asked.of_stage(made.stage("departments"))}
    # opinions 60 and 0: 30 × 0.7; credit 90 × 0.3
    assert found[row.pk].score == Decimal("48.00")
    assert found[other.pk].score is None
    (unheard,) = engine.stages.blockers(made.stage("departments"))
    assert (unheard.code, unheard.count, unheard.article) == ("unheard", 1, "5.3")
    answer(Answer("fair"), actor=made.cast.bodies[second.pk], body=second, on=other)
    made.decide("departments")
    decided = {r.pk: r for r in made.rows("departments")}
    assert (decided[row.pk].status, decided[row.pk].score) == ("advanced", Decimal("48"))
    assert (decided[other.pk].status, decided[other.pk].score) == ("advanced", Decimal("60"))
    assert decided[row.pk].facts["credit"] == {second.key: "90.0000"}


@pytest.mark.requirement("yiwu-5.3")
def test_silence_blocks_where_the_policy_says_so(bench: Make) -> None:
    made = bench("yiwu-2020", entries=1, tweak={"stages.departments.silence": "blocks"})
    stage = made.open("departments")
    codes = {b.code: b for b in engine.stages.blockers(stage)}
    assert set(codes) == {"opinions_missing", "credit_missing"}
    assert codes["opinions_missing"].count == len(asked.bodies_asked(stage))
    made.play("departments")
    assert not engine.stages.blockers(made.stage("departments"))


@pytest.mark.requirement("wenling-18", "qingyuan-4.4")
@pytest.mark.parametrize(("name", "article"), [("wenling-2023", "18"), ("qingyuan-draft-2025", "4.4")])
def test_the_composite_ranks_by_both_reports_and_is_handed_on_with_its_report(
    bench: Make, name: str, article: str
) -> None:
    made = bench(name, entries=4, one_prize=True)
    made.open("composite")
    stage = made.stage("composite")
    rules = made.round.rules
    bases = [
        rules.sheet(rules.stage(k).sheets.get(made.round.prizes[0]) or rules.stage(k).sheets["any"]).total
        for k in ("documents", "onsite")
    ]
    entries = [r.entry for r in made.rows("composite")]
    StageEntry.objects.filter(stage__round=made.round, stage__key="documents").delete()
    for entry, documents, onsite in zip(
        entries, ("0.80", "0.70", "0.70", "0.60"), ("0.70", "0.75", "0.75", "0.9"), strict=True
    ):
        before = made.stage("documents")
        StageEntry.objects.create(
            stage=before,
            entry=entry,
            status="advanced",
            score=Decimal(documents) * bases[0],
            entered_at=made.round.opened_at,
        )
        StageEntry.objects.filter(stage__key="onsite", entry=entry).update(score=Decimal(onsite) * bases[1])
    assert {(b.code, b.article) for b in engine.stages.blockers(stage)} == {("report_missing", article)}
    with refused("stage_blocked", article=article):
        engine.prepare(actor=made.cast.office, stage=stage)
    with refused("not_yours_to_do", article=article):
        outcomes.write_report(actor=made.cast.supervisor, stage=stage, text="x")
    with refused("report_empty", article=article):
        outcomes.write_report(actor=made.cast.office, stage=stage, text=" ")
    outcomes.write_report(actor=made.cast.office, stage=stage, text="Four candidates, from both reports.")
    standings = CompositeKind().standings(made.stage("composite"))
    # 40 % of the document review and 60 % of the on-site review
    assert [(str(line.score), line.rank) for line in standings.lines] == [
        ("78.00", 1),
        ("74.00", 2),
        ("73.00", 3),
        ("73.00", 3),
    ]
    made.decide("composite")
    decided = {r.entry_id: r for r in made.rows("composite")}
    assert [decided[e.pk].rank for e in entries] == [2, 3, 3, 1]
    assert all(r.status == "advanced" for r in decided.values())
    report = StageReport.objects.get(stage=stage)
    assert report.paper.kind == "composite_report"
    assert [row[0] for row in report.paper.context["sections"][1]["rows"]] == [1, 2, 3, 3]


@pytest.mark.requirement("yiwu-5.5a")
def test_the_total_counts_the_department_score_and_drops_what_did_not_concern_an_entry(bench: Make) -> None:
    made = bench("yiwu-2020", entries=2)
    made.open("composite")
    (one, two) = made.rows("composite")
    rules = made.round.rules
    for key, shares in (("documents", ("0.8", "0.8")), ("onsite", ("0.6", "0.6"))):
        base = rules.sheet(rules.stage(key).sheets["any"]).total
        for row, share in zip((one, two), shares, strict=True):
            StageEntry.objects.update_or_create(
                stage=made.stage(key),
                entry=row.entry,
                defaults={"status": "advanced", "score": base * Decimal(share), "entered_at": made.round.opened_at},
            )
    for row, score in ((one, Decimal(50)), (two, None)):
        StageEntry.objects.update_or_create(
            stage=made.stage("departments"),
            entry=row.entry,
            defaults={"status": "advanced", "score": score, "entered_at": made.round.opened_at},
        )
    found = {line.row.pk: line.score for line in CompositeKind().standings(made.stage("composite")).lines}
    assert found[one.pk] == Decimal("64.00")  # 30 × 80 + 50 × 60 + 20 × 50
    assert found[two.pk] == Decimal("67.50")  # (30 × 80 + 50 × 60) / 80


@pytest.mark.requirement("wenling-6b", "wenling-6c", "yiwu-2.3")
def test_a_team_proposes_whom_it_would_see_go_on(bench: Make) -> None:
    made = bench("wenling-2023", entries=4)
    made.play("documents", forbidden=False)
    from reviews.models import Team, TeamProposal

    team = Team.objects.filter(stage=made.stage("documents")).first()
    proposal = TeamProposal.objects.get(team=team)
    own = [r.pk for r in made.rows("documents") if made.work(r).team == team]
    assert sorted(proposal.listed) == sorted(own)
    stranger = next(r.pk for r in made.rows("documents") if r.pk not in own)
    leader = made.user(team.members.get(is_leader=True).reviewer)
    with refused("entry_not_of_this_team", article="6"):
        outcomes.propose(actor=leader, team=team, listed=[stranger])
    with refused("not_yours_to_do", article="6"):
        outcomes.propose(actor=made.user(team.members.filter(is_leader=False).first().reviewer), team=team, listed=own)


def test_places_follow_the_quotas() -> None:
    from types import SimpleNamespace

    from jurisdictions.policy.prizes import Quota

    def policy(*quotas: dict, tiers: tuple[str, ...] = ()) -> object:
        prize = SimpleNamespace(tiers=[SimpleNamespace(key=t) for t in tiers], categories=[])
        return SimpleNamespace(
            quotas=[Quota.model_validate({"key": "q", "article": "1", **q}) for q in quotas], prize=lambda key: prize
        )

    assert places.prize_places(policy(), "a") is None
    assert places.prize_places(policy({"prizes": ["a"], "max": 3}, {"prizes": ["a", "b"], "max": 2}), "a") == 2
    tiered = policy(
        {"prizes": ["a"], "tiers": ["gold"], "max": 1},
        {"prizes": ["a"], "tiers": ["silver"], "max": 4},
        tiers=("gold", "silver"),
    )
    assert places.prize_places(tiered, "a") == 5
    assert (
        places.prize_places(policy({"prizes": ["a"], "tiers": ["gold"], "max": 1}, tiers=("gold", "silver")), "a")
        is None
    )
    assert places.round_places(policy({"prizes": ["a"], "max": 3}, {"prizes": ["b"], "max": 4}), ["a", "b"]) == 7
    assert (
        places.round_places(
            policy({"prizes": ["a", "b"], "max": 5}, {"prizes": ["a"], "max": 3}, {"prizes": ["b"], "max": 4}),
            ["a", "b"],
        )
        == 5
    )
    assert places.round_places(policy({"prizes": ["a"], "max": 3}), ["a", "b"]) is None
