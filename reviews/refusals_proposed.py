"""What this app says when it refuses in matters of interests, proposals, feedback: ``{code: (why, next step)}``."""

from django.utils.translation import gettext_lazy as _

FEEDBACK = {
    "no_feedback_to_draft": (
        _("There is no feedback to draft or approve here."),
        _("Prepare the decision first: feedback goes to those that it stops."),
    ),
    "draft_changed_meanwhile": (
        _("This draft was changed in another window."),
        _("Compare what is there with what you wrote, then save again."),
    ),
    "feedback_approved_by_its_writer": (
        _("Who wrote a feedback may not approve it."),
        _("Ask a colleague of the office."),
    ),
    "feedback_not_approved": (
        _("{count} drafts of feedback are not approved."),
        _("Have them approved on the page “Feedback”, then release the decision."),
    ),
}
INTERESTS = {
    "interest_undecided": (
        _("Between {person} and {organisation} there is a sign of an interest that the office has not decided on."),
        _("Decide it on the page “Interests”, or choose another reviewer."),
    ),
    "interest_ended_already": (_("This interest has ended already."), _("Nothing is left to do.")),
    "sign_decided_already": (_("This sign has been decided on already."), _("Look at the list again.")),
    "sign_belongs_to_a_request": (
        _("The applicant named this reviewer; its request is still to be answered."),
        _("Answer the request: the sign is decided with it."),
    ),
    "no_review_to_come": (
        _("No review of this application is to come."),
        _("A request for recusal is made before the review has ended."),
    ),
    "nobody_named": (
        _("Nobody is named."),
        _("Write the name of the person, or the employer whose people shall not review."),
    ),
    "request_made_already": (
        _("You have asked this already; the office has not answered yet."),
        _("Wait for the answer."),
    ),
    "request_answered_already": (_("This request has been answered."), _("Look at the list again.")),
}
PROPOSED = {
    "no_teams_to_give_to": (
        _("There is no team, and none is to be set up."),
        _("Say how many teams the proposal shall set up."),
    ),
    "team_pool_too_small": (
        _("The pool cannot fill {teams} new teams of {size} as the regulation wants them."),
        _("Ask for fewer or smaller teams, or bring more reviewers, qualifications or industry experts into the pool."),
    ),
    "reviewer_in_another_team": (
        _("{person} sits in “{team}” of this proposal."),
        _("Take the person out there first."),
    ),
    "team_is_set_up": (_("“{team}” is set up already."), _("Change its members on the page of the team.")),
    "proposal_settled": (
        _("This proposal was applied or given up."),
        _("Look at the teams, or ask for another proposal."),
    ),
    "proposal_outdated": (
        _("The proposal was changed in another window."),
        _("Look at it again, then repeat what you wanted."),
    ),
}
POOL_LISTS = {
    "no_account_with_address": (
        _("There is no account with the address {address}."),
        _("Ask the person to make one first, or correct the address."),
    ),
}
