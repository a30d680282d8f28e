"""The publicity's dates in the calendar of a round: its windows, and by when objections are examined."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from core.clock import legal_date
from publicity import queries
from publicity.models import Notice, Objection
from rounds.models import Round
from rounds.planning import LegalDate, provide, steps_of

MOST = 100


@provide
def windows(round_: Round) -> Iterable[LegalDate]:
    """Each list's window as it was counted when it was published. One query."""
    rows = Notice.objects.filter(round=round_, kind=Notice.Kind.PUBLICITY, stage__isnull=False, last_day__isnull=False)
    code = round_.jurisdiction.code
    for notice in rows.order_by("id")[:MOST]:
        assert notice.stage_id is not None
        assert notice.last_day is not None
        yield LegalDate(
            notice.stage_id, _("Publicity window"), notice.article, notice.last_day, notice.first_day,
            steps_of(notice.window),
            reverse("publicity:stage", args=[code, notice.stage_id])
            if round_.is_rehearsal  # whose notices are not published
            else reverse("publicity:notice", args=[code, notice.pk]),
        )  # fmt: skip


@provide
def examinations(round_: Round) -> Iterable[LegalDate]:
    """By when open objections are examined. One query."""
    rules = round_.rules.objections
    rows = Objection.objects.filter(stage__round=round_, status__in=queries.OPEN).order_by("examine_by", "id")
    for objection in rows[:MOST]:
        yield LegalDate(
            objection.stage_id, _("Examine objection {number}").format(number=objection.number),
            rules.examine_article or rules.article, legal_date(objection.examine_by), legal_date(objection.received_at),
            steps_of(objection.window), reverse("publicity:objection", args=[round_.jurisdiction.code, objection.pk]),
        )  # fmt: skip
