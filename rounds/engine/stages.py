"""Opening and closing stages, and letting entries in."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext

from accounts.models import User
from core.access import require
from core.clock import end_of_day, legal_date
from core.refusals import Refused
from jurisdictions.calendar.windows import Window, window
from jurisdictions.calendar.working_days import calendar_of
from jurisdictions.policy import cel
from jurisdictions.policy.stages import Days, StageBase
from rounds import clock
from rounds.engine.logging import record
from rounds.facts import facts_for_many
from rounds.kinds import Blocker, kind_of
from rounds.models import Entry, Round, RoundStage, StageEntry
from rounds.queries import corrections_of
from rounds.rules import may_release, may_run_round

S = RoundStage.Status


@transaction.atomic
def open_next(*, actor: User, round_: Round) -> RoundStage | None:
    """Open the first waiting stage; None when there is none left."""
    stage = RoundStage.objects.filter(round=round_, status=S.WAITING).order_by("position").first()
    return open_stage(actor=actor, stage=stage) if stage else None


@transaction.atomic
def open_stage(*, actor: User, stage: RoundStage) -> RoundStage:
    """Open a stage (and those that open with it) and let in what the stage before passed on.

    Refused: wrong role, not its turn, or what its kind requires at the start is missing.
    """
    stage = lock(stage)
    require(may_run_round, actor, stage.round, article=stage.article)
    if stage.status != S.WAITING:
        raise Refused("stage_not_waiting", article=stage.article, stage=stage.name)
    before = previous(stage)
    if before and before.status != S.CLOSED and not (stage.spec.opens == "with" and before.status == S.OPEN):
        raise Refused("stage_out_of_turn", article=stage.article, stage=stage.name, before=before.name)
    _refuse_blocked(stage, kind_of(stage).may_start(stage))
    stage.opened_at, stage.status = clock.now(stage.round), S.OPEN
    stage.deadline, stage.derivation = _deadline(stage)
    stage.save(update_fields=["status", "opened_at", "deadline", "derivation"])
    if before and not kind_of(stage).without_entries:
        enter_stage(stage, [row.entry for row in _passed_on(before)])
    kind_of(stage).on_open(stage, actor)
    record(
        "stage.opened",
        round_=stage.round,
        actor=actor,
        subject=stage,
        article=stage.article,
        stage=stage.key,
        deadline=stage.deadline,
    )
    following = next_stage(stage)
    if following and following.spec.opens == "with" and following.status == S.WAITING:
        open_stage(actor=actor, stage=following)
    return stage


@transaction.atomic
def close_stage(*, actor: User, stage: RoundStage) -> RoundStage:
    """Close a stage whose entries are all decided. Refused: open blockers, a deadline still running, undecided entries.

    The last stage closes the round.
    """
    stage = lock(stage)
    require(may_release, actor, stage.round, article=stage.article)
    if stage.status != S.OPEN:
        raise Refused("stage_not_open", article=stage.article, stage=stage.name)
    before = previous(stage)
    if before and before.status != S.CLOSED:
        raise Refused("stage_out_of_turn", article=stage.article, stage=stage.name, before=before.name)
    _refuse_blocked(stage, blockers(stage))
    waiting = StageEntry.objects.filter(stage=stage).pending().count()
    if waiting:
        raise Refused("entries_undecided", article=stage.article, stage=stage.name, count=waiting)
    stage.status, stage.closed_at = S.CLOSED, clock.now(stage.round)
    stage.save(update_fields=["status", "closed_at"])
    kind_of(stage).on_close(stage, actor)
    record("stage.closed", round_=stage.round, actor=actor, subject=stage, article=stage.article, stage=stage.key)
    if next_stage(stage) is None:
        _close_round(stage.round, actor, stage.article)
    return stage


def blockers(stage: RoundStage) -> list[Blocker]:
    """What holds a stage up: its kind's blockers and open corrections of supervision."""
    from django.utils.translation import gettext as _

    found = kind_of(stage).blockers(stage)
    for order in reversed([one for one in corrections_of(stage) if one.is_order and one.settled_at is None]):
        text = _("Correction ordered by supervision: {text}").format(text=order.text[:80])
        url = reverse("rounds:correction", args=[stage.round.jurisdiction.code, order.pk])
        found.append(Blocker("correction_open", order.article, text, url))
    return found


def enter_stage(stage: RoundStage, entries: Iterable[Entry]) -> None:
    """Let entries into an open stage; those it does not concern skip it and go on at once where the next stage is open."""
    entries = list(entries)
    if not entries:
        return
    now = clock.now(stage.round)
    concerned: list[StageEntry] = []
    skipping: list[StageEntry] = []
    unconcerned = _unconcerned(stage.spec, entries)
    for entry in entries:
        skips = entry.pk in unconcerned
        status = StageEntry.Status.SKIPPED if skips else StageEntry.Status.PENDING
        row = StageEntry(
            stage=stage, entry=entry, status=status, entered_at=now, article=stage.article if skips else ""
        )
        (skipping if skips else concerned).append(row)
    StageEntry.objects.bulk_create([*concerned, *skipping])
    if concerned:
        kind_of(stage).on_enter(concerned)
    pass_on(stage, [row.entry for row in skipping])


def pass_on(stage: RoundStage, entries: list[Entry]) -> None:
    """Entries that a stage has passed enter the next one, when that is open already."""
    following = next_stage(stage)
    if entries and following and following.status == S.OPEN:
        enter_stage(following, entries)


def previous(stage: RoundStage) -> RoundStage | None:
    found: RoundStage | None = RoundStage.objects.filter(round=stage.round, position=stage.position - 1).first()
    return _with_round(found, stage)


def next_stage(stage: RoundStage) -> RoundStage | None:
    found: RoundStage | None = RoundStage.objects.filter(round=stage.round, position=stage.position + 1).first()
    return _with_round(found, stage)


def lock(stage: RoundStage) -> RoundStage:
    """The stage, locked for the rest of the transaction, with its round."""
    locked: RoundStage = (
        RoundStage.objects.select_for_update(of=("self",))
        .select_related("round__jurisdiction", "round__policy")
        .get(pk=stage.pk)
    )
    return locked


def span(round_: Round, start: dt.datetime, days: Days, article: str = "") -> Window:
    """``days`` counted from the day after ``start``."""
    calendar = calendar_of(round_.jurisdiction)
    return window(calendar, after=legal_date(start), length=days.length.value, unit=days.unit, article=article)


def span_end(round_: Round, start: dt.datetime, days: Days, article: str = "") -> dt.datetime:
    """The end of the last day of ``days`` counted from the day after ``start``."""
    return span(round_, start, days, article).ends_at


def _with_round(found: RoundStage | None, stage: RoundStage) -> RoundStage | None:
    if found is not None:
        found.round = stage.round
    return found


def _deadline(stage: RoundStage) -> tuple[dt.datetime | None, dict[str, Any]]:
    """The deadline, and how it is counted: kept beside it, so that it can be explained whatever becomes of the calendar."""
    if stage.kind == "intake" and stage.round.closes_on:
        return end_of_day(stage.round.closes_on), {}
    limit = stage.spec.time_limit
    if not (limit and stage.opened_at):
        return None, {}
    counted = span(stage.round, stage.opened_at, limit, stage.article)
    return counted.ends_at, counted.as_data()


def _passed_on(stage: RoundStage) -> list[StageEntry]:
    return list(StageEntry.objects.filter(stage=stage).passed_on().select_related("entry__organisation").order_by("id"))


def _unconcerned(spec: StageBase, entries: list[Entry]) -> set[int]:
    if not spec.when:
        return set()
    facts = facts_for_many(entries)
    return {entry.pk for entry in entries if cel.evaluate(spec.when, facts[entry.pk]).value is False}


def _refuse_blocked(stage: RoundStage, found: list[Blocker]) -> None:
    if found:
        text = gettext("; ").join(str(blocker.text).rstrip(".。") for blocker in found[:5])
        raise Refused("stage_blocked", article=found[0].article or stage.article, stage=stage.name, blockers=text)


def _close_round(round_: Round, actor: User, article: str) -> None:
    round_.status, round_.closed_at = Round.Status.CLOSED, clock.now(round_)
    round_.save(update_fields=["status", "closed_at"])
    record("round.closed", round_=round_, actor=actor, subject=round_, article=article)
