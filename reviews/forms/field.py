"""Forms of plans, visits, hearings, reports, confirmations."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.design.signing import DrawnField
from reviews.models import Report
from reviews.queries.progress import EntryWork
from reviews.queries.standings import Tie


class PlanForm(forms.Form):
    """An on-site plan, with a day for each of the team's entries."""

    starts_on = forms.DateField(label=_("First day"), widget=forms.DateInput)
    ends_on = forms.DateField(label=_("Last day"), widget=forms.DateInput)
    text = forms.CharField(label=_("Plan"), widget=forms.Textarea(attrs={"rows": 8}))

    def __init__(self, *args: Any, works: list[EntryWork], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.works = works
        for work in works:
            label = work.row.entry.organisation.name
            self.fields[f"day_{work.row.pk}"] = forms.DateField(label=label, widget=forms.DateInput, required=False)

    def days(self) -> dict[int, dt.date]:
        """``{stage entry id: day}`` of those that have one."""
        named = {work.row.pk: self.cleaned_data[f"day_{work.row.pk}"] for work in self.works}
        return {pk: day for pk, day in named.items() if day is not None}


class PlanReturnForm(forms.Form):
    """Why a plan is not approved."""

    reason = forms.CharField(label=_("Reason for sending it back"), widget=forms.Textarea(attrs={"rows": 2}))


class VisitForm(forms.Form):
    """A visit that took place."""

    started_on = forms.DateField(label=_("From"), widget=forms.DateInput)
    ended_on = forms.DateField(label=_("Until"), widget=forms.DateInput)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    fed_back_to = forms.CharField(
        label=_("Fed back on the spot to"),
        max_length=80,
        required=False,
        help_text=_("Who heard the findings on the last day."),
    )


class FeedbackForm(forms.Form):
    """Feedback on the spot."""

    on = forms.DateField(label=_("On"), widget=forms.DateInput)
    to = forms.CharField(label=_("To"), max_length=80)


class OpinionForm(forms.Form):
    """The team's opinion."""

    text = forms.CharField(label=_("The team's opinion"), widget=forms.Textarea(attrs={"rows": 5}))


class HearingForm(forms.Form):
    """A statement and defence."""

    held_on = forms.DateField(label=_("Held on"), widget=forms.DateInput)
    head_present = forms.BooleanField(label=_("The head of the organisation was present"), required=False)
    head_name = forms.CharField(label=_("Name of the head"), max_length=80, required=False)
    note = forms.CharField(
        label=_("Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Needed when the head was absent."),
    )


class ReportForm(forms.Form):
    """A review report."""

    summary = forms.CharField(label=_("Summary"), widget=forms.Textarea(attrs={"rows": 5}))
    strengths = forms.CharField(label=_("Strengths"), required=False, widget=forms.Textarea(attrs={"rows": 5}))
    improvements = forms.CharField(
        label=_("Opportunities for improvement"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )


class ConfirmForm(forms.Form):
    """The applicant's answer to a report."""

    answer = forms.ChoiceField(
        label=_("Answer"), choices=Report.Answer.choices, widget=forms.RadioSelect, initial=Report.Answer.AGREED
    )
    remarks = forms.CharField(label=_("Remarks"), required=False, widget=forms.Textarea(attrs={"rows": 4}))
    late_reason = forms.CharField(
        label=_("Why not signed on the spot"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    drawing = DrawnField()
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, on_the_spot: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not on_the_spot:
            del self.fields["late_reason"]


class ProposalForm(forms.Form):
    """Whom the team proposes."""

    listed = forms.TypedMultipleChoiceField(
        label=_("Proposed to go on"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    text = forms.CharField(label=_("Report to the office"), required=False, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args: Any, works: list[EntryWork], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["listed"]
        field.choices = [
            (w.row.pk, f"{w.row.entry.organisation.name} · {w.result if w.result is not None else '—'}") for w in works
        ]


class TieForm(forms.Form):
    """Which of those tied at the cut go on."""

    group = forms.CharField(required=False, widget=forms.HiddenInput)
    score = forms.DecimalField(widget=forms.HiddenInput)
    chosen = forms.TypedMultipleChoiceField(
        label=_("Which of them go on"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, tie: Tie, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"group": tie.group, "score": f"{tie.score:f}"}
        field: Any = self.fields["chosen"]
        field.choices = [(row.pk, f"{row.entry.organisation.name} {row.entry.number}") for row in tie.rows]


class StageReportForm(forms.Form):
    """The office's report on a stage."""

    text = forms.CharField(label=_("Report"), widget=forms.Textarea(attrs={"rows": 8}))
