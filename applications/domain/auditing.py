"""The preliminary review: the body in charge checks point by point, publishes where told, sends the file on with its opinion.

Each act has a form for many entries of one stage at once (a body examines its list, and publishes it as one): a constant
number of queries, one record of the act, and wholly or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from applications import hooks_office
from applications.domain import assessing, checking, letters, renewal
from applications.domain.assessing import Found
from applications.domain.audit_work import (
    OUTCOME,
    begin,
    log,
    refuse_adverse,
    refuse_objections,
    refuse_open_points,
    stage_of,
    window_article,
    window_departed,
)
from applications.domain.recommending import told
from applications.domain.telling import tell_outcome
from applications.models.assessment import CheckRecord
from applications.models.opinions import PreliminaryReview
from core.refusals import Refused
from jurisdictions.calendar import calendar_of, window
from rounds import clock, engine
from rounds.models import RoundStage, StageEntry

ByEntry = Mapping[StageEntry, Mapping[str, Any]]


def find(*, actor: User, stage_entry: StageEntry, findings: Mapping[str, Found]) -> PreliminaryReview:
    """What the body found of the points, one by one; against a computation, or where it is unknown, with a note."""
    return find_many(actor=actor, findings={stage_entry: findings})[0]


@transaction.atomic
def find_many(*, actor: User, findings: Mapping[StageEntry, Mapping[str, Found]]) -> list[PreliminaryReview]:
    """Findings of several entries."""
    reviews = begin(actor, findings)
    given = {row.pk: found for row, found in findings.items()}
    changed = assessing.write_many([r.stage_entry for r in reviews], given, actor=actor, may_leave=True)
    shown = {str(row): {p.key: p.finding for p in points} for row, points in changed.items()}
    log(reviews, "entry.audited", actor, findings=shown)
    return reviews


def check(*, actor: User, stage_entry: StageEntry, values: Mapping[str, Any], evidence: str = "") -> PreliminaryReview:
    """Answers of registers and lists that the policy has the body look up. Refused for one that is not asked here."""
    return check_many(actor=actor, values={stage_entry: values}, evidence=evidence)[0]


@transaction.atomic
def check_many(*, actor: User, values: ByEntry, evidence: str = "") -> list[PreliminaryReview]:
    """A register's answers for several entries."""
    reviews = begin(actor, values)
    stage = stage_of(reviews)
    read = {row.entry_id: _read(stage, given) for row, given in values.items()}
    for body in {review.body_id: review.body for review in reviews}.values():
        mine = {r.stage_entry.entry_id: read[r.stage_entry.entry_id] for r in reviews if r.body_id == body.pk}
        checking.put_down(
            stage.round.rules, mine, source=CheckRecord.Source.BODY, actor=actor, body=body, at=clock.now(stage.round), evidence=evidence
        )  # fmt: skip
    renewal.renew(stage, [review.stage_entry for review in reviews])
    log(reviews, "entry.checked", actor, checks={str(entry): given for entry, given in read.items()}, evidence=evidence)
    return reviews


def consulted(*, actor: User, stage_entry: StageEntry, outcomes: Sequence[Mapping[str, str]]) -> PreliminaryReview:
    """Record which departments were consulted and what came of it."""
    return consulted_many(actor=actor, stage_entries=[stage_entry], outcomes=outcomes)[0]


@transaction.atomic
def consulted_many(
    *, actor: User, stage_entries: Iterable[StageEntry], outcomes: Sequence[Mapping[str, str]]
) -> list[PreliminaryReview]:
    """The same consultation about several entries."""
    reviews = begin(actor, stage_entries)
    kept = told(outcomes, stage_of(reviews).article)
    for review in reviews:
        review.consulted = kept
    PreliminaryReview.objects.bulk_update(reviews, ["consulted"], batch_size=500)
    log(reviews, "entry.consulted", actor, consulted=kept)
    return reviews


def publish(*, actor: User, stage_entry: StageEntry, where: str) -> PreliminaryReview:
    """Publish to the public; the window runs from the day after. Refused while points, checks or the consultation are open."""
    return publish_many(actor=actor, stage_entries=[stage_entry], where=where)[0]


@transaction.atomic
def publish_many(*, actor: User, stage_entries: Iterable[StageEntry], where: str) -> list[PreliminaryReview]:
    """Publish several entries as one list."""
    reviews = begin(actor, stage_entries)
    stage = stage_of(reviews)
    days, article = stage.spec.window, window_article(stage)
    if days is None:
        raise Refused("no_window_here", article=stage.article)
    before = next((review.published_on for review in reviews if review.published_on), None)
    if before:
        raise Refused("published_already", article=article, day=before)
    if not where.strip():
        raise Refused("place_missing", article=article, field="where")
    refuse_open_points(reviews)
    today, calendar = clock.today(stage.round), calendar_of(stage.round.jurisdiction)
    span = window(calendar, after=today, length=days.length.value, unit=days.unit, article=article)
    for review in reviews:
        review.published_on, review.published_where = today, where.strip()
        review.window_ends_at, review.window = span.ends_at, span.as_data()
    fields = ("published_on", "published_where", "window_ends_at", "window")
    PreliminaryReview.objects.bulk_update(reviews, fields, batch_size=500)
    for review in reviews:
        hooks_office.announce(review)
    log(reviews, "entry.published_by_body", actor, article, where=where.strip(), until=span.last_day)
    return reviews


def pass_on(
    *, actor: User, stage_entry: StageEntry, opinion: str, departure: str = "", reason: str = ""
) -> PreliminaryReview:
    """Issue the audit opinion and send the file on.

    Refused: open points or one not met, checks without answer, an adverse answer without ``reason``, nobody consulted, no
    window or one that still runs (unless the policy lets depart from it and ``departure`` says why), objections open or
    standing, no opinion.
    """
    given = {"opinion": opinion, "departure": departure, "reason": reason}
    return pass_many(actor=actor, stage_entries=[stage_entry], **given)[0]


@transaction.atomic
def pass_many(
    *, actor: User, stage_entries: Iterable[StageEntry], opinion: str, departure: str = "", reason: str = ""
) -> list[PreliminaryReview]:
    """The same opinion on several entries; each is sent on by itself."""
    reviews = begin(actor, stage_entries)
    stage = stage_of(reviews)
    if not opinion.strip():
        raise Refused("opinion_missing", article=stage.article, field="opinion")
    refuse_open_points(reviews)
    refuse_adverse(reviews, reason)
    departed = [window_departed(review, departure) for review in reviews]
    refuse_objections(reviews)
    now = clock.now(stage.round)
    for review, departs in zip(reviews, departed, strict=True):
        review.opinion, review.reason, review.officer = opinion.strip(), reason.strip(), actor
        review.outcome, review.at = OUTCOME.PASSED, now
        review.departure_reason = departure.strip() if departs else ""
        review.departure_article = (stage.spec.departure_article or stage.article) if departs else ""
        review.paper = letters.audit_opinion(review)
        review.save()
        engine.settle(
            actor=actor, stage_entry=review.stage_entry, outcome="advanced", article=stage.article, reason=review.opinion,
            act="entry.audit_passed", body=review.body.key, departure=review.departure_reason, departure_article=review.departure_article,
        )  # fmt: skip
        tell_outcome(review.stage_entry, "application.audited", review.body)
    return reviews


@transaction.atomic
def decline(*, actor: User, stage_entry: StageEntry, reason: str) -> PreliminaryReview:
    """The file is not sent on; the applicant learns why."""
    (review,) = begin(actor, [stage_entry])
    row, stage = review.stage_entry, review.stage_entry.stage
    if not reason.strip():
        raise Refused("reason_missing", article=stage.article, field="reason")
    review.outcome, review.reason, review.officer = OUTCOME.DECLINED, reason.strip(), actor
    review.at = clock.now(stage.round)
    review.save()
    engine.settle(
        actor=actor, stage_entry=row, outcome="stopped", article=stage.article, reason=review.reason,
        act="entry.audit_declined", body=review.body.key,
    )  # fmt: skip
    tell_outcome(row, "application.declined", review.body, review.reason)
    return review


def _read(stage: RoundStage, values: Mapping[str, Any]) -> dict[str, Any]:
    """What was answered, as stored."""
    given = {key: value for key, value in values.items() if value not in (None, "")}
    for key in given:
        if key not in stage.spec.checks:
            raise Refused("check_not_asked", article=stage.article, check=key)
    return {key: checking.read(stage.round.rules.check(key), value) for key, value in given.items()}
