"""What supervision put on record, the acts it keeps an eye on, and the major matters of a round."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from core.lists import Choice, Column, Days, Flag, List, Search, article, moment
from core.templatetags.pages import cited, pairs
from rounds import watching
from rounds.lists import events
from rounds.lists.names import round_name
from rounds.models import Correction, Round

STATES = {
    "open": Q(settled_at=None, answer=""),
    "answered": Q(settled_at=None) & ~Q(answer=""),
    "settled": Q(settled_at__isnull=False),
}
LABELS: dict[str, Promise] = {
    "open": _("Not answered"),
    "answered": _("Answered, to be settled"),
    "settled": _("Settled"),
}
TONES = {"open": "pending", "answered": "open", "settled": "closed"}


def _text(row: Correction, listing: Any) -> Any:
    """The text with the article that it cites."""
    cited = ""
    if row.article:
        cited = listing.component("article", number=row.article, rules=listing.rules_of(row.stage.round))
    url = listing.way_to("rounds:correction", listing.context["code"], row.pk)
    return format_html('<a href="{}">{}</a> {}', url, Truncator(row.text).chars(120), cited)


def _state(row: Correction, listing: List) -> Any:
    return listing.component("status", status=TONES[row.state], label=str(LABELS[row.state]))


class Orders(List):
    """Orders to correct and observations, newest first. Context: ``code``, ``today``, ``rounds``."""

    key = "rounds.orders"
    caption = _("Orders and observations")
    size = 30
    nothing_yet = _("Nothing is on record here.")
    export_name = "supervision"
    personal = True
    columns = (
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("text", _("What"), show=_text),
        Column("stage", _("Stage"), lambda row: f"{row.stage.round.year} · {row.stage.name}"),
        Column("organisation", _("Organisation"), lambda row: row.entry.organisation.name if row.entry else "", chosen=False),
        moment("ordered_at", _("Put on record on")),
        Column("by", _("Filed by supervision"), lambda row: str(row.ordered_by), sort="ordered_by__name"),
        Column("due_on", _("Due on"), sort="due_on", nullable=True),
        Column("state", _("State"), lambda row: LABELS[row.state], show=_state),
        Column("answer", _("Answer"), chosen=False),
        moment("answered_at", _("Answered on"), nullable=True, chosen=False),
        Column("settlement", _("How it was settled"), chosen=False),
    )  # fmt: skip

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """By words, state, kind, round, what is overdue."""
        late = STATES["open"] & Q(due_on__lt=self.context["today"])
        return {
            "q": Search("text", "answer", label=_("Words")),
            "state": Choice(choices=tuple(LABELS.items()), label=_("State"), where=STATES.__getitem__),
            "kind": Choice("kind", Correction.Kind.choices, label=_("Kind")),
            "round": Choice("stage__round", [(r.pk, round_name(r)) for r in self.context["rounds"]], label=_("Round")),
            "late": Flag(late, label=_("Overdue only")),
        }

    def rules_of(self, round_: Round) -> Any:
        """The rules of a row's round, read once for all its rows."""
        known: dict[int, Any] = self.context.setdefault("rules_by_round", {})
        if round_.pk not in known:
            known[round_.pk] = round_.rules
        return known[round_.pk]


def _facts(row: Any, _listing: List) -> Any:
    return format_html_join(" · ", '<span class="text-secondary">{}</span> {}', _pairs(row)) or "—"


def _pairs(row: Any) -> list[tuple[str, str]]:
    return [(key, Truncator(value).chars(80)) for key, value in pairs(row.facts)]


def _of_subject(key: str) -> Q:
    return Q(act__in=next(subject.acts for subject in watching.subjects() if subject.key == key))


class Watched(List):
    """Acts of the log that supervision keeps an eye on, newest first. Context: ``code``."""

    key = "rounds.watched"
    caption = _("Acts to keep an eye on")
    size = 30
    nothing_yet = _("No such act is on record.")
    export_name = "watched"
    personal = True
    columns = (
        Column("legal_at", _("Time")),
        Column("act", _("Act"), events.in_one_line, show=events.act),
        Column("about", _("About"), chosen=False),
        Column("person", _("Person"), lambda row: str(row.person or "")),
        Column("article", _("Article"), lambda row: cited(row.article)),
        Column("facts", _("Facts"), lambda row: "; ".join(f"{key}: {value}" for key, value in _pairs(row)), show=_facts),
    )  # fmt: skip

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """By subject and day."""
        subjects = [(subject.key, subject.label) for subject in watching.subjects()]
        return {
            "log": Choice(choices=subjects, label=_("Kind of act"), where=_of_subject),
            "since": Days("legal_at", "date__gte", label=_("From")),
            "until": Days("legal_at", "date__lte", label=_("Until")),
        }

    def prepare(self, rows: Sequence[Any]) -> None:
        """Who did it, and about which entry."""
        events.introduce(rows)


class Matters(List):
    """Major matters of a round with what the competent organ decided, newest first. Context: ``rules``, ``organs`` (key → name)."""

    key = "rounds.matters"
    caption = _("Major matters")
    order = ("-decided_on", "-id")
    size = 30
    nothing_yet = _("No major matter has been recorded.")
    export_name = "matters"
    personal = True
    columns = (
        Column("subject", _("Matter"), sort="subject"),
        Column("decision", _("Decision")),
        Column("decided_on", _("Decided on"), sort="decided_on"),
        article(label=_("Article")),
        Column("recorded_by", _("Recorded by"), lambda row: str(row.recorded_by), sort="recorded_by__name"),
    )
    filters = {
        "q": Search("subject", "decision", label=_("Words")),
        "since": Days("decided_on", "gte", label=_("From")),
        "until": Days("decided_on", "lte", label=_("Until")),
    }
