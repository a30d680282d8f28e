"""What components need: the tone of a status, the state of a step, differences, ids that occur once."""

from __future__ import annotations

import datetime as dt
import difflib
import itertools
import re
from collections.abc import Iterator
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm, BoundField, FileInput, Textarea
from django.template import Context
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from core.design.signing import Pad

register = template.Library()

#: Every status that a model may have speaks in one of five tones; what is not named is calm.
_TONES = {
    "good": (
        "advanced released closed honoured valid confirmed written delivered sent agree agreed passed recommended granted paid founded "
        "counted published good complete"
    ),
    "bad": (
        "stopped revoked failed rejected struck void declined disagree publicity_stopped reclaim error late expired decided bad"
    ),
    "warn": "suspicion prepared received remarks case unsealed reclaimed warning warn soon",
    "busy": "open pending active requested accepted payable draft busy",
}
_TONE_OF = {status: tone for tone, words in _TONES.items() for status in words.split()}
_ICONS = {"good": "check", "bad": "x", "warn": "alert-triangle", "busy": "clock", "calm": "minus"}
_ICON_OF = {"draft": "pencil", "skipped": "player-skip-forward", "waiting": "hourglass", "withdrawn": "arrow-back-up"}
_STATES = {
    "done": "closed advanced done complete skipped",
    "now": "open pending active now",
    "stopped": "stopped withdrawn failed",
}
_STATE_OF = {status: state for state, words in _STATES.items() for status in words.split()}
_STATE_ICONS = {"done": "check", "now": "circle-dot", "stopped": "x", "next": "minus"}
SOON = dt.timedelta(days=3)
_COUNTER = itertools.count(1)
_PARTS = re.compile(r"[A-Za-z0-9.,%]+|\s+|.", re.DOTALL)
#: From this length on a reader is told how much room is left.
LONG = 100


@register.filter
def tone(status: Any) -> str:
    """good, bad, warn, busy or calm."""
    return _TONE_OF.get(str(status), "calm")


@register.filter
def tone_icon(status: Any) -> str:
    """The picture that goes with the colour: a colour never speaks alone."""
    return _ICON_OF.get(str(status)) or _ICONS[tone(status)]


@register.filter
def notice_icon(tone_: str) -> str:
    """The picture of a notice."""
    known = {"good": "circle-check", "bad": "alert-circle", "warn": "alert-triangle"}
    return known.get(tone_, "info-circle")


@register.filter
def step_state(status: Any) -> str:
    """Where a step of a way stands: done, now, stopped or next."""
    return _STATE_OF.get(str(status), "next")


@register.filter
def step_icon(status: Any) -> str:
    """The picture in a step's dot."""
    return "player-skip-forward" if status == "skipped" else _STATE_ICONS[step_state(status)]


@register.filter
def urgency(moment: dt.datetime | None, now: Any) -> str:
    """``is-over``, ``is-soon`` (three days) or nothing."""
    if not isinstance(moment, dt.datetime) or not isinstance(now, dt.datetime):
        return ""
    return "is-over" if moment < now else "is-soon" if moment - now <= SOON else ""


@register.simple_tag
def unique(prefix: str = "u") -> str:
    """An id that no other element of the page has."""
    return f"{prefix}-{next(_COUNTER)}"


@register.simple_tag(takes_context=True)
def own_ids(context: Context, form: Any) -> str:
    """Several forms of a page may have a field of the same name: all but the first get ids of their own, so that labels find theirs."""
    request = context.get("request")
    if request is None or not isinstance(form, BaseForm):
        return ""
    taken: set[str] = request.__dict__.setdefault("ids_of_forms", set())
    mine = {field.auto_id for field in form if not field.is_hidden}
    if mine & taken and not form.is_bound:
        form.auto_id = f"{unique('f')}-%s"
        mine = {field.auto_id for field in form}
    taken |= mine
    return ""


@register.filter
def is_file(field: Any) -> bool:
    """A field for files: it is sent with a bar, and may be dropped."""
    return isinstance(getattr(getattr(field, "field", None), "widget", None), FileInput)


@register.filter
def is_pad(field: Any) -> bool:
    """A field for a drawn signature."""
    return isinstance(getattr(getattr(field, "field", None), "widget", None), Pad)


@register.filter
def any_waiting(papers: Any) -> bool:
    """Whether one of these papers is still to be written."""
    return any(paper.state == "requested" for paper in papers)


@register.simple_tag
def upload_limit() -> int:
    """Megabytes that a file may have."""
    return int(settings.UPLOAD_MAX_MB)


@register.filter
def room(field: BoundField) -> int:
    """How many characters a long text may have; 0 where that is not worth saying."""
    longest = getattr(field.field, "max_length", None) or 0
    return longest if longest >= LONG and isinstance(field.field.widget, Textarea) else 0


@register.simple_tag
def difference(before: Any, after: Any) -> list[tuple[SafeString, SafeString, bool]]:
    """Lines side by side with what went and what came marked: ``[(before, after, changed)]``.

    Chinese is compared character by character, Latin words and numbers whole.
    """
    old, new = str(before or "").splitlines(), str(after or "").splitlines()
    return list(_pairs(old, new))


def _pairs(old: list[str], new: list[str]) -> Iterator[tuple[SafeString, SafeString, bool]]:
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for left, right in itertools.zip_longest(old[a:b], new[c:d], fillvalue=""):
            if kind == "equal":
                yield escape(left), escape(right), False
            else:
                yield (*_marked(left, right), True)


def _marked(left: str, right: str) -> tuple[SafeString, SafeString]:
    old, new = _PARTS.findall(left), _PARTS.findall(right)
    one, other = [], []
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = escape("".join(old[a:b])), escape("".join(new[c:d]))
        one.append(gone if kind == "equal" else f"<del>{gone}</del>" if gone else "")
        other.append(come if kind == "equal" else f"<ins>{come}</ins>" if come else "")
    return mark_safe("".join(one)), mark_safe("".join(other))
