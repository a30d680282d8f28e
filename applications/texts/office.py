"""Messages of the office's side."""

from django.utils.translation import gettext_lazy as _

from applications.domain.letters import ASKED, IN_WRITING, RETURNED, TOLD

TEXTS = {
    IN_WRITING: (
        _("Result of “{stage}”: {number}"),
        _("Your application {number} did not pass “{stage}”. Article {article}: {reason} The letter is attached."),
    ),
    TOLD: (
        _("Result of “{stage}”: {number}"),
        _("Your application {number} did not pass “{stage}”. Article {article}: {reason}"),
    ),
    RETURNED: (
        _("Papers returned: {number}"),
        _(
            "Your application {number} was not accepted in “{stage}”; your papers are returned. Article {article}: {reason} The letter is attached."
        ),
    ),
    ASKED: (
        _("You are asked about applications in “{stage}”"),
        _("Please answer by {due} (Article {article}). Each application is listed on your page."),
    ),
}
