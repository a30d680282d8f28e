"""Sentences of refusals that every app may raise."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_yours_to_do": (
        _("Your role may not do this."),
        _("Ask the person whose task it is, or switch to the role that may."),
    ),
    "reason_missing": (_("This needs a recorded reason."), _("Write the reason into the field.")),
}
