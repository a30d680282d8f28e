"""Who gets what of an application's pages: the applicant its own, the office and supervision what is filed, nobody else a sign of it."""

from __future__ import annotations

import contextlib
import importlib
from typing import Any

SIGNED_IN = (
    "applicant", "other_applicant", "office", "office_head", "recommender", "department", "reviewer", "committee", "teller",
    "supervisor", "approver", "other_office",
)  # fmt: skip
READERS = ("applicant", "office", "office_head", "supervisor", "approver")
EVERYBODY = {"anonymous": 302, **dict.fromkeys(SIGNED_IN, 200)}
POSTS_ONLY = dict.fromkeys(("anonymous", *SIGNED_IN), 405)
READ = {"anonymous": 302, **dict.fromkeys(SIGNED_IN, 404), **dict.fromkeys(READERS, 200)}
#: The applicant's own acts: readers see that the page exists, and that it is not theirs.
OWN = {**READ, **dict.fromkeys(READERS, 403), "applicant": 200}
NOT_THERE = {"anonymous": 302, **dict.fromkeys(SIGNED_IN, 404)}
ORGANISATION = {**NOT_THERE, "applicant": 200}

MATRIX: dict[str, dict[str, int]] = {
    "applications:apply": EVERYBODY,
    "applications:start": POSTS_ONLY,
    "applications:application": READ,
    "applications:section": READ,
    "applications:autosave": POSTS_ONLY,
    "applications:upload": POSTS_ONLY,
    "applications:earlier": OWN,
    "applications:category": {**NOT_THERE, **dict.fromkeys(READERS, 403), "applicant": 404},  # this prize has none
    "applications:preview": {**READ, **dict.fromkeys(READERS, 403), "applicant": 200},
    "applications:can_we_apply": {"anonymous": 200, **dict.fromkeys(SIGNED_IN, 200)},
    "applications:review": READ,
    "applications:unmask": POSTS_ONLY,
    "applications:file": POSTS_ONLY,
    "applications:receipt": READ,
    "applications:take_back": OWN,
    "applications:withdraw": OWN,
    "applications:internal_publicity": NOT_THERE,
    "applications:supplement": {**NOT_THERE, **dict.fromkeys(READERS, 403), "applicant": 404},  # none was asked for
    "applications:file_supplement": POSTS_ONLY,
    "applications:difference": NOT_THERE,  # a single version was filed
    "applications:organisations": EVERYBODY,
    "applications:register_organisation": EVERYBODY,
    "applications:organisation": ORGANISATION,
    "applications:add_person": POSTS_ONLY,
    "applications:remove_person": POSTS_ONLY,
    "applications:remind_person": POSTS_ONLY,
    "applications:ask_to_join": POSTS_ONLY,
}

_DRAFT = {**NOT_THERE, "applicant": 200}
#: What differs while a round is under way. A draft is its applicant's alone; nobody reads it before it is filed.
STATES: dict[str, dict[str, dict[str, int]]] = {
    "intake": {
        "applications:receipt": NOT_THERE,
        "applications:category": NOT_THERE,
        "applications:supplement": NOT_THERE,
        **{
            f"applications:{name}": _DRAFT
            for name in (
                "application",
                "section",
                "review",
                "take_back",
                "withdraw",
                "earlier",
                "preview",
            )
        },
    },
    "eligibility": {
        "applications:difference": READ,  # the first applicant took its application back and filed it again
        "applications:own_entry": NOT_THERE,  # it is another body's
    },
}


def kwargs(world: Any) -> dict[str, dict[str, Any]]:
    code, entry = world.jurisdiction.code, world.entry
    one = {"code": code, "pk": entry.pk}
    section = world.round.rules.form_for(entry.prize).sections[0].key
    found: dict[str, dict[str, Any]] = {
        "applications:apply": {"code": code},
        "applications:start": {"code": code},
        **{f"applications:{name}": {**one, "section": section} for name in ("section", "autosave", "upload")},
        "applications:can_we_apply": {"code": code},
        "applications:difference": {**one, "number": 2},
        "applications:organisations": {},
        "applications:register_organisation": {},
        "applications:organisation": {"pk": entry.organisation_id},
        "applications:add_person": {"pk": entry.organisation_id},
        "applications:remove_person": {"pk": entry.organisation_id, "member": 1},
        "applications:remind_person": {"pk": entry.organisation_id, "member": 1},
        "applications:ask_to_join": {},
    }
    found |= {name: one for name in MATRIX if name.startswith("applications:") and name not in found and name in OF_ONE}
    office = _office()
    return found | (office.kwargs(world) if office else {})


#: Pages of one application.
OF_ONE = (
    "applications:application", "applications:review", "applications:unmask", "applications:file", "applications:receipt",
    "applications:take_back", "applications:withdraw", "applications:internal_publicity", "applications:earlier", "applications:preview",
    "applications:category",
    "applications:supplement", "applications:file_supplement",
)  # fmt: skip


def _office() -> Any:
    """The rows of the office's and the bodies' side."""
    for name in ("office_matrix", "matrix_office"):
        with contextlib.suppress(ModuleNotFoundError):
            return importlib.import_module(f"tests.applications.{name}")
    return None


if _office():
    MATRIX |= _office().MATRIX
