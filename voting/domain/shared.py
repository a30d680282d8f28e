"""What every act about a vote does first."""

from __future__ import annotations

from collections.abc import Iterable

from core.refusals import Refused
from rounds.models import RoundStage
from voting.models import Meeting, Poll


def lock_poll(poll: Poll) -> Poll:
    """The poll, locked for the rest of the transaction, with its stage, round and meeting."""
    locked: Poll = (
        Poll.objects.select_for_update(of=("self",))
        .select_related("stage__round__jurisdiction", "stage__round__policy", "meeting")
        .get(pk=poll.pk)
    )
    locked.meeting.stage = locked.stage
    return locked


def lock_meeting(meeting: Meeting) -> Meeting:
    """The meeting, locked, with its stage and round."""
    locked: Meeting = (
        Meeting.objects.select_for_update(of=("self",))
        .select_related("stage__round__jurisdiction", "stage__round__policy")
        .get(pk=meeting.pk)
    )
    return locked


def stage_is_open(stage: RoundStage) -> None:
    if stage.status != RoundStage.Status.OPEN:
        raise Refused("stage_not_open", article=stage.article, stage=stage.name)


def poll_is(poll: Poll, *wanted: str) -> None:
    """Refuse unless the poll is in one of the wanted states."""
    if poll.status not in wanted:
        raise Refused(
            "poll_state", article=poll.stage.article, number=poll.number, status=str(poll.get_status_display())
        )


def says_something(text: str, article: str, field: str = "reason") -> str:
    """The text without blanks around it; refused when nothing is left."""
    if not text.strip():
        raise Refused("reason_missing", article=article, field=field)
    return text.strip()


def ids(things: Iterable[object]) -> list[int]:
    return [thing.pk for thing in things]  # type: ignore[attr-defined]
