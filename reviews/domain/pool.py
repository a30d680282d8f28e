"""Keeping the pool: appointing, qualifying, undertakings, training, supervision."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from accounts.models import Organisation, User
from audit import log
from core import clock
from core.access import require
from core.refusals import Refused
from jurisdictions import exclusions, roles, rules
from jurisdictions.models import Jurisdiction
from jurisdictions.policy import Policy
from reviews.domain import looking
from reviews.models import PoolRecord, Qualification, Reviewer
from reviews.rules import enters_in_pool, keeps_pool
from rounds import clock as round_clock
from rounds.models import Round

DETAILS = ("employer", "employer_code", "organisation", "title", "fields", "sectors", "is_industry_expert")


def pool_article(policy: Policy | None) -> str:
    """The article that gives the pool to its keeper; else the one on discipline, else on recusal."""
    if policy is None:
        return ""
    powers = (power.article for organ in policy.organs for power in organ.powers if power.act == "keep_reviewer_pool")
    return next(powers, policy.discipline.article if policy.discipline else policy.recusal.article)


def policy_for(jurisdiction: Jurisdiction, round_: Round | None = None) -> Policy | None:
    """The round's rules, else the edition in force."""
    return round_.rules if round_ is not None else exclusions.current_policy(jurisdiction)


@transaction.atomic
def appoint(
    *,
    actor: User,
    user: User,
    jurisdiction: Jurisdiction,
    round_: Round | None = None,
    employer: str = "",
    employer_code: str = "",
    organisation: Organisation | None = None,
    title: str = "",
    fields: list[str] | None = None,
    sectors: list[str] | None = None,
    is_industry_expert: bool = False,
    text: str = "",
) -> Reviewer:
    """Take a person into the pool; the role of reviewer is given where it is not held yet. ``round_``: a rehearsal's own pool.

    Refused: not the office, already in the pool, struck from it before, a role that excludes reviewing.
    """
    article = pool_article(policy_for(jurisdiction, round_))
    require(enters_in_pool, actor, round_ or jurisdiction, article=article)
    known = Reviewer.objects.filter(jurisdiction=jurisdiction, user=user).first()
    if known is not None:
        code = "reviewer_struck" if known.status == Reviewer.Status.STRUCK else "reviewer_in_pool"
        raise Refused(code, article=known.struck_article or article, person=user)
    rehearsal = bool(round_ and round_.is_rehearsal)
    if not rules.holds("reviewer")(user, round_ or jurisdiction):
        roles.begin(actor=actor, user=user, role="reviewer", jurisdiction=jurisdiction, rehearsal=rehearsal)
    now = round_clock.now(round_) if round_ else clock.now()
    reviewer = Reviewer.objects.create(
        user=user, jurisdiction=jurisdiction, employer=employer.strip(), employer_code=employer_code.strip().upper(),
        organisation=organisation, title=title, fields=fields or [], sectors=sectors or [], is_industry_expert=is_industry_expert,
        rehearsal=rehearsal, appointed_at=now,
    )  # fmt: skip
    looking.look([reviewer], looking.under_review(jurisdiction))
    _note(reviewer, PoolRecord.Kind.APPOINTMENT, clock.legal_date(now), text or "—", actor, round_, now)
    _log("reviewer.appointed", reviewer, actor, article, round_, expert=is_industry_expert)
    return reviewer


@transaction.atomic
def change(*, actor: User, reviewer: Reviewer, **details: Any) -> Reviewer:
    """Change employer, fields, sectors, title or expert's standing."""
    reviewer = _locked(reviewer)
    article = pool_article(policy_for(reviewer.jurisdiction))
    require(enters_in_pool, actor, reviewer, article=article)
    changed = {name: value for name, value in details.items() if name in DETAILS}
    for name, value in changed.items():
        setattr(reviewer, name, value)
    reviewer.save(update_fields=list(changed))
    looking.look([reviewer], looking.under_review(reviewer.jurisdiction))
    _log("reviewer.changed", reviewer, actor, article, None, changed=sorted(changed))
    return reviewer


@transaction.atomic
def qualify(
    *,
    actor: User,
    reviewer: Reviewer,
    kind: str,
    valid_from: dt.date,
    valid_until: dt.date | None = None,
    number: str = "",
    round_: Round | None = None,
) -> Qualification:
    """Record a qualification. Refused: a kind that the policy does not know, an end before its beginning."""
    policy = policy_for(reviewer.jurisdiction, round_)
    article = pool_article(policy)
    require(enters_in_pool, actor, round_ or reviewer, article=article)
    if policy is None or kind not in policy.qualifications:
        raise Refused("qualification_unknown", article=article, field="kind", kind=kind)
    if valid_until and valid_until < valid_from:
        raise Refused("ends_before_it_begins", article=article, field="valid_until")
    made = Qualification.objects.create(
        reviewer=reviewer,
        kind=kind,
        number=number,
        valid_from=valid_from,
        valid_until=valid_until,
        recorded_by=actor,
        recorded_at=clock.now(),
    )
    _log(
        "reviewer.qualified",
        reviewer,
        actor,
        article,
        round_,
        kind=kind,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    return made


@transaction.atomic
def end_qualification(
    *, actor: User, qualification: Qualification, last_day: dt.date, reason: str, round_: Round | None = None
) -> Qualification:
    """A qualification no longer holds after ``last_day`` (withdrawn, not renewed)."""
    reviewer = qualification.reviewer
    article = pool_article(policy_for(reviewer.jurisdiction, round_))
    require(keeps_pool, actor, round_ or reviewer, article=article)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    qualification.valid_until = max(last_day, qualification.valid_from)
    qualification.save(update_fields=["valid_until"])
    _log(
        "reviewer.qualification_ended",
        reviewer,
        actor,
        article,
        round_,
        kind=qualification.kind,
        last_day=last_day,
        reason=reason,
    )
    return qualification


@transaction.atomic
def sign_undertakings(*, actor: User, reviewer: Reviewer, round_: Round | None = None) -> Reviewer:
    """The reviewer signs, in person, every undertaking that the policy asks of reviewers (before the first assignment)."""
    policy = policy_for(reviewer.jurisdiction, round_)
    wanted = [u for u in policy.undertakings if "reviewer" in u.who] if policy else []
    article = wanted[0].article if wanted else pool_article(policy)
    if actor.pk != reviewer.user_id:
        raise Refused("undertaking_in_person", article=article)
    reviewer = _locked(reviewer)
    now = round_clock.now(round_) if round_ else clock.now()
    reviewer.undertakings = {**reviewer.undertakings, **{u.key: now.isoformat() for u in wanted}}
    reviewer.undertaking_signed_at = now
    reviewer.save(update_fields=["undertakings", "undertaking_signed_at"])
    _log("reviewer.undertaking_signed", reviewer, actor, article, round_, keys=[u.key for u in wanted])
    return reviewer


@transaction.atomic
def note(
    *, actor: User, reviewer: Reviewer, kind: str, on: dt.date, text: str, round_: Round | None = None
) -> PoolRecord:
    """Record training, supervision or appraisal. Refused without text, and for a day to come."""
    article = pool_article(policy_for(reviewer.jurisdiction, round_))
    require(keeps_pool, actor, round_ or reviewer, article=article)
    if not text.strip():
        raise Refused("reason_missing", article=article, field="text")
    now = round_clock.now(round_) if round_ else clock.now()
    if on > clock.legal_date(now):
        raise Refused("review_day_to_come", article=article, field="on", day=on)
    record = _note(reviewer, kind, on, text.strip(), actor, round_, now)
    _log("reviewer.noted", reviewer, actor, article, round_, kind=kind, on=on)
    return record


def _note(
    reviewer: Reviewer, kind: str, on: dt.date, text: str, actor: User, round_: Round | None, at: dt.datetime
) -> PoolRecord:
    record: PoolRecord = PoolRecord.objects.create(
        reviewer=reviewer, kind=kind, on=on, text=text, round=round_, by=actor, at=at
    )
    return record


def _log(act: str, reviewer: Reviewer, actor: User, article: str, round_: Round | None, **facts: Any) -> None:
    log.record(
        act, scope=reviewer.jurisdiction.code, actor=actor, subject=reviewer, article=article, round_id=round_.pk if round_ else "",
        legal_at=round_clock.now(round_) if round_ else None, facts=facts,
    )  # fmt: skip


def _locked(reviewer: Reviewer) -> Reviewer:
    found: Reviewer = (
        Reviewer.objects.select_for_update(of=("self",)).select_related("jurisdiction", "user").get(pk=reviewer.pk)
    )
    return found
