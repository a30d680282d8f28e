"""What this app says when it refuses: ``{code: (why, next step)}``."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "nothing_to_publish": (
        _("Every entry of “{stage}” has been published."),
        _("Look at the notice on the public site."),
    ),
    "media_missing": (
        _("It is also to be published in: {media}."),
        _("Name the paper, site or channel and the date of publication."),
    ),
    "not_published_here": (_("This entry is not on the notice."), _("Choose one of those that are published.")),
    "objections_not_here": (
        _("Objections to this notice are not made here."),
        _("Turn to the body that published it."),
    ),
    "objection_too_late": (
        _("Objections could be made until the end of {last_day}."),
        _("Turn to the review office directly."),
    ),
    "anonymous_refused": (
        _("An objection without a name is not one under this regulation."),
        _("Give the particulars that the form asks for."),
    ),
    "particulars_missing": (
        _("These particulars are missing: {missing}."),
        _("Add them, then send the objection again."),
    ),
    "proof_missing": (_("The objection comes without proof."), _("Attach proof.")),
    "objection_text_missing": (_("The objection says nothing."), _("Write what you object to, and why.")),
    "objection_state": (_("This objection is “{status}”."), _("Look at its page for what comes next.")),
    "may_not_be_accepted": (
        _("It lacks: {missing}."),
        _("Ask the objector for it, or do not accept the objection, with the reason."),
    ),
    "told_already": (_("The objector was told on {day}."), _("Nothing is left to do.")),
    "nothing_to_report": (_("Nothing was raised that a report would be about."), _("Go on with the stage.")),
    "objections_still_open": (
        _("{count} objections are not concluded."),
        _("Examine and investigate them; the report is on all of them."),
    ),
    "no_report_foreseen": (_("The rules foresee no report here."), _("Go on with the stage.")),
    "too_many_objections": (
        _("More than {limit} objections came from this address within an hour."),
        _("Wait an hour, or turn to the review office."),
    ),
    "details_erased": (_("The objector's details were erased on {day}."), _("The objection itself remains on record.")),
}
