"""Sentences of refusals that every app may raise."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_yours_to_do": (
        _("Your role may not do this."),
        _("Ask the person whose task it is, or switch to the role that may."),
    ),
    "list_too_large": (
        _("The list is too large: at most {limit} MB."),
        _("Divide it into several lists and bring them in one after another."),
    ),
    "list_too_long": (
        _("The list has more than {limit} lines."),
        _("Divide it into several lists and bring them in one after another."),
    ),
    "list_too_long_here": (
        _("The list has more than {limit} lines, too many for the operator's pages."),
        _("Bring it in on the jurisdiction's own page, or divide it into several lists."),
    ),
    "list_old_format": (
        _("This is a workbook of the old Excel format (.xls)."),
        _("Open it, save it as .xlsx, and bring in that file."),
    ),
    "list_unreadable": (
        _("The file cannot be read as a list."),
        _("Save it from the spreadsheet program as .xlsx or .csv, and bring in that file."),
    ),
    "list_empty": (
        _("There is no line in the list."),
        _("The first line holds the headings; each further line is one entry."),
    ),
    "list_headings_wrong": (
        _("The headings do not fit. Unknown: {unknown}. Missing: {missing}. Twice: {doubled}."),
        _("Use the blank list, and leave its first line as it is."),
    ),
    "list_check_expired": (
        _("The check of this list is too old, or it was made by somebody else."),
        _("Choose the file again; nothing was written."),
    ),
    "list_under_way": (
        _("A list of this kind is being worked on for you."),
        _("Wait until it is finished, then choose the next file."),
    ),
    "text_cannot_be_kept": (
        _("Something that was typed cannot be stored: it is too long, or it holds characters that cannot be shown."),
        _("Go back, shorten it or type it again; nothing was changed."),
    ),
    "reason_missing": (_("This needs a recorded reason."), _("Write the reason into the field.")),
}
