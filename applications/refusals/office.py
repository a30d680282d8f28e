"""Sentences of the office's and the bodies' side: why, and what to do next."""

from django.utils.translation import gettext_lazy as _

from core.refusals import Text

WRITE = _("Write the reason into the field.")

SENTENCES: dict[str, tuple[Text, Text]] = {
    "not_your_own": (
        _("This application is not one of your body's own."),
        _("Each body acts on its own only; the review office can assign it to you."),
    ),
    "body_does_not_recommend": (
        _("“{body}” does not act in this stage."),
        _("Choose a body of the kinds that the article names."),
    ),
    "body_already_in_charge": (_("“{body}” is in charge of this application already."), _("Choose another body.")),
    "body_has_spoken": (
        _("“{body}” has recommended or declined already."),
        _("Ask the review office for a counter-decision if that was wrong."),
    ),
    "no_first_review_here": (_("No first review is prescribed in this stage."), _("Recommend or decline directly.")),
    "point_not_asked": (
        _("The point “{point}” is not asked of this application."),
        _("Open the page again and use the points it lists."),
    ),
    "finding_unknown": (_("This is not one of the possible findings."), _("Choose met or not met.")),
    "unknown_needs_note": (
        _("This point could not be computed: what is unknown never passes by itself."),
        _("Say in the note what you saw and where."),
    ),
    "contrary_needs_note": (
        _("This finding is contrary to what was computed."),
        _("Say in the note why you find otherwise."),
    ),
    "first_review_incomplete": (
        _("A condition has no finding yet."),
        _("Find every condition met, not met, or left to the review office."),
    ),
    "first_review_missing": (
        _("The conditions must be checked before it is recommended."),
        _("Do the first review first."),
    ),
    "first_review_failed": (
        _("The first review found a condition not met."),
        _("Decline it with the reason, or correct the finding."),
    ),
    "nobody_consulted": (
        _("It is not recorded who was consulted and what came of it."),
        _("Record the consultation first."),
    ),
    "consultation_not_told": (
        _("Whom you consulted and what came of it must both be told."),
        _("Fill in both columns."),
    ),
    "priority_waits": (
        _("{count} applications with priority still wait in your list."),
        _("Recommend those first, or give the reason for the other order."),
    ),
    "priority_comes_first": (_("Those with priority come first in the list."), _("Move them to the front.")),
    "list_incomplete": (
        _("The order must name every application that you recommend, once."),
        _("Open the list again and order all of them."),
    ),
    "check_value_wrong": (
        _("The answer to “{check}” is not of the kind asked for."),
        _("Choose or type an answer of that kind."),
    ),
    "check_not_asked": (_("“{check}” is not asked here."), _("Answer what the page asks.")),
    "checks_open": (_("“{check}” is not answered yet ({count} open)."), _("Look it up and record the answer.")),
    "adverse_needs_reason": (
        _("“{check}” speaks against the application."),
        _("Decline it, or give the reason why it is sent on all the same."),
    ),
    "points_open": (_("{count} points are undecided."), _("Find each of them met or not met.")),
    "point_not_met": (_("A point is found not met."), _("Decline with the reasons, or correct the finding.")),
    "opinion_missing": (_("The audit opinion is missing."), _("Write the opinion.")),
    "no_window_here": (_("No publicity is prescribed in this stage."), _("Issue the opinion.")),
    "place_missing": (_("Where it is published must be told."), _("Write the site or the place.")),
    "published_already": (_("It was published on {day}."), _("Wait until the window is over.")),
    "not_published": (_("It has not been published yet."), _("Publish it and wait until the window is over.")),
    "window_running": (_("The publicity window runs until the end of {until}."), _("Wait until it is over.")),
    "window_not_open": (
        _("The publicity window is not open."),
        _("Objections are recorded while it runs; later ones go to the review office."),
    ),
    "departure_not_allowed": (_("The regulation lets nobody depart from this."), _("Follow the prescribed procedure.")),
    "objections_open": (_("{count} objections are not settled."), _("Look into them and record what was found.")),
    "objection_stands": (_("An objection was found to stand."), _("Decline the application with the reasons.")),
    "objection_settled": (_("This objection is settled already."), _("Nothing needs to be done.")),
    "evidence_missing": (_("It must be told where this was seen."), _("Name the register, file or letter.")),
    "nobody_is_consulted_here": (_("Nobody is consulted in this stage."), _("Decide on what the papers show.")),
    "nobody_to_ask": (
        _("No body is chosen that may be asked here."),
        _("Choose bodies of the kinds that the article names."),
    ),
    "asked_already": (
        _("These bodies have been asked about these applications already."),
        _("Wait for their answers."),
    ),
    "question_unknown": (_("This question does not exist."), _("Open your list again.")),
    "not_asked_of_you": (_("This was not asked of your body."), _("Each body answers only what it is asked.")),
    "answered_already": (_("“{body}” has answered already."), _("Write to the review office if the answer was wrong.")),
    "answer_too_late": (_("Answers were due by {due}."), _("Write to the review office.")),
    "answer_missing": (_("Choose whether you agree, disagree, or have nothing on record."), _("Choose an answer.")),
    "answer_one_by_one": (
        _("A disagreement is given application by application, with its reason."),
        _("Open each application."),
    ),
    "recommendation_missing": (_("It must be said whether you recommend it."), _("Choose yes or no.")),
    "disagreement_needs_reason": (_("A disagreement needs its reason."), WRITE),
    "no_record_contradicts": (
        _("“Nothing on record” contradicts what you answer to “{check}”."),
        _("Choose agree or disagree, with the values as they are."),
    ),
    "taken_up_by_another": (
        _("“{body}” has taken this application up."),
        _("Leave it to that body, or agree with it."),
    ),
    "secrets_not_needed": (_("Your task does not need these trade secrets."), _("Decide on what is shown.")),
    "nothing_to_set_aside": (
        _("No body holds anything against this application here."),
        _("Nothing needs to be done."),
    ),
}
