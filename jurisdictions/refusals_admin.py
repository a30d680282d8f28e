"""What the administration pages say when they refuse: ``{code: (why, next step)}``."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "days_end_before_they_begin": (_("The last day lies before the first."), _("Swap the two dates.")),
    "too_many_days": (_("At most {limit} days are entered at once."), _("Enter the period in parts.")),
    "days_already_entered": (
        _("The office's calendar already says something about {days}."),
        _("Remove that entry first, with its reason, then enter the day anew."),
    ),
    "calendar_year_out_of_range": (_("The year {year} is out of the calendar's range."), _("Check the date.")),
    "calendar_year_already_stated": (_("The year {year} is already stated complete."), _("Nothing needs to be done.")),
    "calendar_year_is_national": (
        _("The national calendar covers {year}; a statement would put its holidays and make-up days out of force."),
        _("Enter only the days on which this place differs."),
    ),
    "calendar_year_without_holidays": (
        _("No day off of {year} has been entered yet, so the year cannot be complete."),
        _("Enter the year's holidays and make-up days first, then state it complete."),
    ),
    "source_missing": (
        _("The published notice that fixes the year's holidays is needed."),
        _("Name the notice and its number."),
    ),
    "body_key_taken": (
        _("The key “{key}” is already in use here."),
        _("Choose another key, or change the existing body."),
    ),
    "body_key_wrong": (
        _("“{key}” cannot be a key."),
        _("Use small Latin letters, digits and hyphens, at most 50, beginning with a letter."),
    ),
    "body_name_missing": (_("The body's Chinese name is needed."), _("Write it as it stands on its seal.")),
    "body_kind_wrong": (_("“{kind}” is no kind of body."), _("Choose one of: {kinds}.")),
    "territory_wrong": (
        _("“{prefix}” is no prefix of a division code."),
        _("Write 2 to 12 digits."),
    ),
    "body_still_acted_for": (
        _("{count} people still act for {body}."),
        _("End their roles first, so that nobody loses a right without a record."),
    ),
    "person_not_known": (
        _("Nobody is registered under {email} yet."),
        _("Give the person's name as well, and an invitation goes out."),
    ),
    "role_ends_before_it_begins": (
        _("The role would end before it begins."),
        _("Choose a later end, or leave it open."),
    ),
    "membership_not_changed_by_import": (
        _("An import adds roles; it does not change them, and this line differs from what is recorded."),
        _("End the role on its page and give a new one."),
    ),
}
