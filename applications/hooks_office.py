"""What higher apps want to be told by the office's side."""

from __future__ import annotations

from collections.abc import Callable

from applications.models.opinions import PreliminaryReview

Hears = Callable[[PreliminaryReview], None]

_ON_BODY_PUBLICITY: list[Hears] = []


def on_body_publicity(hears: Hears) -> Hears:
    """Decorator: ``fn(review)`` runs, in the same transaction, when a body publishes one of its own: its notice and its window stand on
    the row (``published_on``, ``published_where``, ``window_ends_at``, ``window``), the entry behind ``review.stage_entry.entry``."""
    if hears not in _ON_BODY_PUBLICITY:
        _ON_BODY_PUBLICITY.append(hears)
    return hears


def announce(review: PreliminaryReview) -> None:
    """Tell those who asked."""
    for hears in _ON_BODY_PUBLICITY:
        hears(review)
