"""What changed between two filed versions: each question with the old answer and the new one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from applications.domain.access import policy_of
from applications.forms.fields import show
from applications.forms.layout import layout
from applications.models import Application, FiledVersion
from jurisdictions.policy.forms import Field


@dataclass(frozen=True, slots=True)
class Change:
    """One question. ``masked``: a trade secret that this reader does not see, only that it changed."""

    key: str
    label: str
    section: str
    old: str
    new: str
    masked: bool = False


def differences(
    application: Application, old: FiledVersion, new: FiledVersion, masked: Collection[str] = ()
) -> list[Change]:
    """The questions whose answer or files differ, in the order of the form."""
    plan = layout(policy_of(application), application.entry.prize)
    found = []
    for key, field in plan.fields.items():
        before, after = _said(field, old), _said(field, new)
        if before != after:
            hidden = key in masked
            title = str(plan.section_of[key].title)
            found.append(
                Change(key, str(field.label), title, "" if hidden else before, "" if hidden else after, hidden)
            )
    return found


def _said(field: Field, version: FiledVersion) -> str:
    """An answer in words; of files their names, and their content by its fingerprint."""
    if field.type != "files":
        return show(field, version.answers.get(field.key))
    pieces: list[dict[str, Any]] = [piece for piece in version.evidence if piece["field"] == field.key]
    return "\n".join(f"{piece['name']} ({piece['sha256'][:12]})" for piece in pieces)
