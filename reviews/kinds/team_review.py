"""Team review: documents, on site, in a defence."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import User
from reviews.domain import letters, looking, sheets_out
from reviews.domain.assignments import end
from reviews.domain.teams import applied_for
from reviews.kinds import doubts, shared, team_blockers, team_todos
from reviews.models import Assignment
from reviews.queries import progress
from reviews.queries.standings import Standings, Within, stand
from rounds.kinds import Blocker, Proposal, StageKind, Todo, register
from rounds.models import Decision, RoundStage, StageEntry
from rounds.readers import EVERYBODY, Reader

_OFFICE = {"unassigned", "team_short", "tie_at_the_cut"}


@register
class TeamReviewKind(StageKind):
    """Teams score; differences are talked over; the best go on."""

    key: ClassVar[str] = "team_review"
    acts: ClassVar[frozenset[str]] = frozenset({"reviewer", "applicant"})

    def may_start(self, stage: RoundStage) -> list[Blocker]:
        """Every prize that one applies for needs its sheet."""
        sheets = stage.spec.sheets
        missing = [prize for prize in applied_for(stage) if prize not in sheets and "any" not in sheets]
        rules = stage.round.rules
        text = _("No score sheet for {prize}.")
        return [Blocker("no_sheet", stage.article, text.format(prize=rules.prize(prize).name)) for prize in missing]

    def acting(self, stage: RoundStage) -> frozenset[str]:
        """The applicant acts where it confirms a report; who approves the plan acts as well."""
        asked = {"office", "reviewer"} | ({"applicant"} if stage.spec.confirm else set())
        return frozenset(asked | ({team_todos.plan_role(stage)} if stage.spec.plan else set()))

    def on_enter(self, stage_entries: list[StageEntry]) -> None:
        """The system looks for interests between the pool and those who come in."""
        if stage_entries:
            looking.look_in_stage(stage_entries[0].stage, stage_entries)

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        works = progress.of_stage(stage, _rows_for(stage, reader))
        if reader.office:
            yield from shared.office_todos(self._blockers(stage, works), _OFFICE.__contains__)
            yield from doubts.todos(stage)
        yield from team_todos.of(stage, works)

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        return self._blockers(stage, progress.of_stage(stage))

    def _blockers(self, stage: RoundStage, works: list[progress.EntryWork]) -> list[Blocker]:
        found = [*team_blockers.of(stage, works), *doubts.blockers(stage)]
        return found or shared.tie_blockers(stage, self._standings(stage, works))

    def standings(self, stage: RoundStage) -> Standings:
        """Ranks and cuts as they stand now."""
        return self._standings(stage, progress.of_stage(stage))

    def _standings(self, stage: RoundStage, works: list[progress.EntryWork]) -> Standings:
        scores: dict[int, Decimal] = {w.row.pk: w.result for w in works if w.result is not None and not w.head_absent}
        spec = stage.spec
        within: Within = spec.shortlist.per if spec.shortlist else "prize"
        return stand(
            stage, scores, [w.row for w in works], gate=spec.gate, shortlist=spec.shortlist, rank_within=within
        )

    def proposals(self, stage: RoundStage) -> list[Proposal]:
        works = progress.of_stage(stage)
        standings = self._standings(stage, works)
        by_row = {work.row.pk: work for work in works}
        found = [
            shared.proposal(stage, line, standings, _facts(by_row[line.row.pk]))
            for line in standings.lines
            if line.outcome != "tied"
        ]
        absent = _("The head of the organisation did not state and defend in person.")
        found += [shared.unscored(w.row, stage.article, absent) for w in works if w.head_absent]
        return sorted(found, key=lambda p: (p.outcome, p.rank or 0, p.stage_entry.pk))

    def on_release(self, decision: Decision, actor: User) -> None:
        letters.reports(decision)
        letters.feedback(decision)
        sheets_out.outcome(decision, letters.signed(decision.stage.round, decision.stage.article))

    def on_close(self, stage: RoundStage, actor: User) -> None:
        """The reviewers' task is done; their access ends with it."""
        end(Assignment.objects.filter(stage_entry__stage=stage), code="closed")

    def url(self, stage: RoundStage) -> str:
        return shared.address("stage", stage, stage.pk)


def _rows_for(stage: RoundStage, reader: Reader) -> list[StageEntry] | None:
    """None: all that wait. Reviewers need those of their teams, applicants their own."""
    if reader.office or (stage.spec.plan is not None and reader.plays(team_todos.plan_role(stage))):
        return None
    waiting = StageEntry.objects.filter(stage=stage).pending()
    mine = Q(pk__in=Assignment.objects.filter(
        stage_entry__stage=stage, ended_at=None, team__members__reviewer__user=reader.user, team__members__ended_at=None
    ).values("stage_entry"))  # fmt: skip
    if reader.organisations:
        mine |= Q(entry__organisation__in=reader.organisations)
    return list(waiting.filter(mine).select_related("entry__organisation").order_by("id"))


def _facts(work: progress.EntryWork) -> dict[str, Any]:
    return {
        "sheets": [str(sheet.total) for sheet in work.sheets],
        "out_of": work.sheet.total,
        "method": work.spec.consensus.value,
    }
