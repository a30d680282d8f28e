"""A signature drawn with pen, finger or mouse: any form has one by declaring the field; ``<c-form>`` draws it.

Whoever is signed in signs; the drawing only goes with it. So nobody is left out who has no pointer, or no scripts.
"""

from __future__ import annotations

import base64
import binascii
from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

LABEL = _("Drawn signature")
ADDRESS = "data:image/png;base64,"
PNG = b"\x89PNG\r\n\x1a\n"
#: Bytes. A dense drawing on the pad's 960 × 352 points has about 60,000.
MOST = 400_000


class Pad(forms.HiddenInput):
    """Marks the field for ``<c-field>``, which draws the pad around it."""


class DrawnField(forms.Field):
    """The drawing as a PNG file, or None where nothing was drawn. Whether it is a sound picture is told when it is stored."""

    widget = Pad
    default_error_messages = {  # as Django declares it
        "unreadable": _("The drawing could not be read: clear it and draw it again, or leave it out."),
    }

    def __init__(self, *, required: bool = False, label: Any = LABEL, **kwargs: Any) -> None:
        super().__init__(required=required, label=label, **kwargs)

    def to_python(self, value: Any) -> ContentFile[bytes] | None:
        """From the data address that the pad sends."""
        if value in self.empty_values:
            return None
        try:
            picture = base64.b64decode(str(value).removeprefix(ADDRESS), validate=True)
        except (binascii.Error, ValueError) as error:
            raise forms.ValidationError(self.error_messages["unreadable"], code="unreadable") from error
        if not str(value).startswith(ADDRESS) or not picture.startswith(PNG) or len(picture) > MOST:
            raise forms.ValidationError(self.error_messages["unreadable"], code="unreadable")
        return ContentFile(picture, name="signature.png")
