"""An organisation begins an application."""

from __future__ import annotations

from django.db import IntegrityError, transaction

from accounts.models import Organisation, User
from accounts.rules import acts_for
from applications import gates
from applications.domain.access import filing_article
from applications.domain.deadlines import round_deadline_for
from applications.facts import rules_of
from applications.models import Application
from core.access import require
from core.clock import end_of_day
from core.refusals import Refused
from jurisdictions import exclusions
from jurisdictions.policy import Policy
from jurisdictions.policy.prizes import Prize
from rounds import clock, engine
from rounds.engine.entries import first_stage
from rounds.engine.logging import record
from rounds.facts import facts_for
from rounds.models import Entry, Round, RoundStage


@transaction.atomic
def start(*, actor: User, round_: Round, organisation: Organisation, prize: str, category: str = "") -> Application:
    """A draft application of ``organisation`` for ``prize``.

    Refused: no right to act for it, applications not open or over, a second one for the same prize, an unknown category, or a gate
    (kind, activity, legal status, a prize not on offer, an award that must be held, a waiting period, a bar).
    """
    policy = rules_of(round_)
    article = filing_article(policy)
    require(acts_for, actor, organisation, article=article, code="not_yours_to_write")
    _refuse_closed(round_, organisation, article)
    wanted = _prize(policy, prize, article)
    if not round_.is_rehearsal:
        exclusions.refuse(actor, exclusions.APPLICANT, round_.jurisdiction)
    gates.check(gates.Candidacy(round_, organisation, wanted))
    _refuse_unknown_category(wanted, category)
    entry = _enter(round_, organisation, wanted, category)
    if wanted.requires:
        gates.check(gates.Candidacy(round_, organisation, wanted, entry, facts_for(entry)))
    application: Application = Application.objects.create(entry=entry)
    record(
        "application.started",
        round_=round_,
        actor=actor,
        subject=application,
        article=article,
        prize=prize,
        organisation=organisation.pk,
    )
    return application


def _refuse_closed(round_: Round, organisation: Organisation, article: str) -> None:
    """Applications begin while the first stage that entries pass through is open, and the time for filing is not over."""
    first = first_stage(round_)
    if round_.status != Round.Status.OPEN or first is None or first.status != RoundStage.Status.OPEN:
        raise Refused("applications_not_open", article=article)
    last = round_deadline_for(round_, organisation) or (end_of_day(round_.closes_on) if round_.closes_on else None)
    if last and clock.now(round_) > last:
        raise Refused("filing_over", article=article, day=round_.closes_on)


def _prize(policy: Policy, key: str, article: str) -> Prize:
    found = next((prize for prize in policy.prizes if prize.key == key), None)
    if found is None:
        raise Refused("prize_unknown", article=article, field="prize")
    return found


def _refuse_unknown_category(prize: Prize, category: str) -> None:
    if category and category not in {one.key for one in prize.categories}:
        raise Refused("category_unknown", article=prize.article, field="category")


def _enter(round_: Round, organisation: Organisation, prize: Prize, category: str) -> Entry:
    """The entry; a second one for the same prize is refused, however close the clicks."""
    taken = Entry.objects.filter(round=round_, organisation=organisation, prize=prize.key).exclude(
        status=Entry.Status.WITHDRAWN
    )
    if taken.exists():
        raise Refused("already_applied", article=prize.article, prize=str(prize.name))
    try:
        with transaction.atomic():
            return engine.enter(round_=round_, organisation=organisation, prize=prize.key, category=category)
    except IntegrityError as error:
        raise Refused("already_applied", article=prize.article, prize=str(prize.name)) from error
