"""Entries of a round, and of a stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import formats
from core.lists import Act, Choice, Column, List, Search, moment, status
from rounds import engine
from rounds.forms import RecuseForm
from rounds.models import Entry, StageEntry
from rounds.queries import STATES
from rounds.screen import people_in


def prize_name(rules: Any, key: str) -> str:
    """A prize's name in the round's rules; its key where they know none."""
    return next((str(prize.name) for prize in rules.prizes if prize.key == key), key) if rules else key


def prize_choices(rules: Any) -> list[tuple[str, str]]:
    return [(prize.key, str(prize.name)) for prize in rules.prizes]


def _recuse(*, actor: User, rows: Sequence[Entry], listing: List, user: User, reason: str) -> None:
    for row in rows:
        row.round = listing.context["round"]
        engine.recuse(actor=actor, entry=row, user=user, reason=reason)


def _who(data: Any, *, listing: List) -> RecuseForm:
    return RecuseForm(data, people=people_in(listing.context["round"].jurisdiction_id))


class Entries(List):
    """Entries of a round. Context: ``rules``, ``code``, ``round``, ``stages`` (key → name), ``may_work``."""

    key = "rounds.entries"
    caption = _("Entries")
    order = ("id",)
    nothing_yet = _("No entry here.")
    export_name = "entries"
    personal = True
    acts = (
        Act(
            "recuse", _("Record that a person steps aside"), _recuse, _("The recusals are recorded; access ended at once."), form=_who,
            allowed=lambda listing: bool(listing.context["may_work"]), lead=_("The person loses every access to each of these entries at once."),
        ),
    )  # fmt: skip

    def get_columns(self) -> Sequence[Column]:
        """Stages and prizes by their names."""
        rules, stages = self.context["rules"], self.context["stages"]
        return (
            Column("number", _("Filing number"), sort="number", link=_entry),
            Column("organisation", _("Organisation"), "organisation.name", sort="organisation__name"),
            Column("prize", _("Prize"), lambda row: prize_name(rules, row.prize), sort="prize"),
            status("status", _("Status"), sort="status"),
            Column("stopped", _("Ended in"), lambda row: stages.get(row.stopped_stage_id)),
            moment("created_at", _("Begun on"), chosen=False),
        )

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """By words, state, prize."""
        return {
            "q": Search("organisation__name", "number", label=_("Name or filing number")),
            "status": Choice("status", Entry.Status.choices, label=_("Status")),
            "prize": Choice("prize", prize_choices(self.context["rules"]), label=_("Prize")),
        }


class StageEntries(List):
    """Entries of a stage with what became of them. Context: ``rules``, ``code``, ``may_work``."""

    key = "rounds.stage"
    caption = _("Entries")
    order = ("id",)
    nothing_yet = _("No entry here.")
    export_name = "stage"
    personal = True
    filters = {
        "q": Search("entry__organisation__name", "entry__number", label=_("Name or filing number")),
        "status": Choice("status", StageEntry.Status.choices, label=_("Status"), where=STATES.__getitem__),
    }

    def get_columns(self) -> Sequence[Column]:
        """Score and rank sort with those that have none last."""
        return (
            Column("number", _("Filing number"), "entry.number", sort="entry__number", link=_entry_of),
            Column("organisation", _("Organisation"), "entry.organisation.name", sort="entry__organisation__name"),
            status("status", _("Status"), sort="status"),
            Column("score", _("Score"), sort="score", nullable=True, numeric=True),
            Column("rank", _("Rank"), sort="rank", nullable=True, numeric=True),
            Column("reason", _("Why"), show=_why),
            Column("article", _("Article"), chosen=False),
            moment("decided_at", _("Decided on"), nullable=True, chosen=False),
        )


def _entry(row: Entry, listing: List) -> str:
    return listing.way_to("rounds:entry", listing.context["code"], row.pk)


def _entry_of(row: StageEntry, listing: List) -> str:
    return listing.way_to("rounds:entry", listing.context["code"], row.entry_id)


def _why(row: StageEntry, listing: List) -> Any:
    """The reason with its article; the office may turn what was decided."""
    reason = formats.written(row.reason if len(row.reason) <= 80 else f"{row.reason[:79]}…") if row.reason else ""
    cited = listing.component("article", number=row.article, rules=listing.context["rules"]) if row.article else ""
    if not (listing.context["may_work"] and row.decided_at):
        return format_html("{} {}", reason, cited) if reason or cited else "—"
    url = listing.way_to("rounds:counter", listing.context["code"], row.pk)
    return format_html('{} {} <a href="{}">{}</a>', reason, cited, url, _now("Counter-decision"))
