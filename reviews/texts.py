"""What this app's messages say."""

from django.utils.translation import gettext_lazy as _

TEXTS = {
    "reviews.feedback": (
        _("Result of the review: {stage}"),
        _(
            "Your application {number} does not go on after “{stage}”.\n\nReason (Article {article}): {reason}\n\nWhat the review found stands in the feedback."
        ),
    ),
    "reviews.recusal_answered": (
        _("Answer to your request for recusal"),
        _(
            "You asked that somebody shall not review your application {number}. The office answers (Article {article}):\n\n{answer}"
        ),
    ),
}
