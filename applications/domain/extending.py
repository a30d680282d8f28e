"""Filing after the deadline: refused, unless the head of the office has granted an extension, with its reason, on record."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import Organisation, User
from applications import hooks
from applications.domain.deadlines import deadline_for
from applications.models import Extension
from core.access import require
from core.clock import legal_date
from core.refusals import Refused
from jurisdictions.calendar import calendar_of, window
from jurisdictions.calendar.windows import Unit, Window
from notifications import outbox
from rounds import clock
from rounds.engine.extending import extend
from rounds.engine.logging import record
from rounds.engine.stages import lock
from rounds.models import RoundStage, StageEntry
from rounds.rules import may_release

TOLD = "application.extended"
LONGEST = 90


@transaction.atomic
def grant(
    *,
    actor: User,
    stage: RoundStage,
    days: int,
    unit: Unit,
    reason: str,
    article: str = "",
    organisation: Organisation | None = None,
) -> Extension:
    """Applications may be filed for ``days`` more: by all alike, or by ``organisation`` alone.

    The days are counted from the day after the deadline that stood, or after today where that has passed.
    Refused: not the head of the office, no stage of filing, not open, no reason, an article that the policy does not have, too many
    days, an organisation of the other world.
    """
    stage = lock(stage)
    article = article or stage.article
    require(may_release, actor, stage.round, article=article)
    _refuse_unfounded(stage, days, reason, article, organisation)
    before = deadline_for(stage, organisation) if organisation else stage.deadline
    assert before is not None
    span = _window(stage, before, days, unit, article)
    made: Extension = Extension.objects.create(
        stage=stage, organisation=organisation, deadline_before=before, deadline=span.ends_at, window=span.as_data(), article=article,
        reason=reason.strip(), granted_by=actor, granted_at=clock.now(stage.round),
    )  # fmt: skip
    _tell(made)
    for hook in hooks.extended:
        hook(made, actor)
    _write_down(made, actor)
    return made


def named(words: str, *, rehearsal: bool, article: str) -> Organisation:
    """The organisation with this code, or exactly this name. Refused: none, or several of that name."""
    wanted = "".join(words.split())
    rows = Organisation.objects.filter(Q(code=wanted.upper()) | Q(name=words.strip()), rehearsal=rehearsal)[:2]
    if len(rows) != 1:
        raise Refused(
            "organisation_ambiguous" if rows else "organisation_not_found", article=article, field="organisation"
        )
    return rows[0]


def _refuse_unfounded(
    stage: RoundStage, days: int, reason: str, article: str, organisation: Organisation | None
) -> None:
    if stage.kind != "intake" or stage.status != RoundStage.Status.OPEN or stage.deadline is None:
        raise Refused("stage_not_open", article=article, stage=stage.name)
    if stage.round.rules.summary(article) is None:
        raise Refused("extension_article_unknown", article=stage.article, given=article, field="article")
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    if not 1 <= days <= LONGEST:
        raise Refused("extension_length", article=article, most=LONGEST, field="days")
    if organisation is not None and organisation.rehearsal != stage.round.is_rehearsal:
        raise Refused("rehearsal_apart", article=article, field="organisation")


def _window(stage: RoundStage, before: dt.datetime, days: int, unit: Unit, article: str) -> Window:
    from_day = max(legal_date(before), clock.today(stage.round))
    return window(calendar_of(stage.round.jurisdiction), after=from_day, length=days, unit=unit, article=article)


def _write_down(made: Extension, actor: User) -> None:
    """For all: the stage's deadline moves, and the engine records it. By name: only the record."""
    facts = {"extension": made.pk, "window": made.window}
    if made.organisation is None:
        extend(actor=actor, stage=made.stage, deadline=made.deadline, article=made.article, reason=made.reason, **facts)
        return
    record(
        "stage.extended_for_one", round_=made.stage.round, actor=actor, subject=made.stage, article=made.article, stage=made.stage.key,
        before=made.deadline_before, deadline=made.deadline, reason=made.reason, organisation=made.organisation_id, **facts,
    )  # fmt: skip


def _tell(made: Extension) -> None:
    """Those who write for the organisation named, or for every one whose draft is not filed."""
    stage = made.stage
    people = User.objects.filter(is_active=True)
    if made.organisation is not None:
        people = people.filter(organisations__organisation=made.organisation)
    else:
        waiting = StageEntry.objects.filter(entry__round=stage.round, entry__status="draft").values(
            "entry__organisation"
        )
        people = people.filter(organisations__organisation__in=waiting)
    outbox.post(
        to=people.distinct(), kind=TOLD, jurisdiction=stage.round.jurisdiction, subject_ref=made, key=f"{TOLD}:{made.pk}",
        context={"day": legal_date(made.deadline), "article": made.article, "reason": made.reason},
        url=reverse("applications:apply", args=[stage.round.jurisdiction.code]), rehearsal=stage.round.is_rehearsal,
    )  # fmt: skip
