"""What an applicant answered, for those who examine it: section by section, trade secrets masked."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from applications.facts import surroundings
from applications.forms import fields
from applications.forms.answers import understand
from applications.forms.layout import layout
from applications.models import Application, Evidence
from documents.models import StoredFile
from rounds import clock
from rounds.models import Entry


@dataclass(slots=True)
class Shown:
    """One answer. ``masked``: a trade secret that is not shown; ``files``: those given under it."""

    label: str
    text: str
    secret: bool = False
    masked: bool = False
    files: list[StoredFile] = field(default_factory=list)
    key: str = ""


@dataclass(slots=True)
class Part:
    """A section with what was answered in it."""

    title: str
    answers: list[Shown]


def shown(application: Application, entry: Entry, *, masked: bool) -> list[Part]:
    """The sections of an entry's form as answered; a constant number of queries."""
    policy = entry.round.rules
    laid_out = layout(policy, entry.prize)
    answered = understand(laid_out, application.answers, surroundings(entry, policy), clock.today(entry.round))
    files = _files(application)
    result = []
    for section in laid_out.sections:
        asked = [question for question in section.fields if question.key in answered.asked]
        parts = [_shown(question, application, files, masked=masked) for question in asked]
        if parts:
            result.append(Part(str(section.title), parts))
    return result


def _shown(question: Any, application: Application, files: dict[str, list[Evidence]], *, masked: bool) -> Shown:
    secret = question.key in application.secrets
    given = files.get(question.key, [])
    visible = [piece.file for piece in given if not (masked and (piece.secret or secret))]
    hides = masked and (secret or len(visible) < len(given))
    text = (
        ""
        if question.type == "files" or (masked and secret)
        else str(fields.show(question, application.answers.get(question.key)))
    )
    return Shown(
        str(question.label), text, secret or any(piece.secret for piece in given), hides, visible, question.key
    )


def _files(application: Application) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    rows = (
        Evidence.objects.filter(application=application, removed_at=None)
        .select_related("file__jurisdiction")
        .order_by("id")
    )
    for piece in rows:
        found.setdefault(piece.field, []).append(piece)
    return found
