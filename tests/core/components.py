"""Cotton tags out of a string."""

from __future__ import annotations

from typing import Any

from django.template import engines
from django.test import RequestFactory
from django_cotton.compiler_regex import CottonCompiler


def render(text: str, **context: Any) -> str:
    """The HTML of a template text, as a page would show it; ``request`` is an anonymous one."""
    request = RequestFactory().get("/")
    request.jurisdiction = None  # type: ignore[attr-defined]
    template = engines["django"].from_string(CottonCompiler().process("{% load i18n pages look %}" + text))
    return template.render(context, request)
