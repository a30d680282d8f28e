"""Breaches of discipline and their consequences; interests."""

from __future__ import annotations

from django.db import transaction
from django_scopes import scope

from accounts.models import Organisation, User
from audit import log
from core import clock
from core.access import require
from core.refusals import Refused
from jurisdictions import roles
from jurisdictions.models import Jurisdiction, Membership
from reviews.domain.assignments import end
from reviews.domain.pool import policy_for
from reviews.models import Assignment, Conduct, InterestDeclaration, PoolRecord, Reviewer, Suspicion, TeamMember
from reviews.rules import is_office, keeps_pool
from rounds import clock as round_clock
from rounds import engine
from rounds.models import Entry, Round, RoundStage


@transaction.atomic
def discipline(*, actor: User, reviewer: Reviewer, act: str, reason: str, round_: Round | None = None) -> Conduct:
    """Record a reviewer's breach and what follows. ``strike``: out of the pool for good, every running assignment ends at once.

    Refused: not the office, a consequence that the policy does not know for reviewers, no reason, struck before.
    """
    jurisdiction = reviewer.jurisdiction
    article = _article(jurisdiction, round_, act, "reviewer")
    require(keeps_pool, actor, round_ or jurisdiction, article=article)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    held: Reviewer = (
        Reviewer.objects.select_for_update(of=("self",)).select_related("user", "jurisdiction").get(pk=reviewer.pk)
    )
    if act == Conduct.Act.STRIKE:
        if held.status == Reviewer.Status.STRUCK:
            raise Refused("reviewer_struck", article=held.struck_article, person=held)
        _strike(held, actor, reason.strip(), article, round_)
    now = round_clock.now(round_) if round_ else clock.now()
    PoolRecord.objects.create(
        reviewer=held,
        kind=PoolRecord.Kind.CONDUCT,
        on=clock.legal_date(now),
        text=reason.strip(),
        round=round_,
        by=actor,
        at=now,
    )
    return _record(jurisdiction, held.user, held, act, reason.strip(), article, actor, round_)


@transaction.atomic
def discipline_staff(
    *, actor: User, user: User, jurisdiction: Jurisdiction, act: str, reason: str, round_: Round | None = None
) -> Conduct:
    """Record a breach by one of the office's own, and what follows."""
    article = _article(jurisdiction, round_, act, "staff")
    require(is_office, actor, round_ or jurisdiction, article=article)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    if actor.pk == user.pk:
        raise Refused("not_about_oneself", article=article)
    return _record(jurisdiction, user, None, act, reason.strip(), article, actor, round_)


@transaction.atomic
def declare_interest(
    *, actor: User, reviewer: Reviewer, organisation: Organisation, text: str, round_: Round | None = None, sign: Suspicion | None = None,
) -> InterestDeclaration:  # fmt: skip
    """A reviewer (or the office for one) declares an interest in an organisation: from then on its entries are gone for the reviewer.

    ``sign``: the sign that the office has just confirmed.
    """
    policy = policy_for(reviewer.jurisdiction, round_)
    article = policy.recusal.article if policy else ""
    if actor.pk != reviewer.user_id:
        require(is_office, actor, round_ or sign or reviewer, article=article)
    if not text.strip():
        raise Refused("reason_missing", article=article, field="text")
    if InterestDeclaration.objects.filter(reviewer=reviewer, organisation=organisation, ended_at=None).exists():
        raise Refused("interest_declared_already", article=article)
    made = InterestDeclaration.objects.create(
        reviewer=reviewer, organisation=organisation, text=text.strip(), declared_by=actor, declared_at=clock.now()
    )
    for entry in _running(reviewer, organisation):
        engine.recuse(actor=actor, entry=entry, user=reviewer.user, reason=text.strip())
    log.record(
        "interest.declared", scope=reviewer.jurisdiction.code, actor=actor, subject=reviewer, article=article,
        round_id=round_.pk if round_ else "", facts={"organisation": organisation.pk}, personal={"text": text.strip()},
    )  # fmt: skip
    return made


def _running(reviewer: Reviewer, organisation: Organisation) -> list[Entry]:
    """The organisation's entries with which the reviewer is busy."""
    busy = Assignment.objects.filter(reviewer=reviewer, ended_at=None).values("stage_entry__entry")
    return list(
        Entry.objects.filter(pk__in=busy, organisation=organisation)
        .select_related("round__jurisdiction", "organisation")
        .order_by("id")
    )


def _article(jurisdiction: Jurisdiction, round_: Round | None, act: str, who: str) -> str:
    policy = policy_for(jurisdiction, round_)
    if policy is None or policy.discipline is None:
        raise Refused("discipline_knows_no_such_act", article=policy.recusal.article if policy else "", field="act")
    if act not in policy.discipline.acts or who not in policy.discipline.who:
        raise Refused("discipline_knows_no_such_act", article=policy.discipline.article, field="act")
    return policy.discipline.article


def _strike(reviewer: Reviewer, actor: User, reason: str, article: str, round_: Round | None) -> None:
    now = round_clock.now(round_) if round_ else clock.now()
    reviewer.status, reviewer.struck_at, reviewer.struck_reason, reviewer.struck_article = (
        Reviewer.Status.STRUCK,
        now,
        reason,
        article,
    )
    reviewer.save(update_fields=["status", "struck_at", "struck_reason", "struck_article"])
    end(
        Assignment.objects.filter(reviewer=reviewer).exclude(stage_entry__stage__status=RoundStage.Status.CLOSED),
        code="struck",
        reason=reason,
    )
    TeamMember.objects.filter(reviewer=reviewer, ended_at=None).exclude(
        team__stage__status=RoundStage.Status.CLOSED
    ).update(ended_at=now)
    with scope(jurisdiction=reviewer.jurisdiction):
        mine = list(
            Membership.objects.filter(user=reviewer.user, role="reviewer", rehearsal=False, until=None).select_related(
                "user"
            )
        )
    for membership in mine:
        roles.end(actor=actor, membership=membership, reason=reason)


def _record(
    jurisdiction: Jurisdiction,
    user: User,
    reviewer: Reviewer | None,
    act: str,
    reason: str,
    article: str,
    actor: User,
    round_: Round | None,
) -> Conduct:
    now = round_clock.now(round_) if round_ else clock.now()
    made: Conduct = Conduct.objects.create(
        jurisdiction=jurisdiction,
        user=user,
        reviewer=reviewer,
        round=round_,
        act=act,
        reason=reason,
        article=article,
        by=actor,
        at=now,
    )
    log.record(
        f"conduct.{act}", scope=jurisdiction.code, actor=actor, subject=made, article=article, round_id=round_.pk if round_ else "",
        legal_at=now if round_ else None, facts={"person": user.pk, "act": act}, personal={"reason": reason},
    )  # fmt: skip
    return made
