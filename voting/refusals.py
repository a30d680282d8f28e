"""What this app says when it refuses: ``{code: (why, next step)}``."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "no_electorate": (
        _("Nobody holds a seat in the organs that vote here."),
        _("Give the committee members their seats under People and roles first."),
    ),
    "electorate_is_given": (
        _("In a binding round everybody with a seat is called to the meeting."),
        _("Convene the meeting without choosing people."),
    ),
    "nobody_to_vote_on": (
        _("No entry waits for a vote in “{stage}”."),
        _("Look at the stage's page for what comes next."),
    ),
    "poll_under_way": (
        _("Ballot {number} of this stage is not finished."),
        _("Finish it, or declare it void with a reason."),
    ),
    "poll_state": (
        _("Ballot {number} is “{status}”; this cannot be done now."),
        _("Look at the ballot's page for what comes next."),
    ),
    "meeting_not_plenary": (_("The vote belongs in a plenary meeting."), _("Convene a plenary meeting.")),
    "report_not_heard": (
        _("The meeting has not heard the office's report."),
        _("Record who gave the report, then open the vote."),
    ),
    "heads_not_heard": (
        _("The heads of {count} candidates have not been heard."),
        _("Record each statement, or why nobody spoke, before the vote is closed."),
    ),
    "quorum_missing": (
        _("{present} of {base} are present; at least {needed} are needed."),
        _("Wait until enough members are present, or hold the meeting on another day."),
    ),
    "quorum_missing_for_entry": (
        _("Of those who may vote on {entry}, {present} of {base} are present; at least {needed} are needed."),
        _("Wait until enough members without an interest in it are present."),
    ),
    "nobody_may_vote": (
        _("Every member is recused from {entry}."),
        _("Record a major matter for the competent organ."),
    ),
    "tellers_wrong": (
        _("The tally key is held by {total} tellers; {given} were chosen."),
        _("Choose {total} tellers."),
    ),
    "teller_needs_role": (_("{person} is not a teller here."), _("Give the person the role of teller first.")),
    "operator_holds_no_key": (
        _("Who runs the system may hold no part of the tally key."),
        _("Choose another teller."),
    ),
    "tellers_too_many": (
        _("{total} tellers of whom {needed} open the box make too many combinations."),
        _("Choose fewer tellers in the rules of the round."),
    ),
    "keys_missing": (_("{count} tellers have not made their key."), _("Ask them to sign in and make it.")),
    "key_made": (_("You have made your key for this ballot."), _("Keep its passphrase until the box is opened.")),
    "not_a_teller_here": (_("You are not a teller of this ballot."), _("Ask the review office who the tellers are.")),
    "passphrase_wrong": (
        _("The passphrase does not open your key."),
        _("Type it as it was shown; spaces do not matter."),
    ),
    "part_taken": (_("You have taken your part in opening the box."), _("Wait for the other tellers.")),
    "box_not_opened": (
        _("The box is still sealed: {given} of {needed} tellers have come."),
        _("The tellers open it with their passphrases; then it can be counted."),
    ),
    "box_damaged": (
        _("The tellers' keys do not fit this box."),
        _("Have supervision look at the ballot; it may have to be declared void and held again."),
    ),
    "not_on_roll": (_("You are not on the roll of this ballot."), _("Ask the review office who may vote.")),
    "not_present": (
        _("The roll does not have you as present."),
        _("Only members present when the vote was opened can vote."),
    ),
    "recused_from_item": (_("You have stepped aside from this candidate."), _("Vote on the others.")),
    "ballot_incomplete": (
        _("Your ballot says nothing on {count} candidates."),
        _("Choose for each; abstaining is a choice."),
    ),
    "ballot_wrong": (
        _("“{choice}” is not a vote that can be given here."),
        _("Choose one of the votes on the ballot."),
    ),
    "ranks_wrong": (
        _("The order must give every candidate a different place from 1 to {count}."),
        _("Number them without gaps."),
    ),
    "undertaking_missing": (_("You have not signed “{text}”."), _("Read and sign it, then vote.")),
    "tie_open": (
        _("{count} candidates are tied for fewer places."),
        _("Hold a second round, or record the committee's decision."),
    ),
    "no_tie": (_("Nothing is tied that a place depends on."), _("Prepare the decision of the stage.")),
    "tie_order_wrong": (
        _("The order must name exactly the tied candidates."),
        _("Put each of them into the order once."),
    ),
    "second_round_not_foreseen": (
        _("The rules foresee no second round here."),
        _("Record the committee's decision on the order of the tied, with its reason."),
    ),
    "over_quota": (_("At most {limit} “{prize}” may be given; {given} were named."), _("Choose {limit} or fewer.")),
    "not_a_fallback": (_("“{prize}” is not given to those who did not win."), _("Choose one of the prizes that are.")),
}
