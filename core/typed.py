"""Text that people type: what may not be stored, and what may not be shown as it stands."""

from __future__ import annotations

import re

#: Control characters that XML and PostgreSQL refuse or nobody can see, lone surrogates, non-characters. Tab and line ends are text.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
#: Marks that turn the direction of what follows, beyond the text itself: a name must not rearrange the page around it.
_DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")


def unprintable(text: str) -> bool:
    """Whether the text holds characters that cannot be kept."""
    return bool(_UNPRINTABLE.search(text))


def tidy(text: str) -> str:
    """The text without marks that turn the direction of writing and without what cannot be kept."""
    return _DIRECTION.sub("", _UNPRINTABLE.sub("", text))
