"""What messages say. Each app registers the texts of its kinds, in ``AppConfig.ready``:

    texts.register({"letter.not_shortlisted": (_("Result of the document review"), _("{organisation}: …"))})

Title and body are (lazily translated) format strings over the message's context, rendered when read, in the reader's language.
A value ``{"zh": …, "en": …}`` in the context is shown in that language as well.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language

from core.formats import Shown

Text = str | Promise

_TEXTS: dict[str, tuple[Text, Text]] = {}


def register(texts: Mapping[str, tuple[Text, Text]]) -> None:
    """Add ``{kind: (title, body)}``. Raises ``ValueError`` when a kind is registered with another text."""
    for kind, pair in texts.items():
        if kind in _TEXTS and _TEXTS[kind] != pair:
            raise ValueError(f"message kind registered twice: {kind}")
        _TEXTS[kind] = pair


def known(kind: str) -> bool:
    """Whether the kind has a text."""
    return kind in _TEXTS


def title_of(kind: str, context: Mapping[str, Any]) -> str:
    """The title in the active language."""
    return _fill(kind, 0, context)


def body_of(kind: str, context: Mapping[str, Any]) -> str:
    """The body in the active language."""
    return _fill(kind, 1, context)


def _fill(kind: str, part: int, context: Mapping[str, Any]) -> str:
    if kind not in _TEXTS:  # an older message whose kind is gone
        return kind
    return str(_TEXTS[kind][part]).format_map(Shown({name: _in_language(value) for name, value in context.items()}))


def _in_language(value: Any) -> Any:
    if isinstance(value, Mapping) and {"zh", "en"} <= set(value):
        return value["en" if (get_language() or "").startswith("en") else "zh"]
    return value
