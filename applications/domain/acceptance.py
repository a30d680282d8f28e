"""What an entry's points and the bodies' answers come to: goes on, or stops under the first article that it fails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from applications.domain import assessing
from applications.domain.owning import priorities
from applications.models.assessment import Assessment
from applications.models.opinions import ConsultationRequest
from jurisdictions.policy import Policy
from rounds.kinds import Proposal
from rounds.models import RoundStage, StageEntry


def proposals(stage: RoundStage) -> list[Proposal]:
    """One for every waiting entry, those with priority first: what fails, each with its article; then what bodies hold against it.

    Three queries.
    """
    first = priorities(stage)
    rows = sorted(assessing.pending(stage), key=lambda row: (not first & set(row.entry.flags), row.pk))
    failing: dict[int, list[Assessment]] = {}
    for point in Assessment.objects.of_pending(stage).failing().order_by("position"):
        failing.setdefault(point.stage_entry_id, []).append(point)
    against: dict[int, list[ConsultationRequest]] = {}
    for request in ConsultationRequest.objects.of_pending(stage).against().select_related("body").order_by("id"):
        against.setdefault(request.stage_entry_id, []).append(request)
    with translation.override(settings.LANGUAGE_CODE):
        return [_proposal(stage, row, failing.get(row.pk, []), against.get(row.pk, [])) for row in rows]


def texts(rules: Policy) -> Mapping[str, Any]:
    """``{condition key: text}``."""
    return {condition.key: condition.text for condition in rules.conditions}


def words_of(point: Assessment, rules: Policy) -> str:
    """A point in the reader's language."""
    condition = texts(rules).get(point.key)
    return str(condition) if condition else str(point.get_point_display())


def _proposal(
    stage: RoundStage, row: StageEntry, failing: list[Assessment], against: list[ConsultationRequest]
) -> Proposal:
    rules, consult = stage.round.rules, stage.spec.consult
    reasons = [(point.article, _why(point, rules)) for point in failing]
    reasons += [
        (consult.article, _("{body} does not agree: {reason}").format(body=request.body.name_zh, reason=request.reason))
        for request in against
    ]
    if not reasons:
        return Proposal(row, "advanced", stage.article)
    told = "；".join(f"{_('Article {article}').format(article=article)}：{text}" for article, text in reasons)
    facts = {"failing": [point.key for point in failing], "against": [request.body.key for request in against]}
    return Proposal(row, "stopped", reasons[0][0], told, facts)


def _why(point: Assessment, rules: Policy) -> str:
    words = words_of(point, rules)
    note = point.note if point.finding == "not_met" else ""
    return (
        _("not met: {condition} ({note})").format(condition=words, note=note)
        if note
        else _("not met: {condition}").format(condition=words)
    )
