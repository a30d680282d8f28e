"""What an applicant wrote, beside the item of the sheet that it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from applications.models import Evidence, FiledVersion
from documents.models import StoredFile
from jurisdictions.policy import Policy
from jurisdictions.policy.sheets import Criterion, Sheet
from rounds.models import Entry

PREFIX = "self_"


def filed(entry: Entry) -> FiledVersion | None:
    """The version that was filed and stands."""
    found: FiledVersion | None = (
        FiledVersion.objects.filter(application=entry.pk, taken_back_at=None).order_by("-number").first()
    )
    return found


@dataclass(frozen=True, slots=True)
class Passage:
    """What was written under one item of the self-evaluation; ``heading`` where the sheet's item gathers several of them."""

    heading: str
    text: str
    secret: bool


def asked(policy: Policy, prize: str, sheet: Sheet) -> dict[str, list[Criterion]]:
    """``{leaf key of the sheet: items of the self-evaluation that speak of it}``: itself, or all below the chapter of that key.

    A leaf of which the form never asked (a defence's, say) is not among them.
    """
    form = policy.form_for(prize)
    if not form.self_evaluation:
        return {}
    known = {item.key: list(item.leaves()) for item in _all(policy.sheet(form.self_evaluation).criteria)}
    return {leaf.key: known[leaf.key] for leaf in sheet.leaves() if leaf.key in known}


def beside(version: FiledVersion | None, items: dict[str, list[Criterion]]) -> dict[str, list[Passage]]:
    """``{leaf key of the sheet: what was written of it}``; ``items`` as from ``asked``."""
    if version is None:
        return {}
    return {leaf: [*_passages(version, leaf, found)] for leaf, found in items.items()}


def _passages(version: FiledVersion, leaf: str, items: list[Criterion]) -> Iterator[Passage]:
    for item in items:
        key = _key_of(item.key, version.answers)
        if text := version.answers.get(key):
            heading = "" if item.key == leaf else f"{item.ref} {item.title}".strip()
            yield Passage(heading, str(text), key in version.secrets)


def _all(criteria: list[Criterion]) -> Iterator[Criterion]:
    for criterion in criteria:
        yield criterion
        yield from _all(criterion.children)


def _key_of(leaf: str, answers: dict[str, object]) -> str:
    """The form gives a self-evaluation its leaf's key, with a number where that was taken."""
    wanted = f"{PREFIX}{leaf}"
    numbered = (f"{wanted}_{number}" for number in range(2, 6))
    return wanted if wanted in answers else next((key for key in numbered if key in answers), wanted)


def evidence(entry: Entry) -> dict[str, list[StoredFile]]:
    """``{leaf key, or field: files}`` of what the applicant gave as evidence, without those marked as trade secrets. One query."""
    found: dict[str, list[StoredFile]] = {}
    rows = Evidence.objects.filter(application=entry.pk, removed_at=None, secret=False).select_related(
        "file__jurisdiction"
    )
    for row in rows.order_by("field", "id"):
        found.setdefault(row.field.removeprefix(PREFIX), []).append(row.file)
    return found
