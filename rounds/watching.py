"""What supervision looks at across a jurisdiction: acts of the log, by subject. Higher apps may name more with :func:`watch`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audit.models import AuditEvent
from jurisdictions.models import Jurisdiction


@dataclass(slots=True)
class Subject:
    """A kind of act worth an overview."""

    key: str
    label: Any
    acts: list[str] = field(default_factory=list)


_SUBJECTS: dict[str, Subject] = {}


def watch(key: str, label: Any, *acts: str) -> None:
    """Name acts for a subject; the first label given stands."""
    subject = _SUBJECTS.setdefault(key, Subject(key, label))
    subject.acts += [act for act in acts if act not in subject.acts]


def subjects() -> list[Subject]:
    """All of them, in the order in which they were named."""
    return list(_SUBJECTS.values())


def events(jurisdiction: Jurisdiction) -> QuerySet[AuditEvent]:
    """The acts of all subjects in the log of the jurisdiction."""
    acts = sorted({act for subject in _SUBJECTS.values() for act in subject.acts})
    return AuditEvent.objects.filter(scope=jurisdiction.code, act__in=acts)


watch("unmaskings", _("Shown in spite of a mask"), "secrets.unmasked", "objection.unmasked")
watch("extensions", _("Extensions"), "stage.extended", "stage.extended_for_one")
watch("counters", _("Counter-decisions and reopened work"), "decision.countered", "entry.reopened", "sheet.reopened")
watch("recusals", _("Recusals and replaced reviewers"), "entry.recused", "reviewer.replaced")
watch("aside", _("Disagreements set aside"), "consultation.set_aside")
