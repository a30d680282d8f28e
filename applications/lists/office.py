"""What the office reads about a stage: what bodies answered, extensions of the time for filing; and a person's organisations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q
from django.template.loader import get_template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import OrganisationRole
from applications.models import Extension
from applications.models.opinions import ConsultationRequest
from core.lists import Choice, Column, List, Search, article, moment, prose

AGAINST = (Q(answer="disagree") | Q(recommends=False)) & Q(set_aside_at=None)
STATES = {
    "open": Q(answer="", lapsed_at=None),
    "answered": ~Q(answer=""),
    "silent": Q(answer="", lapsed_at__isnull=False),
    "set_aside": Q(set_aside_at__isnull=False),
    "all": Q(),
}
LABELS = {
    "open": _("No answer yet"),
    "answered": _("Answered"),
    "silent": _("No answer in time"),
    "set_aside": _("Set aside"),
    "all": _("All"),
}
TONES = {"agree": "good", "no_record": "good", "disagree": "stopped", "": "pending"}


def _organisation(row: ConsultationRequest, listing: List) -> str:
    return listing.way_to("applications:examine", listing.context["code"], row.stage_entry_id)


def _for(row: Extension) -> str:
    return row.organisation.name if row.organisation else _now("All applicants alike")


def _said(row: ConsultationRequest) -> str:
    words = row.get_answer_display()
    if not row.answer and row.lapsed_at:
        words = _now("No answer in time")
    return f"{words} · {_now('does not recommend')}" if row.recommends is False else str(words)


def _answer(row: ConsultationRequest, listing: List) -> Any:
    tone = "calm" if row.set_aside_at else "stopped" if row.recommends is False else TONES[row.answer]
    mark = listing.component("status", status=tone, label=_said(row))
    return format_html("{} {}", mark, _now("set aside")) if row.set_aside_at else mark


class Answers(List):
    """What bodies were asked in a stage; first what stands against applications. Context: ``code``, ``bodies``."""

    key = "applications.answers"
    caption = _("Answers of bodies")
    order = ("id",)
    nothing_yet = _("Nothing stands against any application.")
    export_name = "answers"
    personal = True
    columns = (
        Column("organisation", _("Organisation"), "stage_entry.entry.organisation.name", sort="stage_entry__entry__organisation__name", link=_organisation),
        Column("number", _("Filing number"), "stage_entry.entry.number", sort="stage_entry__entry__number", chosen=False),
        Column("body", _("Body"), "body.name", sort="body__name_zh"),
        Column("answer", _("Answer"), _said, sort="answer", show=_answer),
        prose("reason", _("Reason")),
        moment("due", _("Due"), value="consultation.due_at", sort="consultation__due_at"),
        moment("answered_at", _("Answered on"), nullable=True),
        prose("set_aside_reason", _("Why set aside"), chosen=False),
    )  # fmt: skip

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """By what was answered, and by body."""
        return {
            "q": Search("stage_entry__entry__organisation__name", "stage_entry__entry__number", label=_("Name or number")),
            "state": Choice(
                choices=tuple(LABELS.items()), label=_("State"), where=STATES.__getitem__, empty=_("Stands against it"), default=AGAINST,
            ),
            "body": Choice("body", [(body.pk, body.name) for body in self.context["bodies"]], label=_("Body")),
        }  # fmt: skip


def _deadline(row: Extension, _listing: List) -> Any:
    """The new deadline, and how it was counted."""
    return get_template("applications/lists/extended.html").render({"row": row})


class Extensions(List):
    """Extensions of the time for filing, newest first. Context: ``rules``."""

    key = "applications.extensions"
    caption = _("Extensions")
    nothing_yet = _("No extension was granted.")
    export_name = "extensions"
    personal = True
    columns = (
        Column("for", _("For whom"), _for, sort="organisation__name", nullable=True),
        moment("deadline_before", _("Before")),
        moment("deadline", _("Extended to"), show=_deadline),
        prose("reason", _("Reason")),
        article(label=_("Article")),
        Column("granted_by", _("Granted by"), lambda row: str(row.granted_by), sort="granted_by__name"),
        moment("granted_at", _("Granted")),
    )  # fmt: skip
    filters = {
        "q": Search("organisation__name", "reason", label=_("Name or reason")),
        "for": Choice(
            choices=(("all", _("All applicants alike")), ("one", _("One organisation"))), label=_("For whom"),
            where=lambda value: Q(organisation__isnull=value == "all"),
        ),
    }  # fmt: skip


class Organisations(List):
    """The organisations for which a person acts."""

    key = "applications.organisations"
    caption = _("My organisations")
    order = ("organisation__name", "id")
    nothing_yet = _("You do not act for an organisation yet.")
    export_name = "organisations"
    columns = (
        Column(
            "name", _("Organisation"), "organisation.name", sort="organisation__name",
            link=lambda row, _list: reverse("applications:organisation", args=[row.organisation_id]),
        ),
        Column("code", _("Unified social credit code"), "organisation.code", sort="organisation__code"),
        Column("role", _("Role"), lambda row: row.get_role_display(), sort="role"),
        Column("may_file", _("May file"), sort="may_file"),
    )  # fmt: skip
    filters = {
        "q": Search("organisation__name", "organisation__code", label=_("Name or code")),
        "role": Choice("role", OrganisationRole.choices, label=_("Role")),
    }
