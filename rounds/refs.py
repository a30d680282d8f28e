"""Rounds as lower apps name them: by their primary key as text."""

from __future__ import annotations

from django_scopes import scopes_disabled

from rounds.models import Round


def is_rehearsal_ref(round_ref: str) -> bool:
    """Whether the round of that ``round_ref`` is a rehearsal."""
    with scopes_disabled():
        return round_ref.isdecimal() and Round.objects.filter(pk=int(round_ref), kind=Round.Kind.REHEARSAL).exists()
