"""Entries: coming in, withdrawing, stepping aside from."""

from __future__ import annotations

from collections.abc import Callable

from django.db import transaction
from guardian.shortcuts import remove_perm

from accounts.models import Organisation, User
from core.access import require
from core.refusals import Refused
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import enter_stage
from rounds.models import Entry, Recusal, Round, RoundStage, StageEntry
from rounds.rules import acts_for_organisation

PERSONAL = ("fill_entry", "score_entry", "recommend_entry", "consult_entry")


def enter(*, round_: Round, organisation: Organisation, prize: str, category: str = "") -> Entry:
    """A draft entry, let into the first open stage that entries pass through. The caller has checked authority and state."""
    entry = Entry.objects.create(round=round_, organisation=organisation, prize=prize, category=category)
    first = first_stage(round_)
    if first is not None and first.status == RoundStage.Status.OPEN:
        enter_stage(first, [entry])
    return entry


def first_stage(round_: Round) -> RoundStage | None:
    """The first stage that entries pass through."""
    found: RoundStage | None = RoundStage.objects.filter(round=round_).exclude(kind="call").order_by("position").first()
    if found is not None:
        found.round = round_
    return found


@transaction.atomic
def withdraw(*, actor: User, entry: Entry, reason: str) -> Entry:
    """The organisation withdraws; possible until the government has decided."""
    entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("round__jurisdiction", "round__policy", "organisation")
        .get(pk=entry.pk)
    )
    article = entry.round.rules.stages[0].article
    require(acts_for_organisation, actor, entry, article=article)
    if entry.status not in (Entry.Status.DRAFT, Entry.Status.ACTIVE):
        raise Refused("already_withdrawn", article=article)
    if StageEntry.objects.filter(entry=entry, stage__kind="approval", status="advanced").exists():
        raise Refused("withdraw_too_late", article=article)
    entry.status = Entry.Status.WITHDRAWN
    entry.save(update_fields=["status"])
    StageEntry.objects.filter(entry=entry, status=StageEntry.Status.PENDING).update(
        status=StageEntry.Status.WITHDRAWN,
        reason=reason,
        article=article,
        decided_by=actor,
        decided_at=clock.now(entry.round),
    )
    record("entry.withdrawn", round_=entry.round, actor=actor, subject=entry, article=article, reason=reason)
    return entry


def honour(entries: list[Entry]) -> None:
    """The entries' way ends with an honour. Called by the conferral, in its transaction, which logs it."""
    Entry.objects.filter(pk__in=[entry.pk for entry in entries], status=Entry.Status.ACTIVE).update(
        status=Entry.Status.HONOURED
    )


@transaction.atomic
def recuse(*, actor: User, entry: Entry, user: User, reason: str) -> Recusal:
    """``user`` steps aside from ``entry``: every access ends at once, the record stays. Declared by the person or by the office."""
    from rounds.rules import is_office

    article = entry.round.rules.recusal.article
    if actor.pk != user.pk:
        require(is_office, actor, entry.round, article=article)
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    if Recusal.objects.filter(entry=entry, user=user, ended_at=None).exists():
        raise Refused("recused_already", article=article)
    recusal = Recusal.objects.create(
        entry=entry, user=user, reason=reason, article=article, declared_by=actor, since=clock.now(entry.round)
    )
    for permission in PERSONAL:
        remove_perm(f"rounds.{permission}", user, entry)
    for hook in _ON_RECUSAL:
        hook(recusal)
    record(
        "entry.recused",
        round_=entry.round,
        actor=actor,
        subject=entry,
        article=article,
        user=user.pk,
        personal={"reason": reason},
    )
    return recusal


_ON_RECUSAL: list[Callable[[Recusal], None]] = []


def on_recusal(hook: Callable[[Recusal], None]) -> Callable[[Recusal], None]:
    """Decorator: ``fn(recusal)`` runs in the same transaction (end an assignment, strike from a roll)."""
    _ON_RECUSAL.append(hook)
    return hook
