"""Nothing is left hanging: forms and sheets for every prize, a way to decide each ballot, dates that make sense."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_noop as _

from jurisdictions.policy import stages as st
from jurisdictions.policy.document import Policy
from jurisdictions.policy.problems import Problem

NO_FORM = _("the prize '{key}' has no form")
TWO_FORMS = _("the prize '{key}' has {count} forms")
NO_SHEET = _("the prize '{key}' has no score sheet in the stage '{stage}'")
NOT_DIGITS = _("'{prefix}' is no division code: two to twelve digits")
NO_EFFECT = _(
    "say when it takes effect: 'date', 'days_after_publication' (with 'published_on'), or 'open: true' for a draft"
)
TWO_EFFECTS = _("say only one of 'date', 'days_after_publication' and 'open'")
OPEN_IN_FORCE = _("a regulation in force has a day on which it took effect; only a draft may leave it open")
EXPIRES_EARLY = _("it expires ({expires}) before it takes effect ({begins})")
NO_MAJORITY = _("a ballot for and against needs a majority")
NO_TIERS = _("a majority is named for the tier '{key}', but no prize that is voted on has tiers")
NEVER_OFFERED = _("the prize '{key}' is in no year of the rotation")
NO_GROUND = _("a condition is computed ('require') or has grounds ('any_of'), not both")
UNWEIGHED = _(
    "no stage looks at this condition: an eligibility or acceptance, a preliminary review of 'conditions', a recommendation with 'first_review'"
)
CHOICES = _("a question of type '{type}' needs '{key}'")


def every_prize_has_a_form(policy: Policy) -> Iterator[Problem]:
    for place, prize in enumerate(policy.prizes):
        count = sum(prize.key in form.prizes for form in policy.forms)
        if prize.is_applied_for and count == 0:
            yield Problem(("prizes", place), NO_FORM, {"key": prize.key}, prize.article)
        if count > 1:
            yield Problem(("prizes", place), TWO_FORMS, {"key": prize.key, "count": count}, prize.article)


def every_prize_is_scored(policy: Policy) -> Iterator[Problem]:
    for place, stage in enumerate(policy.stages):
        if not isinstance(stage, st.TeamReview) or "any" in stage.sheets:
            continue
        for prize in policy.prizes:
            if prize.is_applied_for and prize.key not in stage.sheets:
                told = {"key": prize.key, "stage": stage.key}
                yield Problem(("stages", place, "sheets"), NO_SHEET, told, stage.article)


def every_prize_is_offered(policy: Policy) -> Iterator[Problem]:
    offered = {key for turn in policy.cycle.rotation for key in turn}
    for place, prize in enumerate(policy.prizes):
        if offered and prize.is_applied_for and prize.key not in offered:
            yield Problem(("prizes", place), NEVER_OFFERED, {"key": prize.key}, prize.article)


def territory_is_digits(policy: Policy) -> Iterator[Problem]:
    for place, prefix in enumerate(policy.territory):
        if not (prefix.isascii() and prefix.isdigit() and 2 <= len(prefix) <= 12):
            yield Problem(("territory", place), NOT_DIGITS, {"prefix": prefix})


def takes_effect(policy: Policy) -> Iterator[Problem]:
    effective, article = policy.effective, policy.effective_article
    given = [effective.on is not None, effective.days_after_publication is not None, effective.open]
    if not any(given) or (effective.days_after_publication is not None and policy.published_on is None):
        yield Problem(("effective",), NO_EFFECT, {}, article)
    if sum(given) > 1:
        yield Problem(("effective",), TWO_EFFECTS, {}, article)
    if effective.open and policy.status == "in_force":
        yield Problem(("effective", "open"), OPEN_IN_FORCE, {}, article)
    if effective.on and policy.expires_on and policy.expires_on <= effective.on:
        told = {"expires": policy.expires_on, "begins": effective.on}
        yield Problem(("expires_on",), EXPIRES_EARLY, told, article)


def ballots_can_be_counted(policy: Policy) -> Iterator[Problem]:
    tiers = {tier.key for prize in policy.prizes for tier in prize.tiers}
    for place, stage in enumerate(policy.stages):
        if not isinstance(stage, st.Vote):
            continue
        if stage.method.value == "approve" and stage.majority is None and not stage.tier_majorities:
            yield Problem(("stages", place), NO_MAJORITY, {}, stage.article)
        for key in stage.tier_majorities if not tiers else ():
            yield Problem(("stages", place, "tier_majorities", key), NO_TIERS, {"key": key}, stage.article)


def conditions_are_of_one_kind(policy: Policy) -> Iterator[Problem]:
    for place, condition in enumerate(policy.conditions):
        if condition.require is not None and condition.any_of:
            yield Problem(("conditions", place, "any_of"), NO_GROUND, {}, condition.article)


def conditions_are_weighed(policy: Policy) -> Iterator[Problem]:
    """Some stage looks at what is computed or left to staff; what reviewers judge, they judge."""
    if any(_weighs(stage) for stage in policy.stages):
        return
    for place, condition in enumerate(policy.conditions):
        if condition.require or condition.any_of or condition.judged_by == "staff":
            yield Problem(("conditions", place), UNWEIGHED, {}, condition.article)


def _weighs(stage: st.StageBase) -> bool:
    if isinstance(stage, st.Recommendation):
        return stage.first_review
    return isinstance(stage, st.Acceptance) or "conditions" in getattr(stage, "points", ())


def questions_are_complete(policy: Policy) -> Iterator[Problem]:
    needs = {"choice": "choices", "choices": "choices", "rows": "columns", "indicators": "indicators"}
    for i, form in enumerate(policy.forms):
        for k, section in enumerate(form.sections):
            for n, field in enumerate(section.fields):
                key = needs.get(field.type)
                if key and not getattr(field, key):
                    path = ("forms", i, "sections", k, "fields", n)
                    yield Problem(path, CHOICES, {"type": field.type, "key": key}, field.article or form.article)
