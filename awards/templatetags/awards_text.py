"""Words for what happens to honours."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def act_name(act: str) -> str:
    """An event or a measure, in words."""
    names = {
        "conferred": _("The honour was given"), "entered": _("Entered in the register"), "revoke": _("The honour was revoked"),
        "withdraw": _("The title was withdrawn"), "stop_publicity": _("Publicising the honour was stopped"),
        "order_correction": _("A correction was ordered"), "disclosed": _("Disclosed to the public"),
        "refuse_applications": _("Applications are not accepted"),
    }  # fmt: skip
    return names.get(act, act)


@register.filter
def item_name(item: str) -> str:
    """Certificate, plaque, …"""
    from awards.forms import ITEMS

    return str(ITEMS.get(item, item))
