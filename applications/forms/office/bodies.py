"""Into whose hands entries are put, and who is asked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.office.shared import text
from jurisdictions.models import Body


class BodyForm(forms.Form):
    """Putting an application into a body's hands."""

    body: forms.ModelChoiceField[Body] = forms.ModelChoiceField(label=_("Body"), queryset=Body.objects.none())
    reason = text(_("Reason"), rows=2)

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["body"]
        field.queryset = bodies


class AskForm(forms.Form):
    """Which bodies to ask about all that wait."""

    bodies: forms.ModelMultipleChoiceField[Body] = forms.ModelMultipleChoiceField(
        label=_("Bodies to ask"), queryset=Body.objects.none(), widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["bodies"]
        field.queryset = bodies
        field.initial = [body.pk for body in bodies]
