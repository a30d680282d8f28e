"""Sentences of this app's refusals: why, and what to do next."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "code_missing": (
        _("A unified social credit code is needed."),
        _("Copy the 18 characters from the business licence."),
    ),
    "code_wrong": (
        _("“{given}” is no unified social credit code: {why}"),
        _("Compare it with the licence character by character; the letters I, O, S, V and Z never occur."),
    ),
    "code_known": (
        _("An organisation with this code is registered: {name}."),
        _("Ask its owners to let you in (the button below writes to them), or write to the review office."),
    ),
    "parent_missing": (
        _("A branch, an internal or a dispatched body applies under its parent."),
        _("Name the legal person or unincorporated organisation that it belongs to."),
    ),
    "parent_has_parent": (
        _("The parent must be a legal person or an unincorporated organisation itself."),
        _("Name that organisation."),
    ),
    "parent_not_allowed": (
        _("Only branches, internal and dispatched bodies have a parent."),
        _("Leave the parent empty."),
    ),
    "name_missing": (_("The organisation's full name is needed."), _("Write it as it stands in the licence.")),
    "region_wrong": (
        _("“{region}” is no division code."),
        _("Write 6 digits (county), 9 (down to the township) or 12 (village), e.g. as in the address on the licence."),
    ),
    "day_ahead": (_("{day} lies in the future."), _("Write the day that stands in the licence.")),
    "code_unknown": (
        _("No organisation is registered under this code."),
        _("Compare the code with the licence, or register the organisation."),
    ),
    "member_already": (_("You act for {name} already."), _("Open it from the list of your organisations.")),
    "owners_asked_already": (
        _("Its owners have been asked less than a day ago."),
        _("Wait for their answer, or write to the review office."),
    ),
    "person_needs_name": (
        _("Nobody is registered under {email} yet."),
        _("Write the person's name as well; an invitation then goes to this address."),
    ),
    "not_the_owner": (_("Only an owner of the organisation may do this."), _("Ask one of its owners.")),
    "last_owner": (_("An organisation needs an owner."), _("Make somebody else the owner first.")),
    "not_a_member": (_("This person does not act for the organisation."), _("Add the person first.")),
    "person_unknown": (
        _("Nobody is registered under {email}."),
        _("Ask the person to register with this address first."),
    ),
}
