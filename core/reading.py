"""Asking once: what a page asks several times (may this person read? has this person stepped aside?) is read once and kept for that page.

    reading.kept(("recused", user, entry), lambda: …)
    with reading.once(): …           # keep within
    with reading.anew(): …           # keep nothing within

A page that is only looked at (GET) is kept around as a whole, by :class:`Middleware`: it also lives in one moment (``core.clock.now``).
Outside of that nothing is kept: a domain function always asks anew.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Hashable, Iterator
from contextvars import ContextVar
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse

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


@contextlib.contextmanager
def anew() -> Iterator[None]:
    """Within it nothing is kept: where something is written, or rows go by in lots."""
    reset = _KEPT.set(None)
    try:
        yield
    finally:
        _KEPT.reset(reset)


def keeps() -> bool:
    """Whether what is asked now is kept."""
    return _KEPT.get() is not None


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


class Middleware:
    """A page that is only looked at asks once. What a streamed answer reads later, it asks anew."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return self.get_response(request)
        with once():
            return self.get_response(request)
