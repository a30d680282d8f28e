"""How far a team review is: everything about its entries in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db.models import Q

from core.fields import digest
from core.refusals import Refused
from jurisdictions.policy.sheets import Sheet
from jurisdictions.policy.stages import TeamReview
from reviews.models import Assignment, Consensus, Hearing, Report, ScoreSheet, Team, Visit, VisitPlan
from reviews.tallies import scores
from reviews.tallies.shape import size_fits
from rounds.models import RoundStage, StageEntry

#: Of assignments: those whose task is not over.
RUNNING = Q(ended_at=None)


def sheet_for(stage: RoundStage, prize: str) -> Sheet:
    """The score sheet of a prize in a stage. Raises ``Refused("no_sheet")``."""
    spec: TeamReview = stage.spec
    key = spec.sheets.get(prize) or spec.sheets.get("any")
    if key is None:
        raise Refused("no_sheet", article=stage.article, prize=prize)
    return stage.round.rules.sheet(key)


def marks_of(sheet: ScoreSheet) -> dict[str, Decimal]:
    """The marks of a sheet that was handed in."""
    return {leaf: Decimal(mark) for leaf, mark in sheet.scores.items()}


@dataclass
class EntryWork:
    """One entry's review in one stage."""

    row: StageEntry
    spec: TeamReview
    sheet: Sheet
    assignments: list[Assignment] = field(default_factory=list)
    every_sheet: list[ScoreSheet] = field(default_factory=list)
    consensus: Consensus | None = None
    report: Report | None = None
    visit: Visit | None = None
    hearing: Hearing | None = None
    plan: VisitPlan | None = None

    @property
    def pk(self) -> int:
        """Its stage entry's: what a list of works chooses rows by."""
        return self.row.pk

    @cached_property
    def reviewers(self) -> set[int]:
        return {assignment.reviewer_id for assignment in self.assignments}

    @property
    def leader(self) -> Assignment | None:
        return next((assignment for assignment in self.assignments if assignment.is_leader), None)

    @property
    def team(self) -> Team | None:
        return self.assignments[0].team if self.assignments else None

    @cached_property
    def handed_in(self) -> list[ScoreSheet]:
        """What those who review the entry now have handed in, abstentions included."""
        counted = (s for s in self.every_sheet if s.submitted_at is not None and s.reviewer_id in self.reviewers)
        return sorted(counted, key=lambda sheet: sheet.reviewer_id)

    @cached_property
    def sheets(self) -> list[ScoreSheet]:
        """The sheets that count: handed in with marks."""
        return [sheet for sheet in self.handed_in if not sheet.abstained]

    @property
    def abstentions(self) -> list[ScoreSheet]:
        """Those of the team who gave no marks, and why."""
        return [sheet for sheet in self.handed_in if sheet.abstained]

    @property
    def set_aside(self) -> list[ScoreSheet]:
        """Sheets of those who were replaced, recused or struck: on record, and counted no longer."""
        return [s for s in self.every_sheet if s.submitted_at is not None and s.reviewer_id not in self.reviewers]

    @property
    def missing(self) -> int:
        """How many sheets are still out."""
        return len(self.reviewers) - len(self.handed_in)

    @property
    def all_in(self) -> bool:
        return bool(self.sheets) and not self.missing

    @cached_property
    def marks(self) -> list[dict[str, Decimal]]:
        return [marks_of(sheet) for sheet in self.sheets]

    @cached_property
    def far_apart(self) -> dict[str, Decimal]:
        return scores.far_apart(self.sheet, self.marks, self.spec.max_spread.value) if self.all_in else {}

    @property
    def basis(self) -> str:
        """Hash of what a consensus is made from."""
        return digest([[s.reviewer_id, s.version, s.scores] for s in self.sheets])

    @cached_property
    def agreed(self) -> Consensus | None:
        """The consensus, while it fits the sheets."""
        return self.consensus if self.consensus is not None and self.consensus.basis == self.basis else None

    @cached_property
    def unsettled(self) -> set[str]:
        """Leaves on which the team's word is missing."""
        if not self.all_in:
            return set()
        wanted = scores.to_agree(self.sheet, self.marks, self.spec.consensus.value, self.spec.max_spread.value)
        if self.agreed is None:
            return wanted
        talked = set(self.agreed.reasons) & set(self.far_apart) if self.spec.consensus.value != "agreed" else set()
        return wanted - set(self.agreed.values) - talked

    @cached_property
    def result(self) -> Decimal | None:
        """The team's result; None until every sheet is in and nothing is unsettled."""
        if not self.all_in or self.unsettled:
            return None
        agreed = {leaf: Decimal(mark) for leaf, mark in self.agreed.values.items()} if self.agreed else {}
        return scores.result(
            self.sheet, self.marks, agreed=agreed, method=self.spec.consensus.value, decimals=self.spec.decimals.value
        )

    @property
    def head_absent(self) -> bool:
        """The head, who had to be present, was not."""
        return bool(self.spec.head_present and self.hearing is not None and not self.hearing.head_present)

    @property
    def short(self) -> bool:
        """Fewer (or more) give marks than the article wants, without a reason; no leader, or no industry expert among them."""
        if not self.assignments:
            return False
        rule, team = self.spec.team, self.assignments[0].team
        silent = {sheet.reviewer_id for sheet in self.abstentions}
        judging = [a for a in self.assignments if a.reviewer_id not in silent]
        explained = rule.otherwise == "reason" and bool(team.size_reason) and bool(judging)
        expert = not rule.industry_expert or any(a.reviewer.is_industry_expert for a in judging)
        return self.leader is None or not expert or not (size_fits(rule, len(judging)) or explained)

    @property
    def report_outdated(self) -> bool:
        return self.report is not None and self.result is not None and self.report.score != self.result


def needs_report(spec: TeamReview) -> bool:
    return spec.report_article is not None or spec.confirm is not None


def of_stage(stage: RoundStage, rows: Sequence[StageEntry] | None = None, *, held: Q = RUNNING) -> list[EntryWork]:
    """The work on the entries that wait in a stage (or on ``rows``), in the order they came in. Eight queries at most."""
    if rows is None:
        rows = list(
            StageEntry.objects.filter(stage=stage).pending().select_related("entry__organisation").order_by("id")
        )
    for row in rows:
        row.stage, row.entry.round = stage, stage.round
    works = {row.pk: EntryWork(row, stage.spec, sheet_for(stage, row.entry.prize)) for row in rows}
    if works:
        _fill_assignments(works, held)
        for sheet in ScoreSheet.objects.filter(stage_entry__in=works).order_by("id"):
            works[sheet.stage_entry_id].every_sheet.append(sheet)
        for name, model in _singles(stage.spec).items():
            _fill_one(works, name, model.objects.filter(stage_entry__in=works))
        if stage.spec.plan is not None:
            _fill_plans(stage, works)
    return list(works.values())


def _singles(spec: TeamReview) -> dict[str, Any]:
    """What there is at most one of for an entry, where the mode has it."""
    found: dict[str, Any] = {"consensus": Consensus, "report": Report}
    if spec.mode == "onsite":
        found["visit"] = Visit
    if spec.mode == "defence":
        found["hearing"] = Hearing
    return found


def of_entry(row: StageEntry) -> EntryWork:
    """The work on one entry."""
    return of_stage(row.stage, [row])[0]


def of_team(team: Team) -> list[EntryWork]:
    """The work on a team's entries; once the stage is closed, on those that it had when it closed."""
    held = Assignment.objects.filter(team=team).filter(_held(team.stage))
    rows = StageEntry.objects.filter(pk__in=held.values("stage_entry")).select_related("entry__organisation")
    return of_stage(team.stage, list(rows.order_by("id")), held=_held(team.stage))


def _held(stage: RoundStage) -> Q:
    """Assignments that run, or that ran until the stage was closed."""
    return Q(end_code="closed") if stage.status == RoundStage.Status.CLOSED else RUNNING


def _fill_assignments(works: Mapping[int, EntryWork], held: Q) -> None:
    found = Assignment.objects.filter(held, stage_entry__in=list(works)).select_related("reviewer__user", "team")
    for assignment in found.order_by("-is_leader", "id"):
        works[assignment.stage_entry_id].assignments.append(assignment)


def _fill_one(works: Mapping[int, EntryWork], name: str, rows: Iterable[Any]) -> None:
    for found in rows:
        setattr(works[found.stage_entry_id], name, found)


def _fill_plans(stage: RoundStage, works: Mapping[int, EntryWork]) -> None:
    plans = {plan.team_id: plan for plan in VisitPlan.objects.filter(team__stage=stage)}
    for work in works.values():
        if work.team is not None:
            work.plan = plans.get(work.team.pk)


def by_team(works: Iterable[EntryWork]) -> dict[int, list[EntryWork]]:
    """Grouped by team id; entries without a team are left out."""
    found: dict[int, list[EntryWork]] = defaultdict(list)
    for work in works:
        if work.team is not None:
            found[work.team.pk].append(work)
    return found
