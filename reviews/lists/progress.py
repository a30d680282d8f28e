"""How far each entry of a team review is; giving entries to a team and taking them back, several at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import django_filters
from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core.lists import Act, Case, Column, Gathered, List, Pick, Words
from reviews.domain import assignments
from reviews.forms.teams import ReasonForm, ReplaceForm
from reviews.models import Assignment, Reviewer, Team
from reviews.queries.progress import EntryWork, needs_report

CASES = {
    "team": (_("without team"), lambda work: not work.assignments),
    "sheets": (_("sheets missing"), lambda work: bool(work.assignments) and work.missing > 0),
    "agreement": (_("to be agreed on"), lambda work: bool(work.unsettled)),
    "report": (_("report missing"), lambda work: work.result is not None and work.report is None),
    "confirmation": (_("not confirmed"), lambda work: work.report is not None and work.report.confirmed_at is None),
}


class TeamChoice(forms.Form):
    """One of the stage's teams."""

    team: Any = forms.ModelChoiceField(label=_("Review team"), queryset=None)

    def __init__(self, *args: Any, listing: List, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["team"]
        field.queryset = Team.objects.filter(stage=listing.context["stage"], ended_at=None).order_by("id")
        field.label_from_instance = lambda team: team.name


def _works(listing: List) -> bool:
    return bool(listing.context["may_work"])


def _give(*, actor: User, rows: Sequence[EntryWork], listing: List, team: Team) -> None:
    team.stage = listing.context["stage"]
    assignments.assign(actor=actor, team=team, stage_entries=[work.row for work in rows])


def _replacing(data: Any, *, listing: List) -> ReplaceForm:
    stage = listing.context["stage"]
    places = Assignment.objects.filter(stage_entry__stage=stage, replaced_by=None).exclude(end_code="unassigned")
    pool = Reviewer.objects.filter(jurisdiction=stage.round.jurisdiction_id).select_related("user")
    active = pool.filter(status=Reviewer.Status.ACTIVE)
    coming = active if stage.round.is_rehearsal else active.filter(rehearsal=False)
    leaving = pool.filter(pk__in=places.values("reviewer"))
    return ReplaceForm(data, leaving=leaving.order_by("user__name", "id"), coming=coming.order_by("user__name", "id"))


def _replace(
    *, actor: User, rows: Sequence[EntryWork], listing: List, leaving: Reviewer, coming: Reviewer, reason: str
) -> None:
    for work in rows:
        assignments.replace(actor=actor, stage_entry=work.row, leaving=leaving, coming=coming, reason=reason)


def _take_back(*, actor: User, rows: Sequence[EntryWork], listing: List, reason: str) -> None:
    for work in rows:
        assignments.take_back(actor=actor, stage_entry=work.row, reason=reason)


def _entry(work: EntryWork, listing: List) -> Any:
    url = listing.way_to("reviews:entry", listing.context["code"], work.pk)
    entry = work.row.entry
    return format_html(
        '<a href="{}">{}</a> <span class="text-secondary">{}</span>', url, entry.organisation.name, entry.number
    )


def _team(work: EntryWork, listing: List) -> Any:
    name = work.team.name if work.team else "—"
    if not work.short:
        return name
    return format_html("{} {}", name, listing.component("status", status="stopped", label=_now("not complete")))


def _report(work: EntryWork) -> str:
    if work.report is None:
        return ""
    return _now("confirmed") if work.report.confirmed_at else _now("written")


class Progress(Gathered):
    """Entries that wait in a team review. Context: ``code``, ``stage``, ``rules``, ``may_work``, ``teams``."""

    key = "reviews.progress"
    caption = _("Entries")
    nothing_yet = _("No entry here.")
    export_name = "progress"
    personal = True
    acts = (
        Act(
            "give", _("Give to a team"), _give, _("The entries are given to the team."), form=lambda data, listing: TeamChoice(data, listing=listing),
            allowed=_works, lead=_("Each member of the team may then score these entries."),
        ),
        Act(
            "replace", _("Replace a reviewer"), _replace, _("The places are filled anew."), form=_replacing, allowed=_works,
            lead=_("The reviewer who leaves loses access to these entries; the one who comes takes the place, and leads where the other led."),
        ),
        Act(
            "take_back", _("Take back from their teams"), _take_back, _("The entries are taken back from their teams."),
            form=lambda data, listing: ReasonForm(data), allowed=_works, tone="danger",
            lead=_("Sheets written so far are kept on record but do not count."),
        ),
    )  # fmt: skip

    def get_columns(self) -> Sequence[Column]:
        """With the report, where the stage has one."""
        prizes = {prize.key: str(prize.name) for prize in self.context["rules"].prizes}
        report = (Column("report", _("Report"), _report),) if needs_report(self.context["stage"].spec) else ()
        return (
            Column("organisation", _("Organisation"), "row.entry.organisation.name", sort="row.entry.organisation.name", show=_entry),
            Column("number", _("Filing number"), "row.entry.number", sort="row.entry.number", chosen=False),
            Column("prize", _("Prize"), lambda work: prizes.get(work.row.entry.prize, work.row.entry.prize), sort="row.entry.prize", chosen=False),
            Column("team", _("Review team"), lambda work: work.team.name if work.team else "", sort="team.name", nullable=True, show=_team),
            Column("sheets", _("Sheets"), lambda work: f"{len(work.handed_in)} / {len(work.assignments)}", sort="missing"),
            Column("agree", _("To agree"), lambda work: len(work.unsettled), numeric=True),
            Column("result", _("Result"), sort="result", nullable=True, numeric=True),
            *report,
        )  # fmt: skip

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """By words, team, what is missing."""
        teams = [(str(team.pk), team.name) for team in self.context["teams"]]
        spec = self.context["stage"].spec
        without = {"report": not needs_report(spec), "confirmation": not spec.confirm}
        return {
            "q": Words(_words, label=_("Name or filing number")),
            "team": Pick(lambda work: work.team.pk if work.team else "", teams, label=_("Review team"), empty=_("All teams")),
            "lacking": Case({k: case for k, case in CASES.items() if not without.get(k)}, label=_("Missing"), empty=_("All entries")),
        }  # fmt: skip


def _words(work: EntryWork) -> str:
    return f"{work.row.entry.organisation.name} {work.row.entry.number}"
