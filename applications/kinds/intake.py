"""Applications are written and filed."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from applications.domain.deadlines import last_of_all
from applications.kinds.shared import overview_url, waiting
from core import formats
from core.clock import legal_date
from rounds import clock
from rounds.kinds import Blocker, Proposal, StageKind, Todo, register
from rounds.models import RoundStage
from rounds.readers import EVERYBODY, Reader


@register
class Intake(StageKind):
    """Each entry goes on when it is filed. After the deadline what was not filed stops."""

    key = "intake"
    one_by_one = True
    acts = frozenset({"applicant"})

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        for row in waiting(stage, reader):
            text = format_lazy(
                _("File the application for {prize}"), prize=stage.round.rules.prize(row.entry.prize).name
            )
            yield Todo(
                "file_application",
                stage.article,
                text,
                overview_url(stage, row),
                due=stage.deadline,
                organisation_id=row.entry.organisation_id,
            )

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        last = last_of_all(stage)
        if last is None or clock.now(stage.round) > last:
            return []
        text = formats.said_later(_("Applications can be filed until {day}, 24:00."), day=legal_date(last))
        return [Blocker("deadline_running", stage.article, text)]

    def proposals(self, stage: RoundStage) -> list[Proposal]:
        reason = gettext("Not filed in time.")
        return [
            Proposal(row, "stopped", stage.article, reason, facts={"deadline": stage.deadline})
            for row in waiting(stage)
        ]

    def url(self, stage: RoundStage) -> str:
        return reverse("applications:intake", kwargs={"code": stage.round.jurisdiction.code, "stage": stage.pk})
