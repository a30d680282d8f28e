"""A page that is looked at asks once and lives in one moment; an act always asks anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.fallback import FallbackStorage
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from core import clock, reading
from core.pages import attempt


@pytest.fixture
def numbers() -> Iterator[int]:
    return iter(range(100))


def answer(request: HttpRequest, numbers: Iterator[int], *, act: bool = False) -> list[int]:
    """What a page finds that asks the same thing three times, the last time within an act."""
    found: list[int] = []

    def ask(**_who: Any) -> None:
        found.append(reading.kept("number", lambda: next(numbers)))

    def page(_request: HttpRequest) -> HttpResponse:
        ask()
        ask()
        attempt(request, ask) if act else ask()
        return HttpResponse()

    reading.Middleware(page)(request)
    return found


def test_a_page_asks_once_and_the_next_page_asks_again(numbers: Iterator[int]) -> None:
    assert answer(RequestFactory().get("/"), numbers) == [0, 0, 0]
    assert answer(RequestFactory().head("/"), numbers) == [1, 1, 1]
    assert answer(RequestFactory().post("/"), numbers) == [2, 3, 4]
    assert not reading.keeps()


@pytest.mark.django_db
def test_an_act_asks_anew_even_within_a_page(numbers: Iterator[int]) -> None:
    request = RequestFactory().get("/")
    request.user, request.session = AnonymousUser(), SessionBase()
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    assert answer(request, numbers, act=True) == [0, 0, 1]


@pytest.mark.django_db
def test_a_page_lives_in_one_moment() -> None:
    with reading.once():
        assert clock.now() == clock.now()
        with reading.anew():
            assert clock.now() != clock.now()
    assert clock.now() != clock.now()
