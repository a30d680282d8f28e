"""Signs that something stands between a reviewer and an applicant: those to be decided first, the decided ones on demand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django.db.models import Q
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.lists import Act, Choice, Column, List, Search, moment, prose, status
from reviews.domain import interests
from reviews.forms.interests import DecideForm
from reviews.models import Suspicion

S = Suspicion.Status
TONES = {S.OPEN: "pending", S.CONFIRMED: "confirmed", S.DISMISSED: "closed"}


def _decide(confirmed: bool) -> Any:
    def decided(*, actor: User, rows: Sequence[Suspicion], listing: List, reason: str) -> None:
        for row in rows:
            interests.decide(actor=actor, suspicion=row, confirmed=confirmed, reason=reason)

    return decided


def _reviewer(row: Suspicion, listing: List) -> Any:
    """Leads to the reviewer's page for those who may open it."""
    name: Any = row.reviewer.user.name
    if listing.context["sees_pool"] or row.reviewer.rehearsal:
        url = listing.way_to("reviews:reviewer", listing.context["code"], row.reviewer_id)
        name = format_html('<a href="{}">{}</a>', url, name)
    if not row.reviewer.rehearsal:
        return name
    return format_html('{} <span class="badge bg-yellow-lt">{}</span>', name, _now("rehearsal"))


def _asked(value: str) -> Q:
    return Q() if value == "all" else Q(status=value)


class Signs(List):
    """Signs, newest first. Context: ``code``, ``sees_pool``, ``may_decide`` (of a sign: whether the reader decides on it)."""

    key = "reviews.signs"
    caption = _("Signs")
    nothing_yet = _("No sign here.")
    export_name = "signs"
    personal = True
    columns = (
        Column("reviewer", _("Reviewer"), "reviewer.user.name", sort="reviewer__user__name", show=_reviewer),
        Column("organisation", _("Organisation"), "organisation.name", sort="organisation__name"),
        Column("kind", _("Kind"), lambda row: row.get_kind_display(), sort="kind"),
        Column("detail", _("What was found")),
        moment("raised_at", _("Found"), chosen=False),
        status("status", _("Status"), state="tone", words=lambda row: row.get_status_display(), sort="status"),
        prose("reason", _("Reason"), chosen=False),
        Column("decided_by", _("Decided by"), lambda row: str(row.decided_by or ""), chosen=False),
        moment("decided_at", _("Decided on"), nullable=True, chosen=False),
        Column("decide", _("Act"), lambda row: "", exported=False, template="reviews/parts/decide.html"),
    )
    acts = (
        Act(
            "dismiss", _("Dismiss these signs"), _decide(False), _("The signs are dismissed."), form=lambda data, listing: DecideForm(data),
            allowed=lambda listing: bool(listing.context["works"]), lead=_("Each reviewer may then review the applicant; the reason is recorded for each."),
        ),
        Act(
            "confirm", _("Confirm these interests"), _decide(True), _("The interests stand; the reviewers are kept away."),
            form=lambda data, listing: DecideForm(data), allowed=lambda listing: bool(listing.context["works"]), tone="danger",
            lead=_("Each reviewer is kept away from the applicant at once; the reason is recorded for each."),
        ),
    )  # fmt: skip

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """What an applicant named is decided with its request, and stands under “all”."""
        waiting = Q(status=S.OPEN) & (Q(request=None) | ~Q(request__status="open"))
        choices = [(key, label) for key, label in S.choices if key != S.OPEN] + [("all", _("All"))]
        return {
            "q": Search("reviewer__user__name", "organisation__name", "detail", label=_("Name or what was found")),
            "kind": Choice("kind", Suspicion.Kind.choices, label=_("Kind")),
            "status": Choice(choices=choices, label=_("Status"), where=_asked, empty=_("To be decided"), default=waiting),
        }  # fmt: skip

    def prepare(self, rows: Sequence[Any]) -> None:
        """Which of them the reader decides, with a form for each."""
        for row in rows:
            row.tone = TONES[row.status]
            works = row.status == S.OPEN and row.pk != self.context["held"] and self.context["may_decide"](row)
            row.decide_form = DecideForm(auto_id=f"sign-{row.pk}-%s") if works else None
