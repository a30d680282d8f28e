"""What this app's messages say."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "reviews.feedback": (
        _("Result of the review: {stage}"),
        _(
            "Your application {number} does not go on after “{stage}”.\n\nReason (Article {article}): {reason}\n\nWhat the review found stands in the feedback."
        ),
    ),
}
