"""Forms of ties, signs, requests for recusal, proposed assignments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.models import Engagement, Reviewer


class EngagementForm(forms.Form):
    """An earlier post or another tie."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Engagement.Kind.choices)
    name = forms.CharField(label=_("Organisation"), max_length=200)
    code = forms.CharField(label=_("Unified social credit code"), max_length=18, required=False)
    since = forms.DateField(label=_("From"), widget=forms.DateInput, required=False)
    until = forms.DateField(
        label=_("Until"), widget=forms.DateInput, required=False, help_text=_("Empty: it lasts still.")
    )
    text = forms.CharField(label=_("What it was"), max_length=300, required=False)


class DecideForm(forms.Form):
    """The office's word on a sign, or on an applicant's request."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class AnswerForm(forms.Form):
    """The office's answer to an applicant; ``also``: whom it takes to be meant."""

    text = forms.CharField(
        label=_("Answer to the applicant"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The applicant reads this. Do not say who is in the pool."),
    )
    also: Any = forms.ModelMultipleChoiceField(
        label=_("Who else is meant"), queryset=None, required=False, widget=forms.SelectMultiple(attrs={"size": 5})
    )

    def __init__(self, *args: Any, pool: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["also"]
        field.queryset = pool
        field.label_from_instance = person


class RequestForm(forms.Form):
    """An applicant's request that somebody shall not review its application."""

    named = forms.CharField(label=_("Name of the person"), max_length=80, required=False)
    employer = forms.CharField(
        label=_("Employer of the person"),
        max_length=200,
        required=False,
        help_text=_("Without a name, all reviewers of this employer are meant."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("For instance: competes with us, advised us, was employed by us, is related to somebody here."),
    )


class WishForm(forms.Form):
    """What the solver shall propose."""

    new_teams = forms.IntegerField(label=_("New teams to set up"), min_value=0, max_value=60)
    size = forms.IntegerField(label=_("Members of each new team"), min_value=1, max_value=15)
    cap = forms.IntegerField(
        label=_("At most this many entries a team"),
        min_value=1,
        max_value=999,
        required=False,
        help_text=_("Empty: as evenly as it can be."),
    )


class ApplyForm(forms.Form):
    """Applying a proposal."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    size_reason = forms.CharField(
        label=_("Reason for another number of members than normal"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


def person(reviewer: Reviewer) -> str:
    """A reviewer in a list to choose from."""
    expert = str(_("industry expert")) if reviewer.is_industry_expert else ""
    return " · ".join(part for part in (str(reviewer.user), reviewer.employer, expert) if part)
