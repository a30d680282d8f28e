"""Sentences of the applicant's side: why, and what to do next."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "not_yours_to_write": (
        _("You do not write this organisation's applications."),
        _("Ask an owner of the organisation to let you in as an editor."),
    ),
    "not_yours_to_file": (
        _("You may not file for this organisation."),
        _("Ask an owner to file, or to give you the right to file."),
    ),
    "applications_not_open": (_("Applications are not open now."), _("The round's page says when they open.")),
    "filing_over": (_("The time for filing ended on {day}."), _("Wait for the next round.")),
    "prize_unknown": (_("There is no such prize."), _("Choose one of the prizes offered.")),
    "prize_not_offered": (_("“{prize}” is not offered in this round. Offered: {offered}."), _("Choose one of these.")),
    "category_unknown": (_("There is no such category."), _("Choose one of the categories offered.")),
    "already_applied": (
        _("The organisation has an application for “{prize}” in this round."),
        _("Open it from the list of your applications."),
    ),
    "kind_not_admitted": (
        _("“{prize}” does not admit organisations of this kind ({kind})."),
        _("Look at the other prizes, or correct the organisation's profile."),
    ),
    "activity_not_admitted": (
        _("“{prize}” is for other fields of activity."),
        _("Look at the other prizes, or complete the activities in the organisation's profile."),
    ),
    "status_not_admitted": (
        _("“{prize}” does not admit this legal status ({status})."),
        _("Let the legal person apply that the organisation belongs to, where the prize admits it."),
    ),
    "rehearsal_apart": (_("Invented organisations and real ones do not meet."), _("Choose the round that fits.")),
    "prize_required": (
        _("To apply for “{prize}” one of these must be held: {required}."),
        _("Apply for that prize first."),
    ),
    "already_filed": (
        _("The application is filed under {number}."),
        _("Take it back first if the time for filing still runs."),
    ),
    "entry_has_ended": (_("This application has ended ({status})."), _("Its page shows why.")),
    "not_filed": (_("The application has not been filed."), _("Nothing needs to be taken back.")),
    "section_unknown": (_("The form has no such section."), _("Open the section from the application's page.")),
    "field_unknown": (_("The form does not ask for: {fields}."), _("Leave these answers out.")),
    "section_changed_meanwhile": (
        _("{saved_by} changed “{section}” while you were writing."),
        _("Both texts are shown below. Keep what is right, then save again."),
    ),
    "earlier_not_yours": (
        _("Answers are only brought over from the same organisation's own applications."),
        _("Choose one of those listed."),
    ),
    "no_answer_chosen": (_("Nothing was chosen."), _("Tick the answers that are to be brought over.")),
    "secret_not_needed": (_("Your task does not need this applicant's trade secrets."), _("Ask the review office.")),
    "field_takes_no_files": (_("No files are asked for here."), _("Attach the file in the section on evidence.")),
    "too_many_for_field": (
        _("At most {limit} files can be attached here."),
        _("Remove one first, or join them into one PDF."),
    ),
    "evidence_gone": (_("This file was replaced or removed before."), _("Reload the page to see what is attached.")),
    "filed_late": (
        _("The time for filing ended on {deadline}; it is {now} now."),
        _(
            "Late applications are not taken in unless the office has granted an extension; otherwise wait for the next round."
        ),
    ),
    "incomplete": (
        _("{count} points are still missing: {gaps}"),
        _("Open the checklist; each point links to where it is mended."),
    ),
    "declaration_missing": (
        _("Not accepted: “{declaration}” {text}"),
        _("Read the declaration, accept it if it is true, then file again."),
    ),
    "state_secrets": (
        _("It has not been declared that nothing touches state secrets. {text}"),
        _("Take such papers out; then make the declaration."),
    ),
    "internal_publicity_first": (
        _("The application must first be published inside the organisation."),
        _("Record the internal publicity, then file."),
    ),
    "internal_publicity_not_asked": (
        _("Internal publicity is not asked for now."),
        _("The application's page shows what comes next."),
    ),
    "internal_publicity_backwards": (_("The last day lies before the first."), _("Correct the days.")),
    "internal_publicity_running": (
        _("The publicity runs until {last_day}; that day is not over."),
        _("Record it when it has ended."),
    ),
    "internal_publicity_too_early": (
        _("The round opened on {opened}; it was published before that."),
        _("Publish the application of this round."),
    ),
    "internal_publicity_no_place": (
        _("The place of the publicity is missing."),
        _("Write where it was published, e.g. the notice board of the head office."),
    ),
    "internal_publicity_no_proof": (
        _("The proof is missing."),
        _("Attach a photograph or a scan of the published notice."),
    ),
    "internal_publicity_objection": (
        _("An objection is open inside the organisation."),
        _("Settle it, then record the publicity as free of objection."),
    ),
    "internal_publicity_too_short": (
        _("{counted} days were counted; at least {days} are needed. The day of publication is not counted."),
        _("Leave it published longer, then record it."),
    ),
    "internal_publicity_departure": (
        _("{counted} days were counted instead of {days}."),
        _("Leave it published longer, or write the reason for departing from it; the reason is recorded."),
    ),
    "parent_opinion_missing": (
        _("The recommendation opinion of {parent} is missing."),
        _("Write the opinion and who signed it."),
    ),
    "parent_check_missing": (
        _("{parent} has not confirmed that it checked the conditions."),
        _("Let it check them, then confirm."),
    ),
}
