"""The pool of reviewers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.clock import today
from core.lists import Act, Choice, Column, Flag, List, Search
from reviews.domain import pool
from reviews.forms.pool import NoteForm
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


def _note(*, actor: User, rows: Sequence[Reviewer], listing: List, kind: str, on: dt.date, text: str) -> None:
    for row in rows:
        pool.note(actor=actor, reviewer=row, kind=kind, on=on, text=text)


class Pool(List):
    """Reviewers of the pool. Context: ``code``, ``kinds`` (qualifications: key → name), ``may_work``."""

    key = "reviews.pool"
    caption = _("Reviewer pool")
    order = ("id",)
    nothing_yet = _("No reviewer has been appointed yet.")
    export_name = "reviewers"
    personal = True
    columns = (
        Column(
            "name", _("Name"), "user.name", sort="user__name",
            link=lambda row, listing: listing.way_to("reviews:reviewer", listing.context["code"], row.pk),
        ),
        Column("employer", _("Employer"), sort="employer"),
        Column("fields", _("Fields")),
        Column("expert", _("Industry expert"), "is_industry_expert", sort="is_industry_expert"),
        Column("status", _("Status"), lambda row: row.get_status_display(), sort="status", show=_standing),
        Column("email", _("E-mail"), "user.email", sort="user__email", chosen=False),
    )  # fmt: skip

    acts = (
        Act(
            "note", _("Record training or supervision"), _note, _("It is recorded for each of them."), form=lambda data, listing: NoteForm(data),
            allowed=lambda listing: bool(listing.context["may_work"]), lead=_("The same record for each of these reviewers."),
        ),
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
