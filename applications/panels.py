"""What applications show on the screen of an entry: facts, answers with evidence, points with their results, bodies, papers."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from applications.domain import secrets
from applications.domain.acceptance import words_of
from applications.models import Application, FiledVersion
from applications.models.assessment import Assessment, CheckRecord
from applications.models.opinions import Charge, ConsultationRequest, Recommendation
from applications.rules import may_see, may_unmask
from applications.showing import Part, shown
from documents import papers
from jurisdictions.policy.constitution import Check
from rounds.models import Entry
from rounds.panels import Look, provide, unmasked_by
from rounds.rules import is_office, is_supervisor


def _application(look: Look) -> Application | None:
    """The application, where the person may read it; read once."""
    application: Application | None = getattr(look.entry, "application", None)
    return application if application is not None and may_see(look.user, look.entry) else None


@provide("facts", _("Facts"), template="applications/panels/facts.html", order=10)
def facts(look: Look) -> dict[str, Any] | None:
    """Who applies for what; what was established by whom. Two queries."""
    entry, rules = look.entry, look.entry.round.rules
    application = _application(look)
    checks = {check.key: check for check in rules.checks}
    rows = CheckRecord.objects.filter(application=entry.pk).select_related("body", "by").order_by("key", "id")
    versions = FiledVersion.objects.filter(application=entry.pk).defer("answers", "secrets", "evidence", "profile")
    return {
        "prize": next((p for p in rules.prizes if p.key == entry.prize), None),
        "flags": [e for e in rules.encouragements if e.key in entry.flags],
        "application": application,
        "records": [
            (row, checks[row.key], _said(checks[row.key], row.value)) for row in rows if row.key in checks and row.standing
        ],
        "versions": list(versions.select_related("filed_by").order_by("-number")[:10]),
    }  # fmt: skip


def _said(check: Check, value: Any) -> str:
    """An established fact in words."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    return str(check.choices.get(str(value), value))


@provide("answers", _("Answers and evidence"), template="applications/panels/answers.html", order=20)
def answers(look: Look) -> dict[str, Any] | None:
    """Section by section; trade secrets masked unless they were asked for, on record."""
    application = _application(look)
    if application is None:
        return None
    parts: list[Part] = shown(application, look.entry, masked=not look.unmasked)
    hidden = any(answer.masked for part in parts for answer in part.answers)
    return {"parts": parts, "hidden": hidden, "may_unmask": hidden and bool(may_unmask(look.user, look.entry))}


@provide("points", _("Conditions"), template="applications/panels/points.html", order=30)
def points(look: Look) -> dict[str, Any] | None:
    """Every point, stage by stage, with what was computed and found. One query."""
    stages = {row.pk: row.stage for row in look.rows}
    rows = list(Assessment.objects.filter(stage_entry__in=list(stages)).select_related("by").order_by("position", "id"))
    grouped: dict[int, list[Assessment]] = {}
    for row in rows:
        row.words = words_of(row, look.entry.round.rules)  # type: ignore[attr-defined]
        grouped.setdefault(row.stage_entry_id, []).append(row)
    return {"groups": [(stages[pk], grouped[pk]) for pk in stages if pk in grouped]} if rows else None


@provide("bodies", _("Departments and bodies"), template="applications/panels/bodies.html", order=40)
def bodies(look: Look) -> dict[str, Any] | None:
    """Whose own it is, what bodies recommended and answered. Three queries."""
    pks = [row.pk for row in look.rows]
    charges = list(Charge.objects.filter(stage_entry__in=pks).select_related("body").order_by("id"))
    spoken = Recommendation.objects.filter(stage_entry__in=pks).exclude(outcome="").select_related("body", "officer")
    asked = ConsultationRequest.objects.filter(stage_entry__in=pks).select_related(
        "body", "consultation", "file__jurisdiction", "set_aside_by"
    )
    context = {
        "charges": charges,
        "recommendations": list(spoken.order_by("id")),
        "questions": list(asked.order_by("id")),
    }
    return context if any(context.values()) else None


@provide("papers", _("Letters and papers"), template="applications/panels/papers.html", order=80)
def letters(look: Look) -> dict[str, Any] | None:
    """Papers made for this application and for the entry. One query."""
    if not (is_office(look.user, look.entry) or is_supervisor(look.user, look.entry)):
        return None
    found = papers.of_subjects([f"applications.Application:{look.entry.pk}", f"rounds.Entry:{look.entry.pk}",
                                *(f"rounds.StageEntry:{row.pk}" for row in look.rows)])  # fmt: skip
    rows = list(found[:50])
    return {"papers": rows} if rows else None


def _unmask(*, actor: User, entry: Entry) -> None:
    secrets.unmask(actor=actor, application=entry.application)


unmasked_by(lambda user, entry: bool(may_unmask(user, entry)), _unmask)
