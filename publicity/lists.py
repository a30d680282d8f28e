"""The lists of publicity: notices, objections."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core import formats
from core.lists import Choice, Column, Days, List, Search, moment, status
from publicity.models import Notice, Objection


def _notice(row: Notice, listing: List) -> str:
    return listing.way_to("publicity:notice", listing.context["code"], row.pk)


def _window(row: Notice, listing: List) -> Any:
    """Whether objections can still be made, and until when."""
    if not row.last_day:
        return "—"
    running = row.ends_at is not None and row.ends_at >= listing.context["now"]
    words = _now("objections until {last}") if running else _now("ended on {last}")
    return listing.component(
        "status", status="open" if running else "closed", label=formats.said(words, last=row.last_day)
    )


class Notices(List):
    """Public notices, newest first. Context: ``code``, ``now``."""

    key = "publicity.notices"
    caption = _("Notices")
    size = 30
    nothing_yet = _("No notice here.")
    export_name = "notices"
    columns = (
        Column("published_on", _("Published on"), sort="published_on"),
        Column("title", _("Title"), link=_notice),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("last_day", _("Objections"), sort="last_day", nullable=True, show=_window),
        Column("article", _("Article"), chosen=False),
    )
    filters = {
        "q": Search("title_zh", "title_en", label=_("Words of the title")),
        "kind": Choice("kind", Notice.Kind.choices, label=_("Kind")),
        "since": Days("published_on", "gte", label=_("From")),
        "until": Days("published_on", "lte", label=_("Until")),
    }


class Objections(List):
    """Objections, newest first, without those against entries the reader stepped aside from. Context: ``code``."""

    key = "publicity.objections"
    caption = _("Objections")
    nothing_yet = _("No objection here.")
    export_name = "objections"
    personal = True
    columns = (
        Column(
            "number", _("Number"), sort="number",
            link=lambda row, listing: listing.way_to("publicity:objection", listing.context["code"], row.pk),
        ),
        Column("organisation", _("Organisation"), "entry.organisation.name", sort="entry__organisation__name"),
        Column("by", _("Made by"), lambda row: row.get_by_display(), sort="by"),
        moment("received_at", _("Received")),
        Column("examine_by", _("To be examined by"), sort="examine_by", show=lambda row, _list: formats.day(row.examine_by)),
        status("status", _("Status"), sort="status"),
        Column("via", _("Received by"), lambda row: row.get_via_display(), chosen=False),
        moment("concluded_at", _("Concluded on"), nullable=True, chosen=False),
        moment("told_at", _("Objector told on"), nullable=True, chosen=False),
    )  # fmt: skip
    filters = {
        "q": Search("number", "entry__organisation__name", label=_("Number or organisation")),
        "status": Choice("status", Objection.Status.choices, label=_("Status")),
        "by": Choice("by", Objection.By.choices, label=_("Made by")),
    }
