"""What everybody may read of holders: measures that were disclosed, experience that was shared."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html, linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from awards.models import DutyRecord, SanctionCase
from awards.templatetags.awards_text import act_name
from core.lists import Column, Days, List, Search, article


def _text(path: str) -> Any:
    def shown(row: Any, _listing: List) -> Any:
        return mark_safe(linebreaks(getattr(row, path), autoescape=True))  # escapes what it breaks

    return shown


def _honour(row: SanctionCase | DutyRecord) -> str:
    return f"{row.honour.prize_name} {row.honour.year}" if row.honour else ""


class Disclosures(List):
    """Disclosed cases, newest first."""

    key = "awards.disclosures"
    caption = _("Disclosures")
    order = ("-disclosed_on", "-id")
    size = 30
    nothing_yet = _("Nothing has been disclosed.")
    export_name = "disclosures"
    columns = (
        Column("disclosed_on", _("Disclosed on"), sort="disclosed_on"),
        Column("organisation", _("Organisation"), "organisation.name", sort="organisation__name"),
        Column("act", _("Measure"), lambda row: act_name(row.act), sort="act"),
        Column("disclosure", _("Text"), show=_text("disclosure")),
        Column("honour", _("Prize"), _honour),
        article(label=_("Article")),
    )
    filters = {
        "q": Search("organisation__name", "disclosure", label=_("Words")),
        "since": Days("disclosed_on", "gte", label=_("From")),
        "until": Days("disclosed_on", "lte", label=_("Until")),
    }


def _title(row: DutyRecord, _listing: List) -> Any:
    return format_html("<strong>{}</strong>", row.title)


class Shared(List):
    """Experience that holders shared, newest first."""

    key = "awards.shared"
    caption = _("Shared experience")
    order = ("-on", "-id")
    size = 30
    nothing_yet = _("Nothing has been shared yet.")
    export_name = "experience"
    columns = (
        Column("on", _("On"), sort="on"),
        Column("title", _("Title"), sort="title", show=_title),
        Column("text", _("Text"), show=_text("text")),
        Column("organisation", _("Organisation"), lambda row: row.honour.organisation_name if row.honour else ""),
        Column("honour", _("Prize"), _honour),
    )
    filters = {
        "q": Search("title", "text", "honour__organisation_name", label=_("Words")),
        "since": Days("on", "gte", label=_("From")),
        "until": Days("on", "lte", label=_("Until")),
    }
