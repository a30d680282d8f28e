"""What this app says when it refuses."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "file_empty": (_("The file “{name}” is empty."), _("Choose the file again; check that it opens on your computer.")),
    "file_too_large": (
        _("The file “{name}” has {size} MB; at most {limit} MB are taken."),
        _("Make it smaller (scan at 200 dpi, or split it) and upload it again."),
    ),
    "too_many_files": (
        _("At most {limit} files can be kept here."),
        _("Remove a file that is no longer needed, then upload this one."),
    ),
    "file_type_refused": (
        _("The file “{name}” is of a kind that is not taken ({found})."),
        _("Upload it as PDF, JPEG, PNG, DOCX or XLSX; save older Word and Excel files in the newer format first."),
    ),
    "file_name_misleads": (
        _("The name “{name}” does not match what the file contains ({found})."),
        _("Save the file again with the program that made it, then upload it."),
    ),
    "file_broken": (
        _("The file “{name}” cannot be read; it is damaged or protected."),
        _("Save it again without a password, then upload it."),
    ),
    "file_active_content": (
        _("The file “{name}” contains active content ({found})."),
        _("Print it to a new PDF, or save it without macros and attachments, then upload that."),
    ),
    "image_too_large": (
        _("The picture “{name}” has {pixels} million pixels; at most {limit} are taken."),
        _("Make the picture smaller, then upload it again."),
    ),
    "file_infected": (
        _("The virus scanner found {found} in “{name}”."),
        _("Do not open the file. Clean your computer, then upload a clean copy."),
    ),
    "scanner_unavailable": (
        _("The virus scanner does not answer, so nothing was stored."),
        _("Try again in a few minutes; if it goes on, tell the review office."),
    ),
    "paper_not_ready": (_("The paper is still being made."), _("Try again in a minute.")),
}
