"""Sentences of signing in that libraries have in words no office would use: named here, so that our catalogue's go first.

Nothing imports this; the collector of sentences reads it (see ``core.borrowed``).
"""
# ruff: noqa: E501  # a sentence stands in one piece

from django.utils.translation import gettext_noop as _
from django.utils.translation import ngettext

SENTENCES = (
    _("Email"),
    _("Email address"),
    _("email address"),
    _("email addresses"),
    _("email confirmation"),
    _("email confirmations"),
    _("verified"),
    _("key"),
    _("This account is currently inactive."),
    _("You cannot remove your primary email address."),
    _("This email address is already associated with this account."),
    _("The email address and/or password you specified are not correct."),
    _("A user is already registered with this email address."),
    _("Incorrect code."),
    _("Incorrect password."),
    _("Invalid or expired key."),
    _("The password reset token was invalid."),
    _("You cannot add more than %d email addresses."),
    _("The email address is not assigned to any user account."),
    _("Your primary email address must be verified."),
    _("The new value must be different from the current one."),
    _("Be patient, you are sending too many requests."),
    _("Use authenticator app or code"),
    _("You must type the same password each time."),
    _("Password (again)"),
    _("Current Password"),
    _("New Password"),
    _("New Password (again)"),
    _("Code"),
    _("Accounts"),
    _("Recovery codes"),
    _("TOTP Authenticator"),
    _("You cannot add an email address to an account protected by two-factor authentication."),
    _("You cannot deactivate two-factor authentication."),
    _("You cannot generate recovery codes without having two-factor authentication enabled."),
    _("You cannot activate two-factor authentication until you have verified your email address."),
    _("MFA"),
    _("Authenticator code"),
    _("Master key"),
    _("Key nr. {number}"),
    _(
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional requirements such as biometrics or PIN protection."
    ),
    _("User Sessions"),
    _("Password Reset"),
    _("Re-send Verification"),
    _("Forgotten your password? Enter your email address below, and we'll send you an email allowing you to reset it."),
    _("Reset My Password"),
    _("Please contact us if you have any trouble resetting your password."),
    _("Confirm Email Address"),
    _('Please confirm that <a href="mailto:%(email)s">%(email)s</a> is an email address for user %(user_display)s.'),
    _("Unable to confirm %(email)s because it is already confirmed by a different account."),
    _(
        'This email confirmation link expired or is invalid. Please <a href="%(email_url)s">issue a new email confirmation request</a>.'
    ),
    _("Already have an account? Then please %(link)ssign in%(end_link)s."),
    _("Enter your password:"),
    _("Verify Your Email Address"),
    _('<strong>Note:</strong> you can still <a href="%(email_url)s">change your email address</a>.'),
    _(
        "We have sent an email to you for verification. Follow the link provided to finalize the signup process. If you do not see the verification email in your main inbox, check your spam folder. Please contact us if you do not receive the verification email within a few minutes."
    ),
    _("If you have not created an account yet, then please %(link)ssign up%(end_link)s first."),
    _("Sign Up Closed"),
    _("We are sorry, but the sign up is currently closed."),
    _("Bad Token"),
    _(
        'The password reset link was invalid, possibly because it has already been used.  Please request a <a href="%(passwd_reset_url)s">new password reset</a>.'
    ),
    _("Your password is now changed."),
    _("Account Inactive"),
    _("This account is inactive."),
    _("Confirm Access"),
    _("Alternative options"),
    _("Please reauthenticate to safeguard your account."),
    _("Email Addresses"),
    _("The following email addresses are associated with your account:"),
    _("Unverified"),
    _("Primary"),
    _("Make Primary"),
    _("Add Email Address"),
    _("Add Email"),
    _("Do you really want to remove the selected email address?"),
    _("Sign Out"),
    _("Are you sure you want to sign out?"),
    _(
        "We have sent you an email. If you have not received it please check your spam folder. Otherwise contact us if you do not receive it in a few minutes."
    ),
    _("Email Address"),
    _("Change Email"),
    _("Your email address is still pending verification."),
    _("Email Removed"),
    _("Unknown Account"),
    _("Email Confirmation"),
    _("In case you forgot, your username is %(username)s."),
    _("This mail can be safely ignored if you did not initiate this action."),
    _("Account Already Exists"),
    _("Please Confirm Your Email Address"),
    _("Your email has been confirmed."),
    _("You are receiving this mail because the following change was made to your account:"),
    _("Hello from %(site_name)s!"),
    _("Your password has been reset."),
    _("Your password has been changed."),
    _("Password Reset Email"),
    _("Password Set"),
    _("Email Changed"),
    _("Your email has been changed from %(from_email)s to %(to_email)s."),
    _("Email address %(deleted_email)s has been removed from your account."),
    _(
        "You are receiving this email because you, or someone else, tried to access an account with email %(email)s. However, we do not have any record of such an account in our database."
    ),
    _("If it was you, you can sign up for an account using the link below."),
    _("Password Changed"),
    _("Your password has been set."),
    _(
        "You're receiving this email because user %(user_display)s has given your email address to register an account on %(site_domain)s."
    ),
    _("To confirm this is correct, go to %(activate_url)s"),
    _("You cannot remove your primary email address (%(email)s)."),
    _("You have signed out."),
    _("Successfully signed in as %(name)s."),
    _("Removed email address %(email)s."),
    _("Confirmation email sent to %(email)s."),
    _("You have confirmed %(email)s."),
    _("Password successfully set."),
    _("Password successfully changed."),
    _("Primary email address set."),
    _(
        "You currently do not have any email address set up. You should really add an email address so you can receive notifications, reset your password, etc."
    ),
    _("You are already logged in as %(user_display)s."),
    _("Two-Factor Authentication"),
    _("Your account is protected by two-factor authentication. Please enter an authenticator code:"),
    _("Enter an authenticator code:"),
    _("Trust this Browser?"),
    _("Authenticator App"),
    _("Authentication using an authenticator app is active."),
    _("An authenticator app is not active."),
    _("Deactivate"),
    _("Activate"),
    _("Add"),
    _("Security Keys"),
    _("No security keys have been added."),
    _("Recovery Codes"),
    _("No recovery codes set up."),
    _("Deactivate Authenticator App"),
    _("You are about to deactivate authenticator app based authentication. Are you sure?"),
    _("Activate Authenticator App"),
    _("Authenticator secret"),
    _("You can store this secret and use it to reinstall your authenticator app at a later time."),
    _(
        "To protect your account with two-factor authentication, scan the QR code below with your authenticator app. Then, input the verification code generated by the app below."
    ),
    _("Unused codes"),
    _("Download codes"),
    _("Generate new codes"),
    _("I have saved my recovery codes"),
    _("You are about to generate a new set of recovery codes for your account."),
    _("This action will invalidate your existing codes."),
    _("Are you sure?"),
    _("Create Passkey"),
    _(
        "You are about to create a passkey for your account. As you can add additional keys later on, you can use a descriptive name to tell the keys apart."
    ),
    _("Key"),
    _("Added on %(created_at)s"),
    _("Last used %(last_used)s"),
    _("This functionality requires JavaScript."),
    _("A new set of Two-Factor Authentication recovery codes has been generated."),
    _("Authenticator app activated."),
    _("Authenticator app deactivated."),
    _("Authenticator App Activated"),
    _("Authenticator App Deactivated"),
    _("New Recovery Codes Generated"),
    _("Security Key Added"),
    _("Security Key Removed"),
    _("A security key has been removed."),
    _("A new set of recovery codes has been generated."),
    _("Sessions"),
    _("IP Address"),
    _("Last seen at"),
    _("Current"),
    _("Sign Out Other Sessions"),
    _("Signed out of all other sessions."),
    _("Your password can’t be too similar to your other personal information."),
    _("Your password can’t be a commonly used password."),
    _("Your password can’t be entirely numeric."),
    _("Your old password was entered incorrectly. Please enter it again."),
    _(
        "This part of the site requires us to verify that\nyou are who you claim to be. For this purpose, we require that you\nverify ownership of your email address. "
    ),
    _(
        "We have sent an email to you for\nverification. Please click on the link inside that email. If you do not see the verification email in your main inbox, check your spam folder. Otherwise\ncontact us if you do not receive it within a few minutes."
    ),
    _(
        "You're receiving this email because you or someone else has requested a password reset for your user account.\nIt can be safely ignored if you did not request a password reset. Click the link below to reset your password."
    ),
    _(
        "You are receiving this email because you or someone else tried to signup for an\naccount using email address:\n\n%(email)s\n\nHowever, an account using that email address already exists.  In case you have\nforgotten about this, please use the password forgotten procedure to recover\nyour account:\n\n%(password_reset_url)s"
    ),
    _(
        "If you do not recognize this change then please take proper security precautions immediately. The change to your account originates from:\n\n- IP address: %(ip)s\n- Browser: %(user_agent)s\n- Date: %(timestamp)s"
    ),
    _("Thank you for using %(site_name)s!\n%(site_domain)s"),
)


def _plurals() -> None:
    """Never called: the same for sentences that count."""
    ngettext(
        "Your password must contain at least %(min_length)d character.",
        "Your password must contain at least %(min_length)d characters.",
        8,
    )
    ngettext(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        8,
    )
