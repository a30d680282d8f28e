"""The preliminary review: the body in charge checks point by point, publishes where told, and sends the file on with its opinion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from applications import hooks_office
from applications.domain import assessing, checking, letters, renewal
from applications.domain.assessing import Found
from applications.domain.owning import charge_of, waiting
from applications.domain.recommending import told
from applications.models import Application
from applications.models.assessment import Assessment, CheckRecord
from applications.models.opinions import PreliminaryReview, WindowObjection
from core.refusals import Refused
from jurisdictions.calendar import calendar_of, window
from rounds import clock, engine
from rounds.engine.logging import record
from rounds.models import RoundStage, StageEntry

OUTCOME = PreliminaryReview.Outcome


@transaction.atomic
def find(*, actor: User, stage_entry: StageEntry, findings: Mapping[str, Found]) -> PreliminaryReview:
    """What the body found of the points, one by one; against a computation, or where it is unknown, with a note."""
    review = _begin(actor, stage_entry)
    row = review.stage_entry
    changed = assessing.write(row, findings, actor=actor, may_leave=True)
    _log(review, "entry.audited", actor, findings={point.key: point.finding for point in changed})
    return review


@transaction.atomic
def check(*, actor: User, stage_entry: StageEntry, values: Mapping[str, Any], evidence: str = "") -> PreliminaryReview:
    """Answers of registers and lists that the policy has the body look up. Raises ``Refused`` for one that is not asked here."""
    review = _begin(actor, stage_entry)
    row, rules = review.stage_entry, review.stage_entry.stage.round.rules
    read = {key: _answer(row.stage, key, value) for key, value in values.items() if value not in (None, "")}
    checking.put_down(
        rules,
        {row.entry_id: read},
        source=CheckRecord.Source.BODY,
        actor=actor,
        body=review.body,
        at=clock.now(row.stage.round),
        evidence=evidence,
    )
    renewal.renew(row.stage, [row])
    _log(review, "entry.checked", actor, checks=read, evidence=evidence)
    return review


@transaction.atomic
def consulted(*, actor: User, stage_entry: StageEntry, outcomes: Sequence[Mapping[str, str]]) -> PreliminaryReview:
    """Record which departments were consulted and what came of it."""
    review = _begin(actor, stage_entry)
    review.consulted = told(outcomes, review.stage_entry.stage.article)
    review.save()
    _log(review, "entry.consulted", actor, consulted=review.consulted)
    return review


@transaction.atomic
def publish(*, actor: User, stage_entry: StageEntry, where: str) -> PreliminaryReview:
    """Publish to the public; the window runs from the day after. Refused while points, checks or the consultation are open."""
    review = _begin(actor, stage_entry)
    stage = review.stage_entry.stage
    days, article = stage.spec.window, _window_article(stage)
    if days is None:
        raise Refused("no_window_here", article=stage.article)
    if review.published_on:
        raise Refused("published_already", article=article, day=review.published_on)
    if not where.strip():
        raise Refused("place_missing", article=article, field="where")
    refuse_open_points(review)
    today = clock.today(stage.round)
    span = window(
        calendar_of(stage.round.jurisdiction), after=today, length=days.length.value, unit=days.unit, article=article
    )
    review.published_on, review.published_where = today, where.strip()
    review.window_ends_at, review.window = span.ends_at, span.as_data()
    review.save()
    hooks_office.announce(review)
    _log(review, "entry.published_by_body", actor, article, where=review.published_where, until=span.last_day)
    return review


@transaction.atomic
def object_(*, actor: User, stage_entry: StageEntry, text: str, raised_by: str = "") -> WindowObjection:
    """Record an objection received while the window runs."""
    review = _begin(actor, stage_entry)
    stage = review.stage_entry.stage
    article, now = _window_article(stage), clock.now(stage.round)
    if review.window_ends_at is None or now > review.window_ends_at:
        raise Refused("window_not_open", article=article)
    if not text.strip():
        raise Refused("reason_missing", article=article, field="text")
    objection = WindowObjection.objects.create(
        review=review, text=text.strip(), raised_by=raised_by.strip(), received_at=now, recorded_by=actor
    )
    record(
        "objection.recorded_by_body", round_=stage.round, actor=actor, subject=review.stage_entry.entry, article=article,
        personal={"text": text, "raised_by": raised_by}, objection=objection.pk,
    )  # fmt: skip
    return objection


@transaction.atomic
def settle_objection(*, actor: User, objection: WindowObjection, stands: bool, finding: str) -> WindowObjection:
    """What the body found of an objection. One that stands keeps the entry from going on."""
    review = _begin(actor, objection.review.stage_entry)
    stage = review.stage_entry.stage
    found = WindowObjection.objects.select_for_update(of=("self",)).get(pk=objection.pk, review=review)
    if found.stands is not None:
        raise Refused("objection_settled", article=_window_article(stage))
    if not finding.strip():
        raise Refused("reason_missing", article=_window_article(stage), field="finding")
    found.stands, found.finding, found.settled_by, found.settled_at = (
        stands,
        finding.strip(),
        actor,
        clock.now(stage.round),
    )
    found.save()
    _log(
        review,
        "objection.settled_by_body",
        actor,
        _window_article(stage),
        objection=found.pk,
        stands=stands,
        finding=finding,
    )
    return found


@transaction.atomic
def pass_on(
    *, actor: User, stage_entry: StageEntry, opinion: str, departure: str = "", reason: str = ""
) -> PreliminaryReview:
    """Issue the audit opinion and send the file on.

    Refused: open points or one not met, checks without answer, an adverse answer without ``reason``, nobody consulted, no window or one
    that still runs (unless the policy lets depart from it and ``departure`` says why), objections open or standing, no opinion.
    """
    review = _begin(actor, stage_entry)
    row, stage = review.stage_entry, review.stage_entry.stage
    if not opinion.strip():
        raise Refused("opinion_missing", article=stage.article, field="opinion")
    refuse_open_points(review)
    _refuse_adverse(review, reason)
    departed = _window_departed(review, departure)
    _refuse_objections(review)
    review.opinion, review.reason, review.outcome, review.at = (
        opinion.strip(),
        reason.strip(),
        OUTCOME.PASSED,
        clock.now(stage.round),
    )
    review.departure_reason = departure.strip() if departed else ""
    review.departure_article = (stage.spec.departure_article or stage.article) if departed else ""
    review.officer = actor
    review.paper = letters.audit_opinion(review)
    review.save()
    engine.settle(
        actor=actor, stage_entry=row, outcome="advanced", article=stage.article, reason=review.opinion, act="entry.audit_passed",
        body=review.body.key, departure=review.departure_reason, departure_article=review.departure_article,
    )  # fmt: skip
    return review


@transaction.atomic
def decline(*, actor: User, stage_entry: StageEntry, reason: str) -> PreliminaryReview:
    """The file is not sent on; the applicant learns why."""
    review = _begin(actor, stage_entry)
    row, stage = review.stage_entry, review.stage_entry.stage
    if not reason.strip():
        raise Refused("reason_missing", article=stage.article, field="reason")
    review.outcome, review.reason, review.at, review.officer = (
        OUTCOME.DECLINED,
        reason.strip(),
        clock.now(stage.round),
        actor,
    )
    review.save()
    engine.settle(
        actor=actor,
        stage_entry=row,
        outcome="stopped",
        article=stage.article,
        reason=review.reason,
        act="entry.audit_declined",
        body=review.body.key,
    )
    return review


def refuse_open_points(review: PreliminaryReview) -> None:
    """Every point found, none failing, every check answered, departments consulted."""
    row, stage = review.stage_entry, review.stage_entry.stage
    points = list(Assessment.objects.filter(stage_entry=row))
    unknown = [point for point in points if point.state == "unknown"]
    if unknown:
        raise Refused("points_open", article=unknown[0].article, count=len(unknown), field=unknown[0].key)
    failing = next((point for point in points if point.state == "not_met"), None)
    if failing:
        raise Refused("point_not_met", article=failing.article, field=failing.key)
    checks = Application.objects.get(pk=row.entry_id).checks if stage.spec.checks else {}
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
    if stage.spec.consults and not review.consulted:
        raise Refused("nobody_consulted", article=stage.article)


def _begin(actor: User, stage_entry: StageEntry) -> PreliminaryReview:
    """The audit under way; the first act of a body in charge takes it up."""
    row = waiting(stage_entry)
    charge = charge_of(actor, row)
    review, _made = PreliminaryReview.objects.select_related("body").get_or_create(
        stage_entry=row, defaults={"body": charge.body, "officer": actor}
    )
    if review.body_id != charge.body_id:
        charge_of(actor, row, review.body)
    review.stage_entry = row
    return review


def _answer(stage: RoundStage, key: str, value: Any) -> Any:
    if key not in stage.spec.checks:
        raise Refused("check_not_asked", article=stage.article, check=key)
    return checking.read(stage.round.rules.check(key), value)


def _refuse_adverse(review: PreliminaryReview, reason: str) -> None:
    stage = review.stage_entry.stage
    if not stage.spec.checks or reason.strip():
        return
    checks = Application.objects.get(pk=review.stage_entry.entry_id).checks
    for check in (stage.round.rules.check(key) for key in stage.spec.checks):
        if checking.is_adverse(check, checks.get(check.key)):
            raise Refused("adverse_needs_reason", article=check.article, check=str(check.label), field="reason")


def _window_departed(review: PreliminaryReview, departure: str) -> bool:
    """Whether the audit departs from its window. Raises ``Refused`` where it does and may not, or without a reason."""
    stage = review.stage_entry.stage
    article = _window_article(stage)
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


def _refuse_objections(review: PreliminaryReview) -> None:
    article = _window_article(review.stage_entry.stage)
    states = list(WindowObjection.objects.filter(review=review).values_list("stands", flat=True))
    if None in states:
        raise Refused("objections_open", article=article, count=states.count(None))
    if True in states:
        raise Refused("objection_stands", article=article)


def _window_article(stage: RoundStage) -> str:
    return stage.spec.window_article or stage.article


def _log(review: PreliminaryReview, act: str, actor: User, article: str = "", **facts: Any) -> None:
    row = review.stage_entry
    record(
        act,
        round_=row.stage.round,
        actor=actor,
        subject=row.entry,
        article=article or row.stage.article,
        stage=row.stage.key,
        body=review.body.key,
        **facts,
    )
