"""Text that people type: what may not be stored, and what may not be shown as it stands."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _

#: Control characters that XML and PostgreSQL refuse or nobody can see, lone surrogates, non-characters. Tab and line ends are text.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Marks that turn the direction of what follows, beyond the text itself: a name must not rearrange the page around it.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def unprintable(text: str) -> bool:
    """Whether the text holds characters that cannot be kept."""
    return bool(_UNPRINTABLE.search(text))


def storable(text: str) -> str:
    """What a database's JSON takes; what it does not is still seen to be :func:`unprintable`."""
    return _UNPRINTABLE.sub("\x01", text)


def tidy(text: str) -> str:
    """The text without marks that turn the direction of writing and without what cannot be kept."""
    return _DIRECTION.sub("", _UNPRINTABLE.sub("", text))


class LineField(forms.CharField):
    """One line of text: full-width spaces, line ends and marks of direction become plain; what cannot be kept is an error."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value)
        if not isinstance(text, str) or not text:
            return text
        if unprintable(text):
            raise forms.ValidationError(
                _("There are characters here that cannot be shown; type the text again."), code="unprintable"
            )
        return " ".join(tidy(text).split())
