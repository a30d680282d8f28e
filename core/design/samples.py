"""Samples for the page of all components: every component in every state, in the reader's language. Nothing here is real."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from core import clock
from core.design.colours import plate

STATUSES = (
    ("advanced", lazy("Passed")), ("stopped", lazy("Stopped")), ("prepared", lazy("Prepared")), ("open", lazy("Open")),
    ("draft", lazy("Draft")), ("waiting", lazy("Waiting")), ("skipped", lazy("Skipped")), ("withdrawn", lazy("Withdrawn")),
)  # fmt: skip
TONES = ("calm", "busy", "good", "warn", "bad")
LONG_NAME = "超长名称" * 50 + "🏅‏שלום"
COLOURS = ("#9a1b1e", "#1f4e8c", "#2f6b3a", "#b5541c", "#5a3a7e", "#f0c000", "#ffffff")


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=lazy("Name"), help_text=lazy("As on the business licence."), max_length=60)
    founded = forms.DateField(label=lazy("Founded on"), required=False)
    size = forms.ChoiceField(label=lazy("Size"), choices=[("large", lazy("large")), ("small", lazy("small"))])
    kinds = forms.MultipleChoiceField(
        label=lazy("Sectors"), choices=[("a", lazy("Industry")), ("b", lazy("Activities"))], widget=forms.CheckboxSelectMultiple
    )  # fmt: skip
    text = forms.CharField(
        label=lazy("Reason"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreed = forms.BooleanField(label=lazy("What is stated here is true."))


@dataclass(frozen=True, slots=True)
class Rules:
    """As much of a policy as a citation reads."""

    title: str
    articles: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stored:
    """A file."""

    original_name: str
    size: int
    secret: bool = False
    get_absolute_url: str = "#content"


@dataclass(frozen=True, slots=True)
class Written:
    """A paper."""

    title: str
    state: str
    get_state_display: str
    number: str = "2026-001"
    size: int = 33_412
    get_absolute_url: str = "#content"

    @property
    def is_ready(self) -> bool:
        """Whether it can be fetched."""
        return self.state == "written"


def samples(theme: str) -> dict[str, Any]:
    """What one theme's half of the page shows."""
    now = clock.now()
    rules = Rules(_("Measures for the quality award"), {"20": _("Lists are published for at least five working days.")})
    return {
        "theme": theme, "now": now, "rules": rules, "statuses": STATUSES, "tones": TONES,
        "plates": [(colour, plate(colour)) for colour in COLOURS],
        "form": SampleForm(auto_id=f"{theme}-ok-%s"),
        "folded": SampleForm(auto_id=f"{theme}-fold-%s"), "wrong": SampleForm({"text": "—" * 201}, auto_id=f"{theme}-bad-%s"),
        "facts": {"score": "90.67", "rank": 1, "deadline": now.isoformat(), "priority": True}, **_lists(now), **_scores(),
    }  # fmt: skip


def _lists(now: dt.datetime) -> dict[str, Any]:
    day = dt.timedelta(days=1)
    steps = [
        (_("Call for applications"), "closed", _("Closed")),
        (_("Application"), "open", _("Open")),
        (_("Recommendation"), "skipped", _("Skipped")),
        (_("Review"), "waiting", ""),
        (_("Withdrawn"), "withdrawn", ""),
    ]
    return {
        "soon": now + 2 * day, "late": now - day, "later": now + 21 * day,
        "days": [
            {"day": now.date(), "words": _("the day of the event itself is not counted"), "ordinal": None},
            {"day": now.date() + day, "words": _("working day"), "ordinal": 1},
        ],
        "steps": steps, "names": [_("Example company {n}").format(n=n) for n in range(1, 6)],
        "letters": [_("Letter to each applicant")],
        "blockers": [{"text": _("One department has not answered yet."), "article": "20", "url": "#top"}],
        "tabs": [{"url": "#top", "words": _("Overview"), "current": True}, {"url": "#top", "words": _("Entries"), "count": 12}],
        "parts": [
            {"url": "#top", "words": _("The organisation"), "state": "closed", "label": _("Complete"), "current": True},
            {"url": "#top", "words": _("Its results"), "state": "open", "label": _("Open")},
        ],
        "long": LONG_NAME, "files": _files(), "papers": _papers(),
    }  # fmt: skip


def _files() -> list[Any]:
    """As much of a stored file as a list of files reads."""
    name = _("Proof") + ".pdf"
    return [Stored(name, 48_213), Stored(f"{LONG_NAME}.pdf", 20 * 2**20, secret=True)]


def _papers() -> list[Any]:
    """As much of a paper as a list of papers reads: written, being made, failed."""
    states = (("written", ""), ("pending", _("Being made")), ("failed", _("Could not be made")))
    return [Written(_("Letter to each applicant"), state, words) for state, words in states]


def _scores() -> dict[str, Any]:
    return {
        "columns": [_("Reviewer {n}").format(n=n) for n in range(1, 4)],
        "rows": [
            {"label": "1.1", "cells": ["18", "17.5", "18"], "far": False},
            {"label": "1.2", "cells": ["9", "15", None], "far": True},
        ],
        "total": ["27", "32.5", "18"],
    }  # fmt: skip
