"""Forms of teams and assignments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from reviews.domain.teams import applied_for
from reviews.models import Reviewer
from rounds.models import RoundStage


class TeamForm(forms.Form):
    """A team: its members and its leader are chosen from the pool."""

    name = forms.CharField(label=_("Name of the team"), max_length=80)
    prizes = forms.MultipleChoiceField(label=_("Prizes that it reviews"), widget=forms.CheckboxSelectMultiple)
    members: Any = forms.ModelMultipleChoiceField(
        label=_("Members"), queryset=None, widget=forms.CheckboxSelectMultiple
    )
    leaders: Any = forms.ModelChoiceField(label=_("Leader"), queryset=None)
    size_reason = forms.CharField(
        label=_("Reason for another number of members than normal"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, stage: RoundStage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pool = Reviewer.objects.filter(jurisdiction=stage.round.jurisdiction_id, status=Reviewer.Status.ACTIVE)
        if not stage.round.is_rehearsal:
            pool = pool.filter(rehearsal=False)
        pool = pool.select_related("user").order_by("user__name", "id")
        rules, chosen = stage.round.rules, applied_for(stage)
        prizes: Any = self.fields["prizes"]
        prizes.choices = [(key, str(rules.prize(key).name)) for key in chosen]
        prizes.initial = chosen
        if stage.spec.team.otherwise != "reason":
            del self.fields["size_reason"]  # another number of members is refused, whatever the reason
        for name in ("members", "leaders"):
            field: Any = self.fields[name]
            field.queryset = pool
            field.label_from_instance = _label

    def clean_leaders(self) -> list[Reviewer]:
        return [self.cleaned_data["leaders"]]


class ReasonForm(forms.Form):
    """A reason, recorded."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))


class AbstainForm(ReasonForm):
    """Why no marks are given, for the sheet as it was read."""

    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput(attrs={"data-sheet-version": ""}))


class AssignForm(forms.Form):
    """Entries for a team."""

    stage_entries: Any = forms.ModelMultipleChoiceField(
        label=_("Entries"), queryset=None, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["stage_entries"]
        field.queryset = rows
        field.label_from_instance = lambda row: f"{row.entry.number} {row.entry.organisation.name}"


class ReplaceForm(forms.Form):
    """Another reviewer in the place of one."""

    leaving: Any = forms.ModelChoiceField(label=_("Leaves"), queryset=None)
    coming: Any = forms.ModelChoiceField(label=_("Comes"), queryset=None)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, leaving: Any, coming: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, people in (("leaving", leaving), ("coming", coming)):
            field: Any = self.fields[name]
            field.queryset, field.label_from_instance = people, _label


class LeaderForm(forms.Form):
    """Who leads for an entry."""

    reviewer: Any = forms.ModelChoiceField(label=_("Leader"), queryset=None)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["reviewer"]
        field.queryset = people


def _label(reviewer: Reviewer) -> str:
    parts = [str(reviewer.user), reviewer.employer, str(_("industry expert")) if reviewer.is_industry_expert else ""]
    return " · ".join(part for part in parts if part)
