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
    "reviews.opinion_due": (
        _("The team's opinion is due on {day}"),
        _("The opinion of your team on the visit to {organisation} is due on {day}. Give it on the page of the visit."),
    ),
    "reviews.report_to_confirm": (
        _("A review report waits for your confirmation"),
        _(
            "The report on your application {number} is written. Read it and confirm it (Article {article}): you agree, or agree with remarks."
        ),
    ),
    "reviews.sheets_due": (
        _("Score sheets to hand in by {day}"),
        _("In the stage “{stage}” {count} of your score sheets are still out. The deadline is {day}."),
    ),
    "reviews.departments_due": (
        _("Answers on applications are due on {day}"),
        _("In the stage “{stage}” your department has still to answer on {count} applications. The deadline is {day}."),
    ),
}
