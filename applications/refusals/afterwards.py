"""Sentences of what comes after the deadline or after filing: extensions, supplements, withdrawal."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.refusals import Text

SENTENCES: dict[str, tuple[Text, Text]] = {
    "extension_not_later": (
        _("The new deadline is no later than the one that stands."),
        _("Grant more days, or grant none."),
    ),
    "extension_article_unknown": (
        _("The regulation has no article {given}."),
        _("Name the article on which the extension rests, e.g. the one on filing."),
    ),
    "extension_length": (_("An extension is of 1 to {most} days."), _("Write a number of days in these limits.")),
    "organisation_not_found": (
        _("No organisation is registered under this code or name."),
        _("Write its unified social credit code, or its full name as registered."),
    ),
    "organisation_ambiguous": (
        _("Several organisations are registered under this name."),
        _("Write the unified social credit code."),
    ),
    "supplement_asked_already": (
        _("The application was returned for supplement on {day}; that is done once only."),
        _("Decide on what was filed."),
    ),
    "supplement_not_possible": (
        _("An application can be returned for supplement only while it waits in recommendation, audit or eligibility."),
        _("Decide on what was filed."),
    ),
    "supplement_names_nothing": (
        _("It is not named what is to be supplemented."),
        _("Choose at least one question of the form."),
    ),
    "supplement_field_unknown": (
        _("The form does not ask this applicant for: {fields}."),
        _("Choose from the questions that were asked."),
    ),
    "supplement_length": (_("The time for a supplement is 1 to {most} days."), _("Write a number in these limits.")),
    "supplement_not_asked": (
        _("No supplement is asked of this application."),
        _("The application's page shows where it stands."),
    ),
    "supplement_over": (
        _("The supplement was due by {due}; it is {now} now."),
        _("The office decides on what was filed; its decision will be sent to you."),
    ),
    "supplement_filed_already": (
        _("The supplement was filed on {day}."),
        _("The application's page shows what comes next."),
    ),
    "supplement_other_fields": (
        _("Only what was named reopens; not: {fields}."),
        _("Change only the questions that this page shows."),
    ),
    "supplement_changed_meanwhile": (
        _("{saved_by} changed the supplement while you were writing."),
        _("Both texts are shown. Keep what is right, then save again."),
    ),
    "supplement_incomplete": (
        _("{count} points of the supplement are missing or wrong: {gaps}"),
        _("Complete them, then file."),
    ),
    "supplement_nothing_changed": (
        _("Nothing was changed or added."),
        _("Complete what the office asked for, then file."),
    ),
    "supplement_waits": (
        _("The applicant may supplement the application until {due}."),
        _("Wait for the supplement, or until that day is over."),
    ),
}
