"""What sign-up asks beyond address and password."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from accounts.models import User


class SignUpForm(forms.Form):
    """The person's own name; allauth adds the rest."""

    name = forms.CharField(label=_("Your name"), max_length=80)
    field_order = ("name", "email", "password1", "password2")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Called by allauth after the account was made."""
        user.name = self.cleaned_data["name"]
        user.save(update_fields=["name"])
