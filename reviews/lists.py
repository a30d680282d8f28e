"""The lists of reviews: the pool, what a reviewer has to review."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.clock import today
from core.lists import Choice, Column, Flag, List, Search
from reviews.models import Qualification, Reviewer


class Qualified(Choice):
    """Who holds a qualification that is valid today."""

    def filter(self, qs: QuerySet[Any], value: Any) -> QuerySet[Any]:
        """Reviewers with it."""
        if value in (None, ""):
            return qs
        day = today()
        valid = Q(valid_until=None) | Q(valid_until__gte=day)
        return qs.filter(pk__in=Qualification.objects.filter(valid, kind=value, valid_from__lte=day).values("reviewer"))


def _standing(row: Reviewer, listing: List) -> Any:
    tone = "stopped" if row.status == Reviewer.Status.STRUCK else "valid"
    return listing.component("status", status=tone, label=row.get_status_display())


class Pool(List):
    """Reviewers of the pool. Context: ``code``, ``kinds`` (qualifications: key → name)."""

    key = "reviews.pool"
    caption = _("Reviewer pool")
    order = ("id",)
    nothing_yet = _("No reviewer has been appointed yet.")
    export_name = "reviewers"
    personal = True
    columns = (
        Column(
            "name", _("Name"), "user.name", sort="user__name",
            link=lambda row, listing: reverse("reviews:reviewer", args=[listing.context["code"], row.pk]),
        ),
        Column("employer", _("Employer"), sort="employer"),
        Column("fields", _("Fields")),
        Column("expert", _("Industry expert"), "is_industry_expert", sort="is_industry_expert"),
        Column("status", _("Status"), lambda row: row.get_status_display(), sort="status", show=_standing),
        Column("email", _("E-mail"), "user.email", sort="user__email", chosen=False),
    )  # fmt: skip

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """Qualifications as the policy names them."""
        kinds = [(key, str(label)) for key, label in self.context["kinds"].items()]
        found: dict[str, django_filters.Filter] = {
            "q": Search("user__name", "employer", label=_("Name or employer")),
            "status": Choice("status", Reviewer.Status.choices, label=_("Status")),
        }
        if kinds:
            found["kind"] = Qualified(choices=kinds, label=_("Qualification valid today"), empty=_("Any qualification"))
        return found | {"expert": Flag(Q(is_industry_expert=True), label=_("Industry experts only"))}


def _entry(row: Any, listing: List) -> Any:
    entry = row.stage_entry.entry
    url = reverse("reviews:score", args=[listing.context["code"], row.stage_entry_id])
    return format_html(
        '<a href="{}">{}</a> <span class="text-secondary">{}</span>', url, entry.organisation.name, entry.number
    )


def _stage(row: Any) -> str:
    stage = row.stage_entry.stage
    return f"{stage.name} ({_now('rehearsal')})" if stage.round.is_rehearsal else stage.name


def _team(row: Any) -> str:
    if row.team is None:
        return ""
    return f"{row.team.name} ({_now('leader')})" if row.is_leader else row.team.name


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
