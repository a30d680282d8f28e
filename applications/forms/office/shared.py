"""What several forms of the office's and the bodies' pages need."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from core.refusals import Refused


def text(label: Any, *, rows: int = 3, required: bool = True, help_text: Any = "") -> forms.CharField:
    """A text of several lines."""
    return forms.CharField(
        label=label, required=required, help_text=help_text, widget=forms.Textarea(attrs={"rows": rows})
    )


def attach(form: forms.Form, refusal: Refused) -> None:
    """Put a refusal on the field that it speaks of, else on top."""
    names = (refusal.field, f"note-{refusal.field}", f"finding-{refusal.field}")
    form.add_error(next((name for name in names if name in form.fields), None), str(refusal))


class ReasonForm(forms.Form):
    """A reason, recorded."""

    reason = text(_("Reason"))
