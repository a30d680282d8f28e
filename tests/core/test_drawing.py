"""Controls drawn by ourselves are, letter by letter, what Django's templates draw."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from hypothesis import given, settings
from hypothesis import strategies as st

from core.design.drawing import Renderer

OURS, THEIRS = Renderer(), DjangoTemplates()
CHOICES = (
    ("", _("All")),
    ("a&b", "<b>甲</b>"),
    ("群 & 组", ((1, "一"), (2, mark_safe("<i>二</i>")))),
    (3, "'三\""),
) * 2
WIDGETS = (
    forms.TextInput(attrs={"type": "search", "maxlength": 5}), forms.NumberInput(attrs={"step": "any", "min": 0}), forms.EmailInput(),
    forms.URLInput(), forms.PasswordInput(render_value=True), forms.HiddenInput(), forms.DateInput(format="%Y-%m-%d"), forms.TimeInput(),
    forms.DateTimeInput(), forms.CheckboxInput(), forms.Textarea(attrs={"rows": 3, "readonly": True}), forms.Select(choices=CHOICES),
    forms.SelectMultiple(choices=CHOICES), forms.NullBooleanSelect(), forms.FileInput(attrs={"multiple": False}),
)  # fmt: skip
ATTRS = st.dictionaries(
    st.sampled_from(["id", "class", "required", "aria-describedby", "data-x"]),
    st.one_of(st.booleans(), st.text(max_size=8), st.integers(), st.just(mark_safe("&amp;"))),
)


@settings(deadline=None, max_examples=40)
@pytest.mark.parametrize("widget", WIDGETS, ids=lambda widget: type(widget).__name__)
@given(
    value=st.one_of(st.none(), st.text(max_size=12), st.just("a&b"), st.just(2), st.just(dt.date(2025, 3, 5))),
    attrs=ATTRS,
)
def test_drawn_as_django_draws_it(widget: forms.Widget, value: Any, attrs: dict[str, Any]) -> None:
    value = [value] if isinstance(widget, forms.SelectMultiple) and value else value
    drawn = widget.render("name<&>", value, attrs, OURS)
    assert drawn == widget.render("name<&>", value, attrs, THEIRS)
    assert hasattr(drawn, "__html__")


def test_it_is_the_renderer_of_every_form() -> None:
    assert isinstance(forms.Form().renderer, Renderer)
