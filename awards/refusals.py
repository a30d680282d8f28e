"""What this app says when it refuses: ``{code: (why, next step)}``."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no_list_to_fix": (_("No organ has to fix the list before it is approved."), _("Record the approval.")),
    "list_not_fixed": (_("The list has not been fixed by the organ that reviews it."), _("Have the list fixed first.")),
    "list_has_changed": (_("The list has changed since it was fixed."), _("Have it fixed again, then approve it.")),
    "approved_before_fixed": (
        _("The list was fixed on {fixed}; it cannot have been approved before."),
        _("Check the date of the document."),
    ),
    "approval_is_carried_out": (
        _("A decision on this list is prepared or released."),
        _("Discard the prepared decision first; a released one is corrected by a counter-decision."),
    ),
    "struck_needs_reason": (
        _("Each name that is not approved needs its reason."),
        _("Write the reason beside the name."),
    ),
    "document_number_missing": (
        _("The number of the document is missing."),
        _("Enter the number as it stands on the document."),
    ),
    "document_date_ahead": (
        _("The date lies ahead; today is {today}."),
        _("Enter the date that stands on the document."),
    ),
    "quota_exceeded": (
        _("At most {limit} places may be given; the list has {got}."),
        _("Take names off the list until it keeps to the limit."),
    ),
    "no_such_prize": (_("The regulation knows no such prize."), _("Choose one of its prizes.")),
    "reward_undecided": (
        _("Which reward {organisation} gets depends on facts that nobody has established ({facts})."),
        _("Have these facts established, then prepare the decision."),
    ),
    "barred": (
        _("Applications of {organisation} are not accepted until {until}."),
        _("Apply again after that day."),
    ),
    "barred_rounds": (
        _("Applications of {organisation} are not accepted for {left} more rounds."),
        _("Apply again after that."),
    ),
    "barred_for_good": (
        _("Applications of {organisation} are no longer accepted."),
        _("Ask the review office if you think that this is a mistake."),
    ),
    "must_wait": (
        _("{organisation} won “{prize}” in {year} and may apply for this prize again from {free}."),
        _("Apply again then."),
    ),
    "must_wait_same_achievements": (
        _("{organisation} won “{prize}” in {year}; the same achievements may be put forward again from {free}."),
        _("Apply with new achievements, or wait until then."),
    ),
    "may_not_apply_again": (
        _("{organisation} won “{prize}” in {year}; who has won it may not apply again."),
        _("Choose another prize."),
    ),
    "no_such_sanction": (_("The regulation knows no such measure."), _("Choose one of the measures listed.")),
    "case_needs_honour": (
        _("This measure concerns an honour; none is named."),
        _("Open the case from the honour's page."),
    ),
    "case_needs_findings": (_("The findings are missing."), _("Write down what was established, and how.")),
    "honour_already_ended": (
        _("This honour has been revoked or withdrawn already."),
        _("Nothing is left to take away."),
    ),
    "happened_day_missing": (_("The day on which it happened is missing."), _("Enter the day.")),
    "happened_before_award": (
        _("It happened on {day}, before the award of {awarded}."),
        _("This measure is for what happens after the award; choose another ground."),
    ),
    "happened_too_late": (
        _("It happened on {day}; this measure is possible for what happens until {last}."),
        _("Record it as an evaluation, or choose another ground."),
    ),
    "happened_ahead": (_("The day lies ahead."), _("Enter the day on which it happened.")),
    "grade_missing": (
        _("The grade of the accident is missing."),
        _("Enter the grade as the competent authority found it."),
    ),
    "grade_too_low": (
        _("The accident is graded “{grade}”; this measure needs “{least}” or worse."),
        _("Choose another measure, or none."),
    ),
    "case_open_already": (_("A case on this ground is open already."), _("Continue that case.")),
    "correction_comes_first": (
        _("The title is only taken when the misuse was ordered to be corrected and this was refused."),
        _("Order the correction first; record the refusal when the day has passed."),
    ),
    "case_not_open": (_("This case is closed."), _("Open another case if there are new findings.")),
    "case_same_person": (
        _("One person may not act in two places of the chain."),
        _("Ask another person of the organ."),
    ),
    "case_opinion_missing": (_("The opinion is missing."), _("Write down what the organ says and why.")),
    "case_day_wrong": (_("The day must lie between the step before and today."), _("Check the date.")),
    "correction_day_missing": (_("The day by which it must be corrected is missing or past."), _("Enter a later day.")),
    "no_correction_ordered": (_("No correction is ordered, or it is settled."), _("Look at the case's page.")),
    "correction_still_running": (
        _("The time for correcting runs until {due}."),
        _("Wait until that day has passed, or record the holder's written refusal."),
    ),
    "nothing_to_return": (
        _("“{item}” does not have to be given back, or came back already."),
        _("Look at the case's page."),
    ),
    "nothing_to_disclose": (
        _("This case is not to be disclosed, or was disclosed already."),
        _("Look at the case's page."),
    ),
    "statement_missing": (_("The public statement is missing."), _("Write what the public is told.")),
    "no_credit_entry": (
        _("This case does not enter the credit file, or was entered already."),
        _("Look at the case's page."),
    ),
    "payment_not_due": (_("This bonus is not in the state for that ({state})."), _("Look at the list of bonuses.")),
    "no_such_duty": (_("The regulation knows no such duty to record."), _("Choose one of the duties listed.")),
    "duty_of_others": (_("This duty is recorded by others."), _("Ask those whose duty it is.")),
    "duty_text_missing": (_("Title and account are needed."), _("Write what was done.")),
    "duty_needs_amount": (_("The amount is missing."), _("Enter the amount in yuan.")),
    "duty_needs_result": (_("The result of the evaluation is missing."), _("Choose the result.")),
    "duty_needs_honour": (_("This record belongs to an honour."), _("Open it from the honour's page.")),
    "report_settled": (_("This report has been settled."), _("Look at its page.")),
    "report_text_missing": (_("What was seen, where and when is missing."), _("Write it down.")),
}
