"""Forms of the pool."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation, User
from jurisdictions.policy import Policy
from reviews.models import Conduct, PoolRecord, Reviewer


class WordsField(forms.CharField):
    """A list of words, typed with commas."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        text = super().to_python(value) or ""
        for mark in ("，", "、", ";", "；", "\n"):
            text = text.replace(mark, ",")
        return [word.strip() for word in text.split(",") if word.strip()]

    def prepare_value(self, value: Any) -> Any:
        return "，".join(value) if isinstance(value, list) else value


class DetailsForm(forms.Form):
    """What is known of a reviewer."""

    employer = forms.CharField(label=_("Employer"), max_length=200, required=False)
    employer_code = forms.CharField(label=_("Employer's unified social credit code"), max_length=18, required=False)
    title = forms.CharField(label=_("Professional title"), max_length=100, required=False)
    fields = WordsField(label=_("Fields"), required=False, help_text=_("Separate several with commas."))  # type: ignore[assignment]
    sectors = WordsField(label=_("Sectors"), required=False, help_text=_("Separate several with commas."))
    is_industry_expert = forms.BooleanField(label=_("Industry expert"), required=False)

    @classmethod
    def of(cls, reviewer: Reviewer) -> DetailsForm:
        return cls(initial={name: getattr(reviewer, name) for name in cls.base_fields}, auto_id="change-%s")


class AppointForm(forms.Form):
    """Taking a person into the pool."""

    email = forms.EmailField(label=_("E-mail address of the person's account"))
    employer = forms.CharField(label=_("Employer"), max_length=200, required=False)
    employer_code = forms.CharField(label=_("Employer's unified social credit code"), max_length=18, required=False)
    title = forms.CharField(label=_("Professional title"), max_length=100, required=False)
    is_industry_expert = forms.BooleanField(label=_("Industry expert"), required=False)
    text = forms.CharField(
        label=_("How and by whom appointed"), widget=forms.Textarea(attrs={"rows": 2}), required=False
    )

    def clean_email(self) -> User:
        user = User.objects.filter(email=self.cleaned_data["email"].lower(), is_active=True).first()
        if user is None:
            raise forms.ValidationError(_("There is no account with this address. Ask the person to make one first."))
        return user


class QualifyForm(forms.Form):
    """A qualification."""

    kind = forms.ChoiceField(label=_("Kind"))
    number = forms.CharField(label=_("Number"), max_length=80, required=False)
    valid_from = forms.DateField(label=_("Valid from"), widget=forms.DateInput)
    valid_until = forms.DateField(label=_("Valid until"), widget=forms.DateInput, required=False)

    def __init__(self, *args: Any, policy: Policy | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["kind"]
        field.choices = [(key, str(text)) for key, text in policy.qualifications.items()] if policy else []


class EndForm(forms.Form):
    """The end of a qualification."""

    last_day = forms.DateField(label=_("Last day on which it holds"), widget=forms.DateInput)
    reason = forms.CharField(label=_("Reason"), max_length=300)


class NoteForm(forms.Form):
    """Training, supervision, appraisal."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[(k, v) for k, v in PoolRecord.Kind.choices if k in ("training", "supervision")]
    )
    on = forms.DateField(label=_("On"), widget=forms.DateInput)
    text = forms.CharField(label=_("What was done"), widget=forms.Textarea(attrs={"rows": 2}))


class DisciplineForm(forms.Form):
    """A breach and its consequence."""

    act = forms.ChoiceField(label=_("Consequence"))
    reason = forms.CharField(label=_("What happened"), widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, policy: Policy | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["act"]
        acts = policy.discipline.acts if policy and policy.discipline else []
        field.choices = [(act, Conduct.Act(act).label) for act in acts]


class InterestForm(forms.Form):
    """An interest in an organisation."""

    code = forms.CharField(label=_("Unified social credit code of the organisation"), max_length=18)
    text = forms.CharField(label=_("The interest"), widget=forms.Textarea(attrs={"rows": 2}))

    def clean_code(self) -> Organisation:
        found = (
            Organisation.objects.filter(code=self.cleaned_data["code"].strip().upper())
            .order_by("rehearsal", "-pk")
            .first()
        )
        if found is None:
            raise forms.ValidationError(_("No organisation with this code is known here."))
        return found
