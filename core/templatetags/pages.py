"""Small helpers of every page: form controls with linked errors, icons, articles, durations."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import Any

from django import forms, template
from django.forms import BoundField
from django.templatetags.static import static
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import clock, formats

register = template.Library()

_CLASSES: dict[type[forms.Widget], str] = {
    forms.CheckboxInput: "form-check-input",
    forms.CheckboxSelectMultiple: "form-check-input",
    forms.RadioSelect: "form-check-input",
    forms.Select: "form-select",
    forms.SelectMultiple: "form-select",
}


@register.filter
def control(field: BoundField) -> SafeString:
    """A form control with Bootstrap's class, linked to its help and its error."""
    widget = field.field.widget
    css = _CLASSES.get(type(widget), "form-control")
    attrs: dict[str, Any] = {"class": f"{css} is-invalid" if field.errors else css}
    described = [f"{field.auto_id}-help"] if field.help_text else []
    described += [f"{field.auto_id}-error"] if field.errors else []
    if described:
        attrs["aria-describedby"] = " ".join(described)
    if field.errors:
        attrs["aria-invalid"] = "true"
    if str(widget.attrs.get("placeholder", "")) == str(field.label):  # it only says the label once more
        attrs["placeholder"] = False
    if isinstance(widget, forms.DateInput):  # a browser's calendar reads and writes ISO dates, whatever the language
        widget.input_type, widget.format = "date", "%Y-%m-%d"
    return field.as_widget(attrs=attrs)


@register.simple_tag(takes_context=True)
def here(context: template.Context) -> str:
    """The address of the page one looks at: of the page itself where a form folded into it was refused at an address of its own."""
    request = context.get("request")
    return str(getattr(request, "stands_on", "") or request.get_full_path()) if request else ""


@register.filter
def is_check(field: BoundField) -> bool:
    """A single tick box: its label stands behind it."""
    return isinstance(_widget(field), forms.CheckboxInput)


@register.filter
def is_group(field: BoundField) -> bool:
    """Several boxes or buttons under one question: a fieldset, not a label."""
    return isinstance(_widget(field), forms.CheckboxSelectMultiple | forms.RadioSelect)


def _widget(field: Any) -> forms.Widget | None:
    """None where a component was given no field."""
    return getattr(getattr(field, "field", None), "widget", None)


@register.filter
def named(someone: Any) -> SafeString:
    """The name of a person or an organisation within a sentence: whichever way it runs, what stands around it stays in order."""
    return format_html("<bdi>{}</bdi>", someone)


@register.simple_tag
@functools.lru_cache(maxsize=512)
def icon(name: str, label: str = "") -> SafeString:
    """An icon from the sprite; decorative unless ``label`` is given."""
    url = f"{static('build/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, url)
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"></use></svg>', url)


@register.filter
def cited(article: str) -> str:
    """How an article's number is written in a text: 第二十条 is given as 第20条."""
    return _("Article {number}").format(number=article) if article else ""


@register.simple_tag
def summary_of(rules: Any, article: str) -> str:
    """Our one-line summary of an article; sub-numbers fall back to their article."""
    if not rules or not article:
        return ""
    found = rules.articles.get(str(article)) or rules.articles.get(re.sub(r"([a-z]+|-.*)$", "", str(article)))
    return str(found) if found else ""


@register.filter
def money(amount: Any) -> str:
    """300,000 元 or CNY 300,000; no fraction where there is none."""
    return "—" if amount in (None, "") else formats.money(amount)


@register.filter
def number(value: Any) -> str:
    """Thousands apart; a fraction only where there is one."""
    return "—" if value in (None, "") else formats.number(value)


@register.filter
def time_left(moment: dt.datetime | None, now: dt.datetime) -> str:
    """Whole days (or hours) until a moment, in words."""
    if moment is None:
        return ""
    left = moment - now
    if left < dt.timedelta(0):
        return _("over")
    if left.days:
        return ngettext("{n} day left", "{n} days left", left.days).format(n=left.days)
    hours = left.seconds // 3600
    return ngettext("{n} hour left", "{n} hours left", hours).format(n=hours)


@register.filter
def days_left(day: dt.date | None, now: dt.datetime) -> int:
    """Days until the end of a day, that day not counted: 0 on the day itself and afterwards."""
    return max(0, (day - clock.legal_date(now)).days) if day else 0


@register.filter
def aside(note: Any) -> SafeString:
    """What stands in brackets behind a text, with what parts it from that: （演练） or " (rehearsal)"."""
    return format_html(_("{text} ({note})"), text="", note=note) if note not in (None, "") else mark_safe("")


@register.filter
def lookup(mapping: Any, key: Any) -> Any:
    """``mapping[key]`` or nothing."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""


@register.filter
def pairs(mapping: Any) -> list[tuple[str, str]]:
    """Keys with their values in words. A mapping may have a key “items”, which a template would take for its method."""
    return [(key, _in_words(value)) for key, value in mapping.items()] if isinstance(mapping, dict) else []


def _in_words(value: Any) -> str:
    if value is None or value == "":
        return "—"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return formats.listed(f"{key} {_in_words(one)}" for key, one in value.items())
    return formats.listed(map(_in_words, value)) if isinstance(value, (list, tuple)) else str(value)


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> SafeString:
    """The present query string with some parameters changed (empty: removed)."""
    from django.utils.http import urlencode

    given = context["request"].GET.copy()
    for key, value in changes.items():
        given.pop(key, None)
        if value not in ("", None):
            given[key] = value
    return mark_safe("?" + urlencode(given, doseq=True))


@register.filter
def with_weekday(value: dt.date | str | None) -> str:
    """2025年3月5日（星期三）; Wednesday 5 March 2025. A day that was kept as ISO text, too."""
    if not value:
        return ""
    if isinstance(value, str):
        value = dt.date.fromisoformat(value[:10])
    return _("{weekday} {day}").format(weekday=date_format(value, "l"), day=formats.day(value))
