"""The work of an audit: taking it up, what must be true before the next step. Acts are in ``auditing`` and ``audit_objections``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from accounts.models import User
from applications.domain import checking
from applications.domain.owning import charges_of, waiting_many
from applications.models import Application
from applications.models.assessment import Assessment
from applications.models.opinions import PreliminaryReview, WindowObjection
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry

OUTCOME = PreliminaryReview.Outcome


def begin(actor: User, stage_entries: Iterable[StageEntry]) -> list[PreliminaryReview]:
    """The audits under way, in the order given; the first act of a body in charge takes one up. Seven queries, however many."""
    rows = waiting_many(stage_entries)
    charges = charges_of(actor, rows)
    known = {r.pk: r for r in PreliminaryReview.objects.filter(stage_entry__in=rows).select_related("body")}
    fresh = [_taken_up(row, charges[row.pk], actor) for row in rows if row.pk not in known]
    PreliminaryReview.objects.bulk_create(fresh)
    known |= {review.stage_entry_id: review for review in fresh}
    for row in rows:
        review = known[row.pk]
        review.stage_entry = row
        if review.body_id not in {charge.body_id for charge in charges[row.pk]}:
            raise Refused("taken_up_by_another", article=row.stage.article, body=review.body.name)
    return [known[row.pk] for row in rows]


def _taken_up(row: StageEntry, charges: list[Any], actor: User) -> PreliminaryReview:
    return PreliminaryReview(stage_entry=row, body=charges[0].body, officer=actor)


def stage_of(reviews: list[PreliminaryReview]) -> RoundStage:
    """The stage of audits that were begun together."""
    return reviews[0].stage_entry.stage


def window_article(stage: RoundStage) -> str:
    """The article on the body's own publicity."""
    return stage.spec.window_article or stage.article


def log(reviews: list[PreliminaryReview], act: str, actor: User, article: str = "", **facts: Any) -> None:
    """One event: on the entry, or on the stage with all the entries where several were handled in one go."""
    stage = stage_of(reviews)
    subject: Any = reviews[0].stage_entry.entry
    if len(reviews) > 1:
        subject, facts = stage, facts | {"entries": [review.stage_entry.entry_id for review in reviews]}
    bodies = sorted({review.body.key for review in reviews})
    record(
        act, round_=stage.round, actor=actor, subject=subject, article=article or stage.article, stage=stage.key, body="、".join(bodies), **facts
    )  # fmt: skip


def refuse_open_points(reviews: list[PreliminaryReview]) -> None:
    """Every point found, none failing, every check answered, departments consulted; else refused. Two queries."""
    stage = stage_of(reviews)
    points = Assessment.objects.filter(stage_entry__in=[review.stage_entry for review in reviews])
    _refuse_points(list(points.order_by("stage_entry", "position")))
    for checks in checks_of(reviews).values():
        unanswered = [key for key in stage.spec.checks if checks.get(key) is None]
        if unanswered:
            check = stage.round.rules.check(unanswered[0])
            raise Refused(
                "checks_open",
                article=check.article,
                check=str(check.label),
                count=len(unanswered),
                field=f"check-{check.key}",
            )
    if stage.spec.consults and not all(review.consulted for review in reviews):
        raise Refused("nobody_consulted", article=stage.article)


def checks_of(reviews: list[PreliminaryReview]) -> dict[int, Mapping[str, Any]]:
    """``{entry id: established facts}``; nothing where the stage asks for none."""
    if not stage_of(reviews).spec.checks:
        return {}
    entries = [review.stage_entry.entry_id for review in reviews]
    return dict(Application.objects.filter(pk__in=entries).values_list("pk", "checks"))


def refuse_adverse(reviews: list[PreliminaryReview], reason: str) -> None:
    """An answer that speaks against the applicant needs a reason to send the file on."""
    stage = stage_of(reviews)
    if reason.strip():
        return
    asked = [stage.round.rules.check(key) for key in stage.spec.checks]
    for checks in checks_of(reviews).values():
        for check in asked:
            if checking.is_adverse(check, checks.get(check.key)):
                raise Refused("adverse_needs_reason", article=check.article, check=str(check.label), field="reason")


def window_departed(review: PreliminaryReview, departure: str) -> bool:
    """Whether the audit departs from its window. Refused where it does and may not, or without a reason."""
    stage = review.stage_entry.stage
    article = window_article(stage)
    over = review.window_ends_at is not None and clock.now(stage.round) > review.window_ends_at
    if stage.spec.window is None or over:
        return False
    if departure.strip() and stage.spec.departure == "reason":
        return True
    if departure.strip():
        raise Refused("departure_not_allowed", article=article)
    if review.window_ends_at is None:
        raise Refused("not_published", article=article)
    raise Refused("window_running", article=article, until=review.window_ends_at.date())


def refuse_objections(reviews: list[PreliminaryReview]) -> None:
    """Objections must be settled, and none may stand. One query."""
    article = window_article(stage_of(reviews))
    states = list(WindowObjection.objects.filter(review__in=reviews).values_list("stands", flat=True))
    if None in states:
        raise Refused("objections_open", article=article, count=states.count(None))
    if True in states:
        raise Refused("objection_stands", article=article)


def _refuse_points(points: list[Assessment]) -> None:
    unknown = [point for point in points if point.state == "unknown"]
    if unknown:
        raise Refused("points_open", article=unknown[0].article, count=len(unknown), field=unknown[0].key)
    failing = next((point for point in points if point.state == "not_met"), None)
    if failing:
        raise Refused("point_not_met", article=failing.article, field=failing.key)
