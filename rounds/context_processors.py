"""What every page shows of the chosen capacity. No query: the choice stands in the session with its words."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from jurisdictions.models import Role, in_language
from rounds.acting import KEY
from rounds.readers import APPLICANT


def acting(request: HttpRequest) -> dict[str, Any]:
    """``acting``: ``{"key", "role", "code", "name", "where"}`` of the chosen capacity; None where all are shown together."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"acting": None}
    kept = request.session.get(KEY)
    if not kept:
        return {"acting": None}
    role = kept["role"]
    name = _("Applicant") if role == APPLICANT else str(Role(role).label)
    where = in_language(kept["zh"], kept["en"])
    return {"acting": {"key": kept["key"], "role": role, "code": kept["code"], "name": name, "where": where}}
