"""Refusals: typed, citing an article, saying what to do next. No other exception reaches a person."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import DataError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from core.formats import Shown, sentences

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Sentence:
    """What a refusal says: ``why`` and ``next_step`` are format strings over the refusal's facts."""

    why: Text
    next_step: Text


_CATALOGUE: dict[str, Sentence] = {}


class Refused(Exception):
    """An act that its article does not allow.

    ``code`` is a key of the catalogue, ``article`` the article's number in the pinned policy (``""`` only for what no
    regulation speaks of, such as a wrong password), ``facts`` what the sentence mentions.
    """

    def __init__(self, code: str, /, *, article: str = "", field: str = "", **facts: Any) -> None:
        super().__init__(code, article, facts)
        self.code, self.article, self.field, self.facts = code, article, field, facts

    @property
    def why(self) -> str:
        return str(_CATALOGUE[self.code].why).format_map(Shown(self.facts))

    @property
    def next_step(self) -> str:
        return str(_CATALOGUE[self.code].next_step).format_map(Shown(self.facts))

    @property
    def citation(self) -> str:
        return _("(Article {article})").format(article=self.article) if self.article else ""

    def __str__(self) -> str:
        return sentences(self.why, self.citation, self.next_step)


def register(sentences: Mapping[str, tuple[Text, Text]]) -> None:
    """Add an app's sentences: ``{code: (why, next_step)}``. A code belongs to one app.

    Raises ``ValueError`` when a code is registered twice.
    """
    for code, (why, next_step) in sentences.items():
        known = _CATALOGUE.get(code)
        if known and (known.why, known.next_step) != (why, next_step):
            raise ValueError(f"refusal code registered twice: {code}")
        _CATALOGUE[code] = Sentence(why, next_step)


def codes() -> frozenset[str]:
    """Every registered code."""
    return frozenset(_CATALOGUE)


def cannot_be_kept(exception: Exception) -> bool:
    """Whether the database could not take what somebody typed: too long, too large a number, a NUL byte, no number."""
    if isinstance(exception, DataError):
        return True
    told = str(exception) if isinstance(exception, ValueError) else ""
    return "NUL (0x00)" in told or ("Field '" in told and "expected a number" in told)


class RefusalMiddleware:
    """Turns a refusal that no view caught into a page (409) instead of an error; input that no form has checked, too (400)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if cannot_be_kept(exception):
            return render(request, "refused.html", {"refusal": Refused("text_cannot_be_kept")}, status=400)
        if not isinstance(exception, Refused):
            return None
        return render(request, "refused.html", {"refusal": exception}, status=409)
