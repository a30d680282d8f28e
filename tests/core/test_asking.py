"""Predicates, refusals, and pages that call the domain."""

from __future__ import annotations

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import User
from core import refusals
from core.access import Predicate, predicate, require
from core.pages import attempt, back
from core.refusals import Refused
from tests.refusing import refused


@dataclass
class Actor:
    is_authenticated: bool = True
    is_active: bool = True


def saying(answer: bool) -> Predicate:
    return Predicate("says", lambda _a, _t: answer)


@given(st.booleans(), st.booleans())
def test_predicates_combine_like_logic(one: bool, other: bool) -> None:
    p, q, actor = saying(one), saying(other), Actor()
    assert (p & q)(actor, None) is (one and other)
    assert (p | q)(actor, None) is (one or other)
    assert (~p)(actor, None) is (not one)
    assert (~(p & q))(actor, None) is ((~p) | (~q))(actor, None)


@pytest.mark.parametrize("actor", [None, AnonymousUser(), Actor(is_active=False), Actor(is_authenticated=False)])
def test_strangers_and_closed_accounts_get_no_from_everything_negations_too(actor: Any) -> None:
    for rule in (saying(True), ~saying(False), saying(True) | ~saying(False)):
        assert rule(actor, None) is False


def test_a_predicate_is_named_after_its_question() -> None:
    @predicate
    def is_thing(actor: Any, thing: Any) -> bool:
        return bool(thing)

    assert is_thing.name == "is_thing"
    assert (is_thing & ~is_thing).name == "(is_thing and not is_thing)"
    require(is_thing, Actor(), 1)
    with refused("not_yours_to_do", article="7"):
        require(is_thing, Actor(), 0, article="7")


def test_a_code_belongs_to_one_app() -> None:
    known = sorted(refusals.codes())[0]
    with pytest.raises(ValueError, match=known):
        refusals.register({known: ("another why", "another step")})


def test_a_refusal_cites_its_article_and_survives_a_missing_fact() -> None:
    refusals.register({"test_core_refusal": ("{a} of {b}.", "Do {c}.")})
    text = str(Refused("test_core_refusal", article="12", a=3))
    assert "3 of —." in text and "Do —." in text and "12" in text
    assert Refused("test_core_refusal").citation == ""


def request_of(user: Any = None, **data: str) -> HttpRequest:
    request = RequestFactory().post("/somewhere/", data)
    request.user = user or SimpleNamespace(is_authenticated=True)  # type: ignore[assignment]
    request.session = {}  # type: ignore[assignment]
    request._messages = FallbackStorage(request)  # type: ignore[attr-defined]
    return request


def said(request: HttpRequest) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in get_messages(request)]


@pytest.mark.django_db
def test_a_refused_attempt_says_so_and_writes_nothing() -> None:
    def act(*, actor: Any, name: str) -> User:
        User.objects.create_user("left@behind.example", name=name)
        raise Refused("not_yours_to_do")

    request = request_of()
    assert attempt(request, act, name="x", done="well done") is None
    assert [level for level, _text in said(request)] == ["error"]
    assert not User.objects.filter(email="left@behind.example").exists()


@pytest.mark.django_db
def test_an_attempt_acts_as_the_person_who_is_signed_in() -> None:
    request = request_of()
    assert attempt(request, lambda *, actor, n: (actor, n), n=2, done="well done") == (request.user, 2)
    assert said(request) == [("success", "well done")]


@pytest.mark.django_db
def test_no_other_exception_is_swallowed() -> None:
    def act(*, actor: Any) -> None:
        raise KeyError("bug")

    with pytest.raises(KeyError):
        attempt(request_of(), act)


ELSEWHERE = (
    "https://evil.example/", "//evil.example", "///evil.example", "javascript:alert(1)", "http:///evil.example", "\\\\evil.example",
    "/\\evil.example", " //evil.example", "",
)  # fmt: skip


@pytest.mark.parametrize("target", ELSEWHERE)
def test_back_never_leaves_the_site(target: str) -> None:
    assert back(request_of(next=target), "/home/") == "/home/"


def test_back_goes_where_the_page_asked() -> None:
    assert back(request_of(next="/j/x/rounds/?a=1"), "/home/") == "/j/x/rounds/?a=1"
    assert back(request_of(next="http://testserver/j/"), "/home/") == "/home/"  # a path is all that our forms send


@pytest.mark.django_db
def test_a_refusal_that_no_view_caught_is_a_page() -> None:
    middleware = refusals.RefusalMiddleware(lambda _request: HttpResponse())
    request = request_of(AnonymousUser())
    request.jurisdiction = None  # type: ignore[attr-defined]
    response = middleware.process_exception(request, Refused("not_yours_to_do"))
    assert response is not None
    assert response.status_code == 409
    assert Refused("not_yours_to_do").next_step in response.content.decode()
    assert middleware.process_exception(request, KeyError()) is None
