"""Asking once: what a page asks several times (may this person read? has this person stepped aside?) is read once and kept for that page.

    with reading.once():             # around a view that only reads
        ...
    reading.kept(("recused", user, entry), lambda: …)

Outside of ``once()`` nothing is kept: a domain function always asks anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

T = TypeVar("T")
_KEPT: ContextVar[dict[Hashable, Any] | None] = ContextVar("read", default=None)


@contextlib.contextmanager
def once() -> Iterator[None]:
    """Within it, what was asked is kept."""
    reset = _KEPT.set({} if _KEPT.get() is None else _KEPT.get())
    try:
        yield
    finally:
        _KEPT.reset(reset)


def kept(key: Hashable, ask: Callable[[], T]) -> T:
    """``ask()``, at most once for a key within :func:`once`."""
    found = _KEPT.get()
    if found is None:
        return ask()
    if key not in found:
        found[key] = ask()
    result: T = found[key]
    return result


def known(key: Hashable) -> Any:
    """What :func:`kept` has found before within :func:`once`; None where nobody has asked yet."""
    return (_KEPT.get() or {}).get(key)
