"""The words of particulars, days and the like."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

PARTICULARS = {
    "name": pgettext_lazy("of a person", "name"),
    "signature": _("signature"),
    "phone": _("phone"),
    "address": _("correspondence address"),
    "identity_proof": _("proof of identity"),
    "domicile": _("domicile"),
    "seal": _("official seal"),
    "proof": _("proof"),
    "unit": _("name of the unit"),
    "email": _("e-mail address"),
}

#: Kinds of day in a derivation (see ``jurisdictions.calendar``).
DAYS = {
    "event": _("the day of the event itself is not counted"),
    "calendar_day": _("counted"),
    "weekday": _("working day"),
    "weekend": _("weekend"),
    "holiday": _("public holiday"),
    "make_up": _("make-up working day"),
    "office": _("entered by the office"),
    "moved": _("moved on, because the last day was not a working day"),
}
