"""What this app says when it refuses: ``{code: (why, next step)}``."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "edition_is_published": (
        _("Edition {edition} of {place} is published; a published edition never changes."),
        _("Raise the edition in the file (in its row and in its document) and load it as a new one."),
    ),
    "calendar_year_missing": (
        _("No calendar covers the year {year} yet, so working days in it cannot be counted."),
        _("Enter the holidays and make-up days of {year} under Calendar, or wait for the national calendar."),
    ),
    "role_excluded": (
        _("{person} already acts as “{other}”; one person cannot also act as “{role}”."),
        _("Choose another person, or end the other role first."),
    ),
    "role_already_held": (
        _("{person} already holds the role “{role}” here."),
        _("Nothing needs to be done."),
    ),
    "role_needs_body": (
        _("The role “{role}” is held for a department, town, association or office."),
        _("Choose the body for which the person acts."),
    ),
    "body_elsewhere": (
        _("The body belongs to another jurisdiction, or is no longer active."),
        _("Choose a body of this jurisdiction."),
    ),
    "role_not_yours_to_give": (
        _("Your own role does not let you give or end the role “{role}”."),
        _("Ask the head of the review office or the operator."),
    ),
    "role_not_for_oneself": (
        _("Nobody gives a role to himself or herself."),
        _("Ask another person who may give this role."),
    ),
    "role_already_ended": (
        _("This role has already ended on {until}."),
        _("Nothing needs to be done."),
    ),
    "person_inactive": (
        _("The account of {person} is not active."),
        _("Activate the account first."),
    ),
}
