"""Words for keys that policies share; a key of a policy's own is shown as it is."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

_OPINIONS = {
    "excellent": _("excellent"), "good": _("good"), "fair": _("fair"), "average": _("average"), "poor": _("poor"),
    "agree": _("agree"), "disagree": _("disagree"), "no_comment": _("no comment"),
}  # fmt: skip


def opinion(key: str) -> str:
    """An opinion of a department in the reader's language."""
    return str(_OPINIONS.get(key, key))
