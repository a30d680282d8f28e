"""Form controls drawn without templates: the plainest of them, exactly as Django's own templates draw them, but many times faster.

A select of twenty options costs forty rendered templates otherwise, and every list has a few of them. All else goes Django's way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, SafeString, mark_safe

FOLDER = "django/forms/widgets"
_OPTION = f"{FOLDER}/select_option.html"
_INPUTS = (
    "input",
    "text",
    "number",
    "email",
    "url",
    "date",
    "datetime",
    "time",
    "hidden",
    "checkbox",
    "password",
    "search",
    "file",
)


class Renderer(DjangoTemplates):
    """Django's renderer (``FORM_RENDERER``), which draws inputs, long texts and selects by itself."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        """The control as it stands on the page."""
        draw = _DRAWN.get(template_name)
        drawn = draw(context["widget"]) if draw else None
        if drawn is not None:
            return mark_safe(drawn)
        return mark_safe(super().render(template_name, context, request))


def _input(widget: Mapping[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{_text(widget["value"])}"'
    return f'<input type="{_text(widget["type"])}" name="{_text(widget["name"])}"{value}{_attributes(widget)}>'


def _textarea(widget: Mapping[str, Any]) -> str:
    value = _text(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{value}</textarea>'


def _select(widget: Mapping[str, Any]) -> str | None:
    parts = [f'<select name="{_text(widget["name"])}"{_attributes(widget)}>']
    for group, options, _index in widget["optgroups"]:
        if any(option["template_name"] != _OPTION for option in options):
            return None
        drawn = "".join(
            f'\n  <option value="{_text(option["value"])}"{_attributes(option)}>{_text(option["label"])}</option>\n'
            for option in options
        )
        parts.append(f'\n  <optgroup label="{_text(group)}">{drawn}\n  </optgroup>' if group else drawn)
    return "".join([*parts, "\n</select>"])


def _attributes(widget: Mapping[str, Any]) -> str:
    """True stands by its name alone, False not at all."""
    return "".join(
        f" {_text(name)}" if value is True else f' {_text(name)}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: Any) -> str:
    return conditional_escape(value if isinstance(value, SafeData) else f"{value}")


_DRAWN: dict[str, Callable[[Mapping[str, Any]], str | None]] = {
    **dict.fromkeys((f"{FOLDER}/{name}.html" for name in _INPUTS), _input),
    f"{FOLDER}/textarea.html": _textarea,
    f"{FOLDER}/select.html": _select,
}
