"""How a round is called in lists."""

from __future__ import annotations

from django.utils.translation import gettext as _

from core import formats
from rounds.models import Round


def round_name(round_: Round | None) -> str:
    """Its year; rehearsals with their number, since a year may have several."""
    if round_ is None:
        return ""
    if not round_.is_rehearsal:
        return str(round_.year)
    return formats.with_note(round_.year, _("rehearsal {number}").format(number=round_.pk))
