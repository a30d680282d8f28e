"""What holds a team review up."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from reviews.kinds.shared import address
from reviews.models import VisitPlan
from reviews.queries.progress import EntryWork, needs_report
from rounds.kinds import Blocker
from rounds.models import RoundStage


def of(stage: RoundStage, works: Sequence[EntryWork]) -> list[Blocker]:
    """Blockers over the entries that wait; each with how many entries it concerns."""
    found = [*_teams(stage, works), *_grounds(stage, works), *_scores(stage, works), *_reports(stage, works)]
    return [blocker for blocker in found if blocker.count]


def _counted(works: Sequence[EntryWork], test: Callable[[EntryWork], bool]) -> int:
    return sum(1 for work in works if test(work))


def _teams(stage: RoundStage, works: Sequence[EntryWork]) -> list[Blocker]:
    rule, page = stage.spec.team, address("stage", stage, stage.pk)
    free = _counted(works, lambda w: not w.assignments)
    short = _counted(works, lambda w: w.short)
    return [
        Blocker(
            "unassigned",
            rule.article,
            _("{count} entries have no team.").format(count=free),
            f"{page}?lacking=team",
            free,
        ),
        Blocker(
            "team_short",
            rule.article,
            _("{count} entries have a team that is not complete.").format(count=short),
            page,
            short,
        ),
    ]


def _grounds(stage: RoundStage, works: Sequence[EntryWork]) -> list[Blocker]:
    """Plans, visits and hearings: what scores rest on."""
    spec, page, found = stage.spec, address("stage", stage, stage.pk), []
    if spec.plan is not None:
        unplanned = _counted(works, lambda w: bool(w.assignments) and not approved(w.plan))
        found.append(
            Blocker(
                "plan_not_approved",
                spec.plan.article,
                _("{count} entries have no approved on-site plan.").format(count=unplanned),
                page,
                unplanned,
            )
        )
    if spec.mode == "onsite":
        unseen = _counted(works, lambda w: w.visit is None)
        found.append(
            Blocker(
                "visit_missing",
                stage.article,
                _("{count} entries have not been visited.").format(count=unseen),
                page,
                unseen,
            )
        )
    if spec.mode == "onsite" and spec.opinion_within is not None:
        silent = _counted(works, lambda w: w.visit is not None and not w.visit.opinion)
        found.append(
            Blocker(
                "opinion_missing",
                stage.article,
                _("The team's opinion is missing for {count} entries.").format(count=silent),
                page,
                silent,
            )
        )
    if spec.mode == "defence":
        unheard = _counted(works, lambda w: w.hearing is None)
        found.append(
            Blocker(
                "hearing_missing",
                stage.article,
                _("{count} hearings are not on record.").format(count=unheard),
                page,
                unheard,
            )
        )
    return found


def _scores(stage: RoundStage, works: Sequence[EntryWork]) -> list[Blocker]:
    page = address("stage", stage, stage.pk)
    sheets = sum(work.missing for work in works if not work.head_absent)
    apart = _counted(works, lambda w: bool(w.unsettled))
    return [
        Blocker(
            "sheets_missing",
            stage.article,
            _("{count} score sheets are missing.").format(count=sheets),
            f"{page}?lacking=sheets",
            sheets,
        ),
        Blocker(
            "differences_unsettled",
            stage.article,
            _("In {count} entries the team has to agree.").format(count=apart),
            f"{page}?lacking=agreement",
            apart,
        ),
    ]


def _reports(stage: RoundStage, works: Sequence[EntryWork]) -> list[Blocker]:
    spec, page, found = stage.spec, address("stage", stage, stage.pk), []
    if needs_report(spec):
        article = spec.report_article or spec.confirm.article
        missing = _counted(works, lambda w: not w.head_absent and (w.report is None or w.report_outdated))
        found.append(
            Blocker(
                "report_missing",
                article,
                _("{count} reports are missing or out of date.").format(count=missing),
                f"{page}?lacking=report",
                missing,
            )
        )
    if spec.confirm is not None:
        open_ = _counted(works, lambda w: w.report is not None and w.report.confirmed_at is None)
        found.append(
            Blocker(
                "report_unconfirmed",
                spec.confirm.article,
                _("{count} reports are not confirmed by the applicant.").format(count=open_),
                f"{page}?lacking=confirmation",
                open_,
            )
        )
    return found


def approved(plan: VisitPlan | None) -> bool:
    return plan is not None and plan.approved_at is not None
