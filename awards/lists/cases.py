"""Cases of misconduct, bars from applying, reports of misuse."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from awards.models import Bar, MisuseReport, SanctionCase
from awards.templatetags.awards_text import act_name
from core import clock, formats
from core.lists import Choice, Column, List, Search, article, moment, status


def _number(row: SanctionCase) -> str:
    return formats.with_note(f"#{row.pk}", _now("rehearsal")) if row.world_id else f"#{row.pk}"


def _case(pk: int, listing: List) -> str:
    return listing.way_to("awards:case", listing.context["code"], pk)


def _measure(row: SanctionCase, listing: List) -> Any:
    return format_html("{} {}", act_name(row.act), listing.component("article", number=row.article, rules=""))


def _until(row: Bar) -> Any:
    """A day, a number of rounds, or for good."""
    if row.rounds:
        return _now("{count} rounds").format(count=row.rounds)
    return row.until or _now("for good")


def _in_force(value: str) -> Q:
    over = Q(until__lt=clock.today())
    return over if value == "over" else ~over


def _conclusion(row: MisuseReport, listing: List) -> Any:
    if row.conclusion or not listing.context["may_settle"]:
        return row.conclusion or "—"
    url = listing.way_to("awards:misuse_settle", listing.context["code"], row.pk)
    return format_html('<a class="btn btn-sm" href="{}">{}</a>', url, _now("Settle it"))


class Cases(List):
    """Cases, newest first. Context: ``code``."""

    key = "awards.cases"
    caption = _("Cases")
    nothing_yet = _("There is no case.")
    export_name = "cases"
    personal = True
    columns = (
        Column("case", _("Case"), _number, sort="id", link=lambda row, listing: _case(row.pk, listing)),
        Column("organisation", _("Organisation"), "organisation.name", sort="organisation__name"),
        Column(
            "act",
            _("Measure"),
            lambda row: act_name(row.act),
            sort="act",
            show=_measure,
        ),
        status("status", _("Status"), sort="status"),
        moment("opened_at", _("Opened on"), chosen=False),
        Column("decided_on", _("Decided on"), sort="decided_on", nullable=True, chosen=False),
        Column("article", _("Article"), chosen=False),
    )
    filters = {
        "q": Search("organisation__name", label=_("Organisation")),
        "status": Choice("status", SanctionCase.Status.choices, label=_("Status")),
    }


class Bars(List):
    """Who may not apply, until when and why. Context: ``code``, ``rules``."""

    key = "awards.bars"
    caption = _("Bars from applying")
    nothing_yet = _("Nobody is barred.")
    export_name = "bars"
    personal = True
    columns = (
        Column("organisation", _("Organisation"), "organisation.name", sort="organisation__name"),
        Column("since", _("From"), sort="since"),
        Column("until", _("Until"), _until, sort="until", nullable=True),
        article(label=_("Article")),
        Column(
            "case", _("Case"), lambda row: f"#{row.case_id}" if row.case_id else "",
            link=lambda row, listing: _case(row.case_id, listing) if row.case_id else "",
        ),
    )  # fmt: skip
    filters = {
        "q": Search("organisation__name", label=_("Organisation")),
        "state": Choice(
            choices=(("running", _("In force")), ("over", _("Over"))),
            label=_("State"),
            where=_in_force,
        ),
    }


class Misuse(List):
    """Reports of misuse, newest first. Context: ``code``, ``may_settle``."""

    key = "awards.misuse"
    caption = _("Reports of misuse")
    nothing_yet = _("There is no report.")
    export_name = "misuse"
    personal = True
    columns = (
        moment("recorded_at", _("Recorded on")),
        Column(
            "organisation", _("Organisation"), "honour.organisation_name", sort="honour__organisation_name",
            link=lambda row, listing: listing.way_to("awards:honour", listing.context["code"], row.honour_id),
        ),
        Column("text", _("What was seen")),
        Column("reporter", _("Reported by"), lambda row: " ".join(filter(None, (row.reporter, row.contact)))),
        status("status", _("Status"), sort="status"),
        Column("conclusion", _("Conclusion"), show=_conclusion),
    )  # fmt: skip
    filters = {
        "q": Search("honour__organisation_name", "text", label=_("Organisation or words of the report")),
        "status": Choice("status", MisuseReport.Status.choices, label=_("Status")),
    }
