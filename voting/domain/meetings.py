"""Convening a meeting; who is present; what it hears."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping

from django.db import transaction

from accounts.models import User
from core.access import require
from core.refusals import Refused
from jurisdictions.models import Membership
from rounds import clock
from rounds.engine.logging import record
from rounds.engine.stages import lock
from rounds.models import Entry, RoundStage, StageEntry
from voting import queries
from voting.domain.shared import ids, lock_meeting, says_something, stage_is_open
from voting.models import Attendance, HeadHeard, Meeting, Poll
from voting.rules import runs_votes


@transaction.atomic
def convene(
    *,
    actor: User,
    stage: RoundStage,
    held_on: dt.date,
    place: str = "",
    plenary: bool = False,
    electorate: Iterable[User] | None = None,
) -> Meeting:
    """Call everybody with a seat to a meeting. ``electorate``: whom alone to call; in a rehearsal only.

    Refused: stage not open; a vote that the policy puts before the plenary, elsewhere; nobody holds a seat.
    """
    stage = lock(stage)
    article = stage.article
    require(runs_votes, actor, stage, article=article)
    stage_is_open(stage)
    if stage.spec.plenary and not plenary:
        raise Refused("meeting_not_plenary", article=article, field="plenary")
    if electorate is not None and not stage.round.is_rehearsal:
        raise Refused("electorate_is_given", article=article)
    members = _called(stage, electorate)
    if not members:
        raise Refused("no_electorate", article=article)
    meeting = Meeting.objects.create(
        stage=stage,
        held_on=held_on,
        place=place.strip(),
        plenary=plenary,
        convened_by=actor,
        convened_at=clock.now(stage.round),
    )
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, membership=m, user=m.user, organ=m.organ, seat=m.seat, unit=m.unit) for m in members
    )
    record(
        "meeting.convened", round_=stage.round, actor=actor, subject=meeting, article=article,
        stage=stage.key, held_on=held_on, plenary=plenary, called=[m.user_id for m in members],
    )  # fmt: skip
    return meeting


@transaction.atomic
def attend(*, actor: User, meeting: Meeting, present: Iterable[User]) -> Meeting:
    """Record who is present. Rolls of ballots already opened stay as they are. Refused: somebody who was not called."""
    meeting = lock_meeting(meeting)
    article = meeting.stage.article
    require(runs_votes, actor, meeting.stage, article=article)
    stage_is_open(meeting.stage)
    here = {user.pk for user in present}
    rows = list(Attendance.objects.filter(meeting=meeting))
    if here - {row.user_id for row in rows}:
        raise Refused("not_on_roll", article=article)
    for row in rows:
        row.present = row.user_id in here
    Attendance.objects.bulk_update(rows, ["present"])
    record(
        "meeting.attended",
        round_=meeting.stage.round,
        actor=actor,
        subject=meeting,
        article=article,
        present=sorted(here),
    )
    return meeting


@transaction.atomic
def hear_report(*, actor: User, meeting: Meeting, given_by: str) -> Meeting:
    """The meeting has heard the office's report."""
    meeting = lock_meeting(meeting)
    stage = meeting.stage
    require(runs_votes, actor, stage, article=stage.article)
    stage_is_open(stage)
    meeting.report_by = says_something(given_by, stage.article, "given_by")
    meeting.report_heard_at = clock.now(stage.round)
    meeting.save(update_fields=["report_by", "report_heard_at"])
    record(
        "meeting.report_heard",
        round_=stage.round,
        actor=actor,
        subject=meeting,
        article=stage.article,
        personal={"by": meeting.report_by},
    )
    return meeting


@transaction.atomic
def hear_heads(
    *, actor: User, meeting: Meeting, speakers: Mapping[int, str], absent: Mapping[int, str] | None = None
) -> list[HeadHeard]:
    """Record the statements of candidates' heads: ``{entry id: speaker}``, and ``{entry id: why nobody spoke}``.

    Refused: an entry that does not wait in this stage, an empty name or reason, after the vote was closed.
    """
    meeting = lock_meeting(meeting)
    stage, gone = meeting.stage, dict(absent or {})
    article = stage.article
    require(runs_votes, actor, stage, article=article)
    stage_is_open(stage)
    if Poll.objects.filter(meeting=meeting, status__in=("closed", "unsealed")).exists():
        raise Refused("poll_state", article=article, number=1, status=str(Poll.Status.CLOSED.label))
    known = set(StageEntry.objects.filter(stage=stage).pending().values_list("entry_id", flat=True))
    if (set(speakers) | set(gone)) - known:
        raise Refused("entry_not_pending", article=article, stage=stage.name)
    now, rows = clock.now(stage.round), []
    for entry, words in [*speakers.items(), *gone.items()]:
        says_something(words, article, "speaker")
        who = (
            {"speaker": words.strip(), "absent_reason": ""}
            if entry in speakers
            else {"speaker": "", "absent_reason": words.strip()}
        )
        rows.append(HeadHeard(meeting=meeting, entry_id=entry, heard_at=now, recorded_by=actor, **who))
    HeadHeard.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["meeting", "entry"],
        update_fields=["speaker", "absent_reason", "heard_at", "recorded_by"],
    )  # fmt: skip
    record(
        "meeting.heads_heard", round_=stage.round, actor=actor, subject=meeting, article=article,
        entries=sorted(speakers), absent=sorted(gone), personal={"speakers": {str(k): v for k, v in speakers.items()}} if speakers else None,
    )  # fmt: skip
    return rows


def unheard(meeting: Meeting, entries: Iterable[Entry]) -> list[Entry]:
    """Those whose heads have not been heard, where the policy wants them heard."""
    if not meeting.stage.spec.hears_heads:
        return []
    heard = set(HeadHeard.objects.filter(meeting__stage=meeting.stage).values_list("entry_id", flat=True))
    return [entry for entry in entries if entry.pk not in heard]


def _called(stage: RoundStage, chosen: Iterable[User] | None) -> list[Membership]:
    members = queries.electorate(stage)
    if chosen is None:
        return members
    wanted = set(ids(chosen))
    return [m for m in members if m.user_id in wanted]
