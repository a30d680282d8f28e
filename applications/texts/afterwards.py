"""Messages of what comes after the deadline or after filing."""

from django.utils.translation import gettext_lazy as _

from applications.domain.extending import TOLD as EXTENDED

TEXTS = {
    EXTENDED: (
        _("Filing extended to {day}"),
        _("Applications may be filed until the end of {day}. Article {article}. Reason: {reason}"),
    ),
    "application.supplement_asked": (
        _("Application {number}: a supplement is asked for by {due}"),
        _(
            "The review office returns the application {number} of {organisation} for supplement, once. Due by {due} (Article {article}). {reason} "
            "Only the questions named in the letter reopen."
        ),
    ),
    "application.supplement_due": (
        _("Supplement to {number} due by {day}"),
        _("The supplement to the application {number} of {organisation} has not been filed. The last day is {day}."),
    ),
    "applications.answers_due": (
        _("Answers due by {day}: {count}"),
        _("Your body has not answered about {count} applications yet. The last day is {day} (Article {article})."),
    ),
    "application.supplement_filed": (
        _("Supplement to {number} filed"),
        _("{organisation} filed the supplement to {number} (version {version}). Fingerprint: {sha256}"),
    ),
    "application.withdrawn": (
        _("Application {number} withdrawn"),
        _("{organisation} withdrew its application {number} from the round. Reason: {reason}"),
    ),
    "application.recommended": (
        _("Application {number}: recommended"),
        _("{body} recommends the application {number} of {organisation} (Article {article}). It goes on."),
    ),
    "application.audited": (
        _("Application {number}: audited and sent on"),
        _("{body} has audited the application {number} of {organisation} and sends it on (Article {article})."),
    ),
    "application.declined": (
        _("Application {number}: declined"),
        _("{body} does not send the application {number} of {organisation} on. Article {article}. Reason: {reason}"),
    ),
}
