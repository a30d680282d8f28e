"""What an applicant wrote, beside the item of the sheet that it answers."""

from __future__ import annotations

from typing import Any

from applications.models import Evidence, FiledVersion
from documents.models import StoredFile
from jurisdictions.policy.sheets import Sheet
from rounds.models import Entry

PREFIX = "self_"


def filed(entry: Entry) -> FiledVersion | None:
    """The version that was filed and stands."""
    found: FiledVersion | None = (
        FiledVersion.objects.filter(application=entry.pk, taken_back_at=None).order_by("-number").first()
    )
    return found


def beside(version: FiledVersion | None, sheet: Sheet) -> dict[str, tuple[str, bool]]:
    """``{leaf key: (the self-evaluation's text, whether it is marked as a trade secret)}``."""
    if version is None:
        return {}
    secrets, found = set(version.secrets), {}
    for leaf in sheet.leaves():
        key = _key_of(leaf.key, version.answers)
        text: Any = version.answers.get(key)
        if text:
            found[leaf.key] = (str(text), key in secrets)
    return found


def _key_of(leaf: str, answers: dict[str, Any]) -> str:
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
