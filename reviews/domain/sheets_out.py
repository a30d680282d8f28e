"""Frozen papers of what was planned and what came out: an approved on-site plan, the scores and the list of a decided stage."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from core import formats
from documents import papers
from documents.models import Paper, name_of
from reviews.models import Assignment, VisitPlan
from rounds.models import Decision, DecisionItem, RoundStage, StageEntry


def plan_paper(stage: RoundStage, plan: VisitPlan, signed: dict[str, Any]) -> Paper:
    """An approved on-site plan; a plan approved anew is another paper."""
    rows = StageEntry.objects.filter(pk__in=[int(key) for key in plan.by_entry]).select_related("entry__organisation")
    members = plan.team.members.filter(ended_at=None).select_related("reviewer__user")
    with translation.override(settings.LANGUAGE_CODE):
        days = [[plan.by_entry[str(row.pk)], row.entry.organisation.name, row.entry.number] for row in rows]
        facts = [
            [_("Review team"), plan.team.name],
            [_("Members"), "、".join(str(member.reviewer) for member in members)],
            [_("From"), plan.starts_on], [_("Until"), plan.ends_on], [_("Made by"), str(plan.made_by)],
            [_("Approved by"), formats.with_note(plan.approved_by, formats.shown(plan.approved_at) or "")],
        ]  # fmt: skip
        sections: list[dict[str, Any]] = [{"title": _("Plan"), "paragraphs": plan.text.splitlines()}]
        if days:
            columns = [_("Day"), _("Organisation"), _("Filing number")]
            sections.append({"title": _("Visits"), "columns": columns, "rows": sorted(days)})
        number = Paper.objects.filter(kind="visit_plan", subject=name_of(plan)).count() + 1
        return papers.request(
            kind="visit_plan", jurisdiction=stage.round.jurisdiction, subject=plan, template="report", number=str(number),
            context={"facts": facts, "sections": sections} | signed, title=_("On-site plan"), round_ref=stage.round_id,
        )  # fmt: skip


def outcome(decision: Decision, signed: dict[str, Any]) -> Paper:
    """Scores, ranks and who goes on, as a decision fixed them (the list of those that passed; the scores of a defence)."""
    stage = decision.stage
    items = (
        DecisionItem.objects.filter(decision=decision)
        .select_related("stage_entry__entry__organisation")
        .order_by("outcome", "rank", "id")
    )
    sizes = _team_sizes(decision)
    with translation.override(settings.LANGUAGE_CODE):
        words = {"advanced": _("goes on"), "stopped": _("does not go on")}
        rules = stage.round.rules
        rows = [
            [
                item.rank or "—", item.stage_entry.entry.organisation.name, str(rules.prize(item.stage_entry.entry.prize).name),
                "—" if item.score is None else f"{item.score.normalize():f}", sizes.get(item.stage_entry_id, 0) or "—", words[item.outcome],
            ]
            for item in items
        ]  # fmt: skip
        columns = [_("Rank"), _("Organisation"), _("Prize"), _("Score"), _("Reviewers"), _("Outcome")]
        place = Decision.objects.filter(stage=stage, pk__lte=decision.pk).count()
        return papers.request(
            kind="review_outcome", jurisdiction=stage.round.jurisdiction, subject=decision, template="list", number=str(place),
            context={"columns": columns, "rows": rows} | signed, title=_("{stage}: scores and list").format(stage=stage.spec.name.zh),
            round_ref=stage.round_id,
        )  # fmt: skip


def _team_sizes(decision: Decision) -> dict[int, int]:
    """How many gave marks for each entry."""
    found: dict[int, int] = {}
    running = Assignment.objects.filter(stage_entry__decision_items__decision=decision, ended_at=None)
    for pk in running.values_list("stage_entry_id", flat=True):
        found[pk] = found.get(pk, 0) + 1
    return found


def of_stage(stage: RoundStage) -> list[Paper]:
    """The papers of a stage's released decisions, newest first."""
    decisions = Decision.objects.filter(stage=stage, status=Decision.Status.RELEASED).order_by("-id")
    names = [name_of(decision) for decision in decisions]
    return list(Paper.objects.filter(kind="review_outcome", subject__in=names).select_related("jurisdiction"))
