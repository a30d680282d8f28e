"""Honours, as the office and as everybody sees them; what holders and the office did of their duties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from awards.models import DutyRecord, Honour
from core import formats
from core.lists import Choice, Column, List, Search, money, status


def _honour(pk: int, listing: List) -> str:
    return listing.way_to("awards:honour", listing.context["code"], pk)


def _prize(row: Honour) -> str:
    name = formats.with_note(row.prize_name, row.tier_name)
    return formats.with_note(name, _now("rehearsal")) if row.world_id else name


def _validity(row: Honour, listing: List) -> Any:
    """Until when it is valid; said loudly where that day has passed."""
    if not row.valid_until:
        return "—"
    if row.stands and row.valid_until < listing.context["today"]:
        return listing.component(
            "status", status="closed", label=formats.said(_now("Ran out on {day}"), day=row.valid_until)
        )
    return formats.day(row.valid_until)


def _kind(row: DutyRecord) -> str:
    return f"{row.get_kind_display()}: {row.get_fitness_display()}" if row.fitness else str(row.get_kind_display())


def _with_article(text: str, row: Any, listing: List) -> Any:
    return format_html(
        "{} {}", text, listing.component("article", number=row.article, rules=listing.context.get("rules") or "")
    )


YEAR = Column("year", _("Year"), sort="year", show=lambda row, _list: str(row.year))
PRIZE = Column("prize", _("Prize"), _prize, sort="prize_zh")
HOLDER = Column("organisation", _("Organisation"), "organisation_name", sort="organisation_name")
WORDS = Search("organisation_name", exact=("serial",), label=_("Organisation or serial"))


class Honours(List):
    """Honours for those who run and supervise, and one's own. Context: ``code``."""

    key = "awards.honours"
    caption = _("Honours")
    order = ("-year", "id")
    nothing_yet = _("There is no honour here.")
    export_name = "honours"
    columns = (
        YEAR,
        Column("serial", _("Serial"), sort="serial", link=lambda row, listing: _honour(row.pk, listing)),
        HOLDER, PRIZE,
        status("status", _("Status"), sort="status"),
        Column("valid_until", _("Valid until"), sort="valid_until", nullable=True, chosen=False),
        Column("document_number", _("Document"), chosen=False),
        Column("document_date", _("Date of the document"), sort="document_date", chosen=False),
    )  # fmt: skip
    filters = {
        "q": WORDS,
        "status": Choice("status", Honour.Status.choices, label=_("Status")),
        "year": django_filters.NumberFilter(field_name="year", label=_("Year")),
    }


class Register(List):
    """The public register. Context: ``today``, ``prizes``, ``years``."""

    key = "awards.register"
    caption = _("Register of honours")
    order = ("-year", "id")
    nothing_yet = _("The register has no such honour.")
    export_name = "register"
    columns = (
        YEAR, PRIZE, HOLDER,
        Column("document", _("Document"), lambda row: formats.listed((row.document_number, formats.day(row.document_date))), sort="document_date"),
        Column("serial", _("Serial"), sort="serial", link=lambda row, _list: row.verification_path),
        status("status", _("Status"), words=lambda row: row.get_status_display(), sort="status"),
        Column("valid_until", _("Valid until"), sort="valid_until", nullable=True, show=_validity),
    )  # fmt: skip

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """Prizes and years that there are."""
        years = [(str(year), str(year)) for year in self.context["years"]]
        return {
            "q": WORDS,
            "prize": Choice("prize", self.context["prizes"], label=_("Prize")),
            "year": Choice("year", years, label=_("Year")),
            "status": Choice("status", Honour.Status.choices, label=_("Status")),
        }


class Duties(List):
    """What was done of the duties. Context: ``code``, ``rules``."""

    key = "awards.duties"
    caption = _("Records of duties")
    nothing_yet = _("Nothing has been recorded.")
    export_name = "duties"
    columns = (
        Column("on", _("On"), sort="on"),
        Column("title", _("Title"), show=lambda row, listing: _with_article(row.title, row, listing)),
        Column(
            "organisation", _("Organisation"), "honour.organisation_name", sort="honour__organisation_name", nullable=True,
            link=lambda row, listing: _honour(row.honour_id, listing) if row.honour_id else "",
        ),
        Column("kind", _("Kind"), _kind, sort="kind"),
        money("amount", _("Amount (yuan)"), sort="amount", nullable=True),
        Column("article", _("Article"), chosen=False),
        Column("recorded_by", _("Recorded by"), "recorded_by.name", chosen=False),
    )  # fmt: skip
    filters = {
        "q": Search("title", "honour__organisation_name", label=_("Title or organisation")),
        "kind": Choice("kind", DutyRecord.Kind.choices, label=_("Kind")),
        "year": django_filters.NumberFilter(field_name="year", label=_("Year")),
    }
