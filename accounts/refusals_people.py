"""What the app says when it refuses something about people: ``{code: (why, next step)}``."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "email_wrong": (_("“{email}” is no e-mail address."), _("Compare it letter by letter.")),
    "email_known": (_("Somebody is already registered under {email}."), _("Give the person a role directly.")),
    "invitation_not_needed": (
        _("{person} has already chosen a password."),
        _("If it is forgotten, the sign-in page offers a new one."),
    ),
    "own_name_missing": (_("Your name is needed."), _("Write it as it stands on your identity card.")),
    "language_unknown": (_("The site does not speak this language."), _("Choose one of the list.")),
    "not_own_account": (_("Nobody changes the standing of the own account."), _("Ask another operator.")),
    "operator_account": (_("Only a superuser changes the account of an operator."), _("Ask a superuser.")),
}
