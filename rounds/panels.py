"""The screen on which everything about one entry stands: apps give their panels, each shown only to whom its rule lets see it.

    @panels.provide("scores", _("Scores"), template="reviews/panels/scores.html", order=50)
    def scores(look: Look) -> dict[str, Any] | None: ...        # context of its template; None: nothing to show

A provider reads what it needs of the whole entry in a constant number of queries, and checks ``look.user`` itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from rounds.models import Entry, StageEntry


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks at which entry. ``rows``: its way so far, in order; ``unmasked``: trade secrets are shown (and that is on record)."""

    user: User
    entry: Entry
    rows: list[StageEntry]
    now: dt.datetime
    unmasked: bool = False


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of the screen. ``context`` None: not read (it is fetched when one comes to it); ``empty``: read, and there is nothing."""

    key: str
    label: Any
    template: str
    context: dict[str, Any] | None = None
    empty: bool = False


Provider = Callable[[Look], dict[str, Any] | None]
_PROVIDERS: dict[str, tuple[int, Any, str, Provider]] = {}
_UNMASK: list[tuple[Callable[[User, Entry], bool], Callable[..., Any]]] = []
#: Shown at once; the others when one comes to them, or all together where that is asked for.
AT_ONCE = frozenset({"facts"})
ALL = "all"


def provide(key: str, label: Any, *, template: str, order: int) -> Callable[[Provider], Provider]:
    """Decorator: add a panel."""

    def add(provider: Provider) -> Provider:
        _PROVIDERS[key] = (order, label, template, provider)
        return provider

    return add


def unmasked_by(allowed: Callable[[User, Entry], bool], act: Callable[..., Any]) -> None:
    """Who may have trade secrets shown, and the domain function that records it (``actor``, ``entry``)."""
    _UNMASK[:] = [(allowed, act)]


def may_unmask(user: User, entry: Entry) -> bool:
    return any(allowed(user, entry) for allowed, _act in _UNMASK)


def unmask(*, actor: User, entry: Entry) -> bool:
    """Record that the secrets are shown; raises ``Refused`` where they are not needed."""
    for _allowed, act in _UNMASK:
        act(actor=actor, entry=entry)
    return bool(_UNMASK)


def known(part: str) -> bool:
    """There is a panel of this key."""
    return part in _PROVIDERS


def panels(look: Look, part: str = "") -> list[Panel]:
    """Every panel in order; read are those shown at once, or the one asked for, or ``ALL``."""
    found = []
    for key, (_order, label, template, provider) in sorted(_PROVIDERS.items(), key=lambda item: item[1][0]):
        if part == ALL or key == part or (not part and key in AT_ONCE):
            context = provider(look)
            found.append(Panel(key, label, template, context, empty=context is None))
        else:
            found.append(Panel(key, label, template))
    return found
