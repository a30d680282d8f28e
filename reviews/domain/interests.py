"""Interests from both sides: reviewers' ties, signs that the system finds, and what the office makes of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db import transaction

from accounts.models import User
from audit import log
from core import clock
from core.access import require
from core.refusals import Refused
from reviews.domain import conduct, looking
from reviews.domain.pool import policy_for, pool_article
from reviews.models import Engagement, InterestDeclaration, RecusalRequest, Reviewer, Suspicion
from reviews.rules import is_office, keeps_pool
from rounds import engine
from rounds.models import Recusal, Round


@transaction.atomic
def engage(
    *,
    actor: User,
    reviewer: Reviewer,
    kind: str,
    name: str,
    code: str = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
    text: str = "",
    round_: Round | None = None,
) -> Engagement:
    """Record an earlier post, consultancy or other tie; by the office or the reviewer. Raises the signs that follow from it.

    Refused: somebody else, no organisation named, an end before the beginning.
    """
    article = pool_article(policy_for(reviewer.jurisdiction, round_))
    if actor.pk != reviewer.user_id:
        require(keeps_pool, actor, round_ or reviewer, article=article)
    if not name.strip():
        raise Refused("reason_missing", article=article, field="name")
    if since and until and until < since:
        raise Refused("ends_before_it_begins", article=article, field="until")
    made = Engagement.objects.create(
        reviewer=reviewer, kind=kind, name=name.strip(), code=code.strip().upper(), since=since, until=until, text=text.strip(),
        recorded_by=actor, recorded_at=clock.now(),
    )  # fmt: skip
    looking.look([reviewer], looking.under_review(reviewer.jurisdiction))
    log.record(
        "reviewer.engagement_recorded", scope=reviewer.jurisdiction.code, actor=actor, subject=reviewer, article=article,
        facts={"kind": kind, "engagement": made.pk}, personal={"name": made.name, "text": made.text},
    )  # fmt: skip
    return made


@transaction.atomic
def decide(
    *, actor: User, suspicion: Suspicion, confirmed: bool, reason: str, round_: Round | None = None
) -> Suspicion:
    """The office confirms a sign (the reviewer then has an interest, and is recused from what runs) or dismisses it, with the reason.

    Refused: anybody else, about oneself, without reason, decided before; what an applicant named is decided with its request.
    """
    held: Suspicion = (
        Suspicion.objects.select_for_update(of=("self",))
        .select_related("reviewer__user", "reviewer__jurisdiction", "organisation", "request")
        .get(pk=suspicion.pk)
    )
    jurisdiction = held.reviewer.jurisdiction
    policy = policy_for(jurisdiction, round_)
    article = policy.recusal.article if policy else ""
    require(is_office, actor, round_ or held, article=article)
    _check(held, actor, reason, article)
    if held.request is not None and held.request.status == RecusalRequest.Status.OPEN:
        raise Refused("sign_belongs_to_a_request", article=article)
    settle([held], actor=actor, confirmed=confirmed, reason=reason)
    if confirmed and not _declared(held):
        conduct.declare_interest(
            actor=actor, reviewer=held.reviewer, organisation=held.organisation, text=reason, round_=round_, sign=held
        )
    log.record(
        "interest.confirmed" if confirmed else "interest.dismissed", scope=jurisdiction.code, actor=actor, subject=held.reviewer,
        article=article, facts={"organisation": held.organisation_id, "kind": held.kind, "sign": held.pk}, personal={"reason": reason},
    )  # fmt: skip
    return held


def settle(rows: Sequence[Suspicion], *, actor: User, confirmed: bool, reason: str) -> None:
    """Write what was decided of signs that are still open (the caller has checked and records it)."""
    status = Suspicion.Status.CONFIRMED if confirmed else Suspicion.Status.DISMISSED
    now = clock.now()
    for row in rows:
        row.status, row.reason, row.decided_by, row.decided_at = status, reason.strip(), actor, now
    Suspicion.objects.bulk_update(rows, ["status", "reason", "decided_by", "decided_at"])


@transaction.atomic
def end_interest(
    *, actor: User, interest: InterestDeclaration, reason: str, round_: Round | None = None
) -> InterestDeclaration:
    """The office ends a declared interest, with the reason. Recusals that followed from it stand; only later entries are open again.

    Refused: anybody else (the reviewer too), about oneself, without reason, ended before.
    """
    held: InterestDeclaration = (
        InterestDeclaration.objects.select_for_update(of=("self",))
        .select_related("reviewer__jurisdiction", "reviewer__user")
        .get(pk=interest.pk)
    )
    jurisdiction = held.reviewer.jurisdiction
    policy = policy_for(jurisdiction, round_)
    article = policy.recusal.article if policy else ""
    require(is_office, actor, round_ or jurisdiction, article=article)
    if actor.pk == held.reviewer.user_id:
        raise Refused("not_about_oneself", article=article)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    if held.ended_at is not None:
        raise Refused("interest_ended_already", article=article)
    held.ended_at, held.ended_by, held.end_reason = clock.now(), actor, reason.strip()
    held.save(update_fields=["ended_at", "ended_by", "end_reason"])
    log.record(
        "interest.ended", scope=jurisdiction.code, actor=actor, subject=held.reviewer, article=article,
        facts={"organisation": held.organisation_id}, personal={"reason": reason},
    )  # fmt: skip
    return held


def keep_out(*, actor: User, reviewers: Iterable[Reviewer], request: RecusalRequest, reason: str) -> None:
    """Recuse reviewers from the entry of a request, once each."""
    gone = set(Recusal.objects.filter(entry=request.entry_id, ended_at=None).values_list("user_id", flat=True))
    for reviewer in reviewers:
        if reviewer.user_id not in gone:
            engine.recuse(actor=actor, entry=request.entry, user=reviewer.user, reason=reason)


def _check(held: Suspicion, actor: User, reason: str, article: str) -> None:
    if actor.pk == held.reviewer.user_id:
        raise Refused("not_about_oneself", article=article)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    if held.status != Suspicion.Status.OPEN:
        raise Refused("sign_decided_already", article=article)


def _declared(held: Suspicion) -> bool:
    return InterestDeclaration.objects.filter(
        reviewer=held.reviewer, organisation=held.organisation_id, ended_at=None
    ).exists()
