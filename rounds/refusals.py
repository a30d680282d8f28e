"""Sentences of this app's refusals: why, and what to do next."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "value_is_not_assumed": (
        _("“{path}” is fixed by the regulation."),
        _("Only values marked as assumed can be set for a round."),
    ),
    "round_is_not_a_draft": (
        _("The round has been opened; its rules are frozen."),
        _("Change the value in the next round."),
    ),
    "policy_is_a_draft": (
        _("This edition is a draft: it can be rehearsed, but no binding round can be opened under it."),
        _("Open a rehearsal, or wait until the edition has an effective date."),
    ),
    "policy_not_in_force": (
        _("The regulation is in force from {first} to {last}; {day} lies outside."),
        _("Choose the edition that is in force on that day."),
    ),
    "not_this_year": (
        _("No round is held in {year}: the cycle's next year is {next_year}."),
        _("Open the round in {next_year}."),
    ),
    "prize_not_on_offer": (
        _("In {year} the prizes on offer are: {offered}."),
        _("Open the round for the prize whose turn it is."),
    ),
    "round_exists": (
        _("A round for {year} exists already."),
        _("Continue that round, or abandon it with a reason first."),
    ),
    "call_month_unusual": (
        _("The call normally goes out in the months {months}."),
        _("Give a reason for the other date; it is recorded."),
    ),
    "call_month_refused": (
        _("The call goes out in the months {months} only."),
        _("Open the round in one of these months."),
    ),
    "filing_day_too_early": (
        _("The last day for filing must be {days} days after the call or later."),
        _("Choose {earliest} or later."),
    ),
    "stage_not_open": (_("The stage “{stage}” is not open."), _("Wait until it opens; the round's page shows when.")),
    "stage_not_waiting": (
        _("The stage “{stage}” has been opened before."),
        _("Look at the round's page for the stage that comes next."),
    ),
    "stage_out_of_turn": (_("“{stage}” cannot open before “{before}” has closed."), _("Close “{before}” first.")),
    "stage_blocked": (_("“{stage}” is held up: {blockers}."), _("Settle these points; each links to its mend.")),
    "deadline_not_over": (_("“{stage}” runs until {deadline}."), _("Wait until then.")),
    "entries_undecided": (
        _("{count} entries in “{stage}” are not decided."),
        _("Prepare and release the decision, then close the stage."),
    ),
    "nothing_to_decide": (
        _("No entry in “{stage}” waits for a decision."),
        _("Close the stage, or see the decisions taken."),
    ),
    "decision_already_prepared": (_("A decision is prepared already."), _("Release or discard it first.")),
    "decision_not_prepared": (_("This decision was released or discarded before."), _("Look at the stage's page.")),
    "decision_out_of_date": (
        _("Something changed after this decision was prepared."),
        _("Discard it and prepare it again, so that what you release is what you saw."),
    ),
    "prepared_by_same_person": (
        _("Who prepared a decision may not release it."),
        _("Ask another person who may release it."),
    ),
    "entry_not_pending": (
        _("This entry is not waiting in “{stage}”."),
        _("Open the entry's page to see where it stands."),
    ),
    "taken_up_already": (_("The next stage has begun with this entry."), _("Withdraw it, or ask the review office.")),
    "counter_too_late": (
        _("“{stage}” has gone on to “{next}”, which is closed: the decision can no longer be turned."),
        _("Record a major matter for the competent organ instead."),
    ),
    "counter_after_honour": (
        _("The entry has ended with an honour; it is taken away only by the measures of the regulation."),
        _("Open a case from the honour's page."),
    ),
    "counter_needs_reason": (_("A counter-decision needs its reason."), _("Write the reason into the field.")),
    "already_withdrawn": (_("This entry has ended."), _("Nothing is left to withdraw.")),
    "withdraw_too_late": (
        _("The list has been decided; the entry can no longer be withdrawn."),
        _("Write to the review office."),
    ),
    "recused_already": (_("The person is recused from this entry already."), _("Nothing is left to do.")),
    "recused": (_("You have stepped aside from this entry."), _("Another person takes it over.")),
    "clock_of_binding_round": (_("A binding round has no clock of its own."), _("Use a rehearsal for training.")),
    "clock_runs_backwards": (_("A rehearsal's clock moves only forward."), _("Choose a later moment.")),
    "correction_open": (
        _("A correction ordered by supervision is open."),
        _("Answer it; supervision then settles it."),
    ),
    "correction_settled": (_("It is settled already."), _("Nothing is left to answer.")),
    "correction_due_in_past": (_("The day for the correction lies in the past."), _("Choose today or a later day.")),
    "organ_may_not": (_("“{organ}” has no such power."), _("Choose the organ that the regulation names.")),
    "adjusted_value_is_wrong": (
        _("The value does not fit: {problem}"),
        _("Enter a value of the kind that the regulation's record expects."),
    ),
}
