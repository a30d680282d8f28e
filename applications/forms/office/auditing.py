"""A body's audit: its own publicity, objections, the opinion."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from applications.forms.office.shared import text


class PublishForm(forms.Form):
    """A body's own publicity."""

    where = forms.CharField(label=_("Published where"), max_length=300, help_text=_("The site, paper or notice board."))


class ObjectionForm(forms.Form):
    """An objection received while a body's window runs."""

    text = text(_("Objection"))
    raised_by = forms.CharField(label=_("Raised by"), max_length=200, required=False)


class SettleForm(forms.Form):
    """What was found of an objection."""

    stands = forms.ChoiceField(
        label=_("Does it stand?"), choices=(("no", _("no")), ("yes", _("yes"))), widget=forms.RadioSelect, initial="no"
    )
    finding = text(_("What was found"))


class OpinionForm(forms.Form):
    """The audit opinion."""

    opinion = text(_("Audit opinion"), rows=5)
    reason = text(_("Why it is sent on although a register speaks against it"), rows=2, required=False)
    departure = text(_("Reason for departing from the publicity"), rows=2, required=False)

    def __init__(self, *args: Any, departs: bool, checks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not departs:
            del self.fields["departure"]
        if not checks:
            del self.fields["reason"]
