"""What is asked once for several applications."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class RecommendForm(forms.Form):
    """Whether the body recommends them as well; asked only where its policy asks."""

    recommends = forms.ChoiceField(
        label=_("Do you recommend them?"), choices=(("yes", _("yes")),), widget=forms.RadioSelect, required=False
    )

    def __init__(self, *args: Any, asked: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not asked:
            del self.fields["recommends"]
