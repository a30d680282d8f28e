"""What a reviewer has to review."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core import formats
from core.lists import Choice, Column, List, Search


def _entry(row: Any, listing: List) -> Any:
    entry = row.stage_entry.entry
    url = listing.way_to("reviews:score", listing.context["code"], row.stage_entry_id)
    return format_html(
        '<a href="{}">{}</a> <span class="text-secondary">{}</span>', url, entry.organisation.name, entry.number
    )


def _stage(row: Any) -> str:
    stage = row.stage_entry.stage
    return formats.with_note(stage.name, _now("rehearsal")) if stage.round.is_rehearsal else stage.name


def _team(row: Any) -> str:
    if row.team is None:
        return ""
    return formats.with_note(row.team.name, _now("leader")) if row.is_leader else row.team.name


def _sheet_words(row: Any) -> str:
    return _now("handed in") if row.submitted_at else _now("begun") if row.saved_at else _now("not begun")


def _sheet(row: Any, listing: List) -> Any:
    tone = "confirmed" if row.submitted_at else "open" if row.saved_at else "waiting"
    return listing.component("status", status=tone, label=_sheet_words(row))


class Mine(List):
    """The entries that are a reviewer's in open stages. Context: ``code``."""

    key = "reviews.mine"
    caption = _("Entries to review")
    order = ("id",)
    nothing_yet = _("Nothing is assigned to you in an open stage.")
    export_name = "assignments"
    personal = True
    columns = (
        Column(
            "organisation", _("Organisation"), "stage_entry.entry.organisation.name", show=_entry,
            sort="stage_entry__entry__organisation__name",
        ),
        Column("number", _("Filing number"), "stage_entry.entry.number", sort="stage_entry__entry__number", chosen=False),
        Column("stage", _("Stage"), _stage),
        Column("team", _("Review team"), _team, sort="team__name", nullable=True),
        Column("sheet", _("My sheet"), _sheet_words, show=_sheet),
        Column("further", _("Further"), lambda row: "", exported=False, template="reviews/parts/further.html"),
    )  # fmt: skip
    filters = {
        "q": Search("stage_entry__entry__organisation__name", "stage_entry__entry__number", label=_("Name or filing number")),
        "state": Choice(
            choices=(("open", _("To be handed in")), ("handed_in", _("handed in"))), label=_("My sheet"),
            where=lambda value: Q(submitted_at__isnull=value == "open"),
        ),
    }  # fmt: skip
