"""Forms of the round pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from core import clock, formats
from jurisdictions.models import Jurisdiction, PolicyDocument
from rounds.models import Round


class RoundForm(forms.Form):
    """A new round."""

    policy: forms.ModelChoiceField[PolicyDocument] = forms.ModelChoiceField(
        label=_("Edition of the regulation"), queryset=PolicyDocument.objects.none()
    )
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
    kind = forms.ChoiceField(
        label=_("Kind"), choices=Round.Kind.choices, help_text=_("A rehearsal binds nobody and has its own clock.")
    )
    starts_on = forms.DateField(
        label=_("The rehearsal's clock starts on"),
        required=False,
        widget=forms.DateInput,
        help_text=_("For rehearsals only; empty: today."),
    )

    def __init__(self, *args: Any, jurisdiction: Jurisdiction, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["policy"]
        field.queryset = PolicyDocument.objects.filter(jurisdiction=jurisdiction).select_related("jurisdiction")
        field.label_from_instance = lambda document: formats.with_note(document.policy.title, document.edition)
        self.fields["year"].initial = clock.today().year


class OpenForm(forms.Form):
    """Opening a round."""

    closes_on = forms.DateField(label=_("Last day for filing"), widget=forms.DateInput)
    reason = forms.CharField(
        label=_("Reason for another month than usual"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Needed only where the regulation names the usual months."),
    )  # fmt: skip


class ReasonForm(forms.Form):
    """A reason, recorded."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class CounterForm(ReasonForm):
    """A counter-decision."""

    outcome = forms.ChoiceField(
        label=_("New outcome"), choices=(("advanced", _("Goes on")), ("stopped", _("Does not go on")))
    )


class ClockForm(forms.Form):
    """A rehearsal's clock."""

    day = forms.DateField(label=_("Move the clock to"), widget=forms.DateInput)


class CorrectionForm(forms.Form):
    """An order of supervision."""

    text = forms.CharField(label=_("What is to be corrected"), widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(label=_("By"), widget=forms.DateInput)


class ObservationForm(forms.Form):
    """An observation of supervision."""

    text = forms.CharField(label=_("What was observed"), widget=forms.Textarea(attrs={"rows": 3}))
    due_on = forms.DateField(
        label=_("To be answered by"),
        required=False,
        widget=forms.DateInput,
        help_text=_("May stay empty; an observation blocks nothing."),
    )


class AnswerForm(forms.Form):
    """The answer to a correction, or the word that settles it."""

    answer = forms.CharField(label=_("Answer"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, settles: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if settles:
            self.fields["answer"].label = _("Word on settling it")


class MatterForm(forms.Form):
    """A major matter that an organ decided."""

    organ = forms.ChoiceField(label=_("Organ"))
    subject = forms.CharField(label=_("Matter"), max_length=200)
    decision = forms.CharField(label=_("Decision"), widget=forms.Textarea(attrs={"rows": 3}))
    decided_on = forms.DateField(label=_("Decided on"), widget=forms.DateInput)

    def __init__(self, *args: Any, organs: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organ"]
        field.choices = organs


class RecuseForm(forms.Form):
    """Somebody steps aside from an entry."""

    user: forms.ModelChoiceField[User] = forms.ModelChoiceField(label=_("Person"), queryset=None)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["user"]
        field.queryset = people


class SettingsForm(forms.Form):
    """The assumed values of a draft round, one field each; ``paths`` maps field name → path."""

    reason = forms.CharField(label=_("Reason for the change"), widget=forms.Textarea(attrs={"rows": 2}))
