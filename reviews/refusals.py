"""What this app says when it refuses: ``{code: (why, next step)}``."""

from django.utils.translation import gettext_lazy as _

from reviews.refusals_proposed import FEEDBACK, INTERESTS, POOL_LISTS, PROPOSED

POOL = {
    "reviewer_in_pool": (_("{person} is in the pool already."), _("Open the person's page in the pool.")),
    "reviewer_struck": (
        _("{person} has been struck from the pool."),
        _("Choose another reviewer: who was struck is not assigned again."),
    ),
    "reviewer_not_of_this_pool": (
        _("{person} is not in the pool from which this round's teams are built."),
        _("Choose a reviewer of this pool."),
    ),
    "reviewer_without_role": (
        _("{person} does not hold the role of reviewer today."),
        _("Give the role first, or choose another reviewer."),
    ),
    "reviewer_not_qualified": (
        _("{person} has no qualification for this prize that is valid on {day}."),
        _("Record a valid qualification in the pool, or choose another reviewer."),
    ),
    "qualification_unknown": (
        _("The policy knows no qualification “{kind}”."),
        _("Choose one of the kinds that the policy names."),
    ),
    "undertaking_not_signed": (
        _("{person} has not signed the undertaking."),
        _("The reviewer signs it in person, then the team can be built."),
    ),
    "undertaking_in_person": (_("An undertaking is signed in person."), _("Ask the reviewer to sign in and sign it.")),
    "ends_before_it_begins": (_("The last day lies before the first."), _("Correct the days.")),
    "review_day_to_come": (_("{day} lies in the future."), _("Record it when it has taken place.")),
    "discipline_knows_no_such_act": (
        _("The regulation does not provide for this consequence."),
        _("Choose one that it names."),
    ),
    "not_about_oneself": (_("Nobody records this about himself or herself."), _("Ask a colleague.")),
    "interest_declared_already": (_("This interest has been declared already."), _("Nothing is left to do.")),
}
TEAMS = {
    "team_size": (_("A team has {size} members; this one has {got}."), _("Add or remove members.")),
    "team_size_needs_reason": (
        _("A team normally has {size} members; this one has {got}."),
        _("Give the reason for the other number, or change it."),
    ),
    "team_needs_one_leader": (_("A team has exactly one leader; here are {got}."), _("Choose one leader.")),
    "leader_not_in_team": (
        _("{person} leads but is not a member of the team."),
        _("Choose the leader among the members."),
    ),
    "team_member_twice": (_("A person is in the team twice."), _("Choose another person.")),
    "team_needs_industry_expert": (
        _("The team must include an industry expert."),
        _("Add a reviewer who is marked as industry expert."),
    ),
    "team_name_taken": (_("A team “{name}” exists in this stage."), _("Choose another name.")),
    "team_has_entries": (_("“{team}” still has entries, or was dissolved before."), _("Take its entries back first.")),
    "team_dissolved": (_("“{team}” has been dissolved."), _("Choose another team.")),
    "team_not_for_prize": (_("“{team}” does not review this prize."), _("Choose a team that reviews it.")),
    "entry_assigned_already": (
        _("{count} of these entries have a team already, or no longer wait here."),
        _("Look at the list again."),
    ),
    "entry_not_assigned": (_("The entry of {organisation} has no team."), _("Give it to a team first.")),
    "entry_not_of_this_team": (_("An entry is not this team's."), _("Choose entries of the team.")),
    "no_such_assignment": (
        _("{person} has no place here that could be filled anew."),
        _("Look at the entry's reviewers again."),
    ),
    "reviewer_recused": (
        _("{person} is recused from the entry of {organisation}."),
        _("Choose another reviewer or another entry."),
    ),
    "reviewer_has_interest": (
        _("{person} has declared an interest in {organisation}, or acts for it."),
        _("Choose another reviewer or another entry."),
    ),
    "reviewer_employed_there": (
        _("{person} is employed by {organisation}."),
        _("Choose another reviewer or another entry."),
    ),
}
SCORES = {
    "not_assigned": (_("You are not assigned to this entry."), _("Your list shows the entries that are yours.")),
    "no_sheet": (
        _("The policy names no score sheet for this prize in this stage."),
        _("Ask the office: the policy has to be mended."),
    ),
    "score_not_a_number": (_("{item}: “{given}” is no number."), _("Choose one of the marks offered.")),
    "score_outside_steps": (
        _("{item}: {given} cannot be given; marks go from 0 to {top} in steps of {step}."),
        _("Choose one of the marks offered."),
    ),
    "score_item_unknown": (_("“{item}” is not on the sheet."), _("Open the sheet again.")),
    "scores_missing": (
        _("{count} items have no mark yet, the first is “{first}”."),
        _("Give every item a mark, then hand the sheet in."),
    ),
    "sheet_handed_in": (_("The sheet has been handed in."), _("It can be opened again with a reason.")),
    "sheet_not_handed_in": (_("The sheet has not been handed in."), _("It can be changed as it is.")),
    "sheet_changed_meanwhile": (
        _("The sheet was changed in another window."),
        _("Open it again and compare before you save."),
    ),
    "sheets_changed_meanwhile": (
        _("A sheet was opened again and changed after you opened this page."),
        _("Look at the marks as they are now, talk over what is apart, and record it again."),
    ),
    "sheets_not_shown_yet": (
        _("Others' sheets are shown when all are in; {count} are still out."),
        _("Hand in your own and wait."),
    ),
    "sheets_missing": (_("{count} score sheets are still out."), _("Wait until all are in.")),
    "spread_needs_reason": (
        _("“{item}” was talked over: the reason is missing."),
        _("Write down what the team agreed on and why."),
    ),
    "agreed_values_missing": (
        _("{count} items have no agreed value, the first is “{first}”."),
        _("Agree on every item."),
    ),
    "differences_unsettled": (
        _("On {count} items the reviewers are too far apart."),
        _("Talk them over and record what was agreed."),
    ),
}
VISITS = {
    "no_plan_asked_for": (_("This stage has no on-site plan."), _("Nothing is left to do.")),
    "plan_text_missing": (_("The plan is empty."), _("Write the plan.")),
    "plan_not_approved": (_("The on-site plan has not been approved."), _("Have the plan approved before the visit.")),
    "plan_approved_already": (_("The plan has been approved."), _("Nothing is left to do.")),
    "plan_approved_by_its_maker": (
        _("Who made a plan may not approve it."),
        _("Ask another person who may approve it."),
    ),
    "visit_before_approval": (
        _("The plan was approved on {day}; the visit began before."),
        _("Check the days of the visit."),
    ),
    "day_outside_plan": (_("The plan covers {first} to {last}."), _("Choose a day within it, or write a new plan.")),
    "no_visits_here": (_("This stage has no visits."), _("Choose the on-site stage.")),
    "visit_missing": (_("The visit is not on record."), _("Record the visit first.")),
    "visit_recorded_already": (_("The visit is on record already."), _("Open its page.")),
    "feedback_outside_visit": (
        _("The visit lasted from {first} to {last}."),
        _("Feedback on the spot is given during the visit."),
    ),
    "no_hearings_here": (_("This stage has no statement and defence."), _("Choose the defence stage.")),
    "hearing_missing": (_("The statement and defence is not on record."), _("Record it first.")),
    "head_not_on_record": (
        _("The presence of the organisation's head is not on record."),
        _("Record the statement and defence with the head present; without the head nothing is scored."),
    ),
    "head_name_missing": (_("The head's name is missing."), _("Write who stated and defended.")),
}
REPORTS = {
    "report_empty": (_("The report is empty."), _("Write the report.")),
    "report_there": (_("One of these entries has a report already."), _("Open its page to write it anew.")),
    "report_confirmed": (
        _("The applicant has confirmed the report; it no longer changes."),
        _("Record what came up afterwards with the office."),
    ),
    "report_changed_meanwhile": (_("The report was changed after you opened it."), _("Read it again, then confirm.")),
    "no_confirmation_asked_for": (_("This report needs no confirmation."), _("Nothing is left to do.")),
    "only_applicant_confirms": (
        _("The report is confirmed by the applicant."),
        _("Ask somebody who acts for the organisation."),
    ),
    "only_head_confirms": (
        _("The report is signed by the head of the organisation in person."),
        _("Ask the head to sign in and sign."),
    ),
    "feedback_missing": (
        _("The findings have not been told on the spot."),
        _("The leader records the feedback during the visit."),
    ),
    "not_on_the_spot": (
        _("The visit ended on {day}; the report is to be signed on the spot."),
        _("Give the reason for signing later."),
    ),
}
OUTCOMES = {
    "not_acting_for_body": (_("You do not act for {body}."), _("Ask an officer of that department.")),
    "body_not_asked": (_("{body} is not asked in this stage."), _("Nothing is left to do.")),
    "entry_not_waiting_here": (_("{count} of these entries do not wait here."), _("Look at the list again.")),
    "opinion_unknown": (_("“{given}” is not an opinion that can be given."), _("Choose one of those offered.")),
    "credit_outside_scale": (_("Credit points go from 0 to {top}; {given} is outside."), _("Correct the number.")),
    "opinion_empty": (_("The answer is empty."), _("Choose an opinion or give credit points.")),
    "no_such_tie": (_("There is no such tie any more."), _("Look at the ranking again.")),
    "not_tied": (_("An entry is not among those tied."), _("Choose among those tied.")),
    "more_than_places": (_("{free} places are left; you chose {got}."), _("Choose no more than there are places.")),
}
SENTENCES = FEEDBACK | INTERESTS | POOL_LISTS | PROPOSED | POOL | TEAMS | SCORES | VISITS | REPORTS | OUTCOMES
