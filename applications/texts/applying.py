"""What messages of the applicant's side say."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "application.filed": (
        _("Application {number} filed"),
        _("The application of {organisation} was filed under {number} (version {version}). Fingerprint: {sha256}"),
    ),
    "application.deadline": (
        _("Filing ends on {day}"),
        _("The application of {organisation} has not been filed. The last day is {day}."),
    ),
}
