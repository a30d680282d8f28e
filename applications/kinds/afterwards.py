"""Supplements hold their stage up while they may still be given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.models import Supplement
from core import formats
from core.clock import legal_date
from rounds import clock
from rounds.kinds import Blocker, Todo
from rounds.querysets import inside
from rounds.readers import Reader

if TYPE_CHECKING:
    from rounds.models import RoundStage


def supplement_blockers(stage: RoundStage) -> list[Blocker]:
    """Applicants may still supplement applications that wait here. One query."""
    running = inside(Supplement, stage).running(clock.now(stage.round)).of_pending(stage)
    days = sorted(running.values_list("due_at", flat=True))
    if not days:
        return []
    text = formats.said(
        _("{count} applications may be supplemented until {day}."), count=len(days), day=legal_date(days[-1])
    )
    return [Blocker("supplements_running", stage.article, text, count=len(days))]


def supplement_todos(stage: RoundStage, reader: Reader) -> Iterator[Todo]:
    """For each applicant that is asked: file it in time. One query, none for those who write for nobody."""
    if not reader.an_applicant:
        return
    rows = inside(Supplement, stage).running(clock.now(stage.round)).of_pending(stage)
    for row in (
        reader.of_organisations(rows, "application__entry__organisation")
        .select_related("application__entry")
        .order_by("due_at")
    ):
        entry = row.application.entry
        url = reverse("applications:supplement", kwargs={"code": stage.round.jurisdiction.code, "pk": entry.pk})
        text = _("Supplement the application {number}").format(number=entry.number)
        yield Todo("supplement", row.article, text, url, due=row.due_at, organisation_id=entry.organisation_id)
