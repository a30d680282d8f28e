"""Small helpers of the homes."""

from __future__ import annotations

import datetime as dt

from django import template
from django.urls import reverse

from audit.models import AuditEvent
from audit.naming import name_of
from rounds.panels import Panel
from rounds.todos import Waiting

register = template.Library()
_PAGES = {
    "rounds.Entry": "entry",
    "rounds.RoundStage": "stage",
    "rounds.Round": "round",
    "rounds.Correction": "correction",
    "rounds.Decision": "decision",
}


@register.simple_tag
def moment_of(row: Waiting, now: dt.datetime) -> dt.datetime:
    """The present by the clock of the to-do's round."""
    return row.moment(now)


@register.filter
def subject_url(event: AuditEvent, code: str) -> str:
    """Where the subject of an act of the log can be looked at; '' where it has no page of its own."""
    model, _sep, pk = event.subject.partition(":")
    name = _PAGES.get(model)
    return reverse(f"rounds:{name}", args=[code, pk]) if name and pk.isdecimal() else ""


@register.filter
def act_of_log(act: str) -> str:
    """What the log calls an act."""
    return name_of(act)


@register.simple_tag(takes_context=True)
def panel_body(context: template.Context, panel: Panel) -> str:
    """A panel's template with what it needs, and with what the whole page knows."""
    with context.push(**(panel.context or {})):
        found = context.template.engine.get_template(panel.template)  # type: ignore[union-attr]
        return found.render(context)
