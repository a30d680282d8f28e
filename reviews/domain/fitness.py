"""Whether reviewers may sit in a team, and whether something stands between them and an entry. Few queries, however many."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import Q

from accounts.models import OrganisationMember
from core import clock
from core.refusals import Refused
from jurisdictions.models import Membership
from jurisdictions.policy import Policy
from jurisdictions.policy.stages import TeamRule
from reviews.models import InterestDeclaration, Qualification, Reviewer
from rounds import clock as round_clock
from rounds.models import Entry, Recusal, Round


def kinds_for(team: TeamRule, prize: str) -> list[str]:
    """The qualification kinds of which one must be valid for entries of a prize; empty: none is asked for."""
    return list(team.qualifications.get(prize, team.qualifications.get("any", [])))


def check(reviewers: Sequence[Reviewer], round_: Round, team: TeamRule, prizes: Iterable[str]) -> None:
    """Refuse those who may not review in the round: struck, without undertaking, role or valid qualification, invented ones."""
    for reviewer in reviewers:
        _standing(reviewer, round_, round_.rules, team)
    _roles(reviewers, round_, team)
    _qualified(reviewers, team, prizes, round_clock.today(round_))


def _standing(reviewer: Reviewer, round_: Round, rules: Policy, team: TeamRule) -> None:
    if reviewer.jurisdiction_id != round_.jurisdiction_id or (reviewer.rehearsal and not round_.is_rehearsal):
        raise Refused("reviewer_not_of_this_pool", article=team.article, person=reviewer)
    if reviewer.status == Reviewer.Status.STRUCK:
        raise Refused("reviewer_struck", article=reviewer.struck_article, person=reviewer)
    for undertaking in rules.undertakings:
        if "reviewer" in undertaking.who and undertaking.key not in reviewer.undertakings:
            raise Refused("undertaking_not_signed", article=undertaking.article, person=reviewer)


def _roles(reviewers: Sequence[Reviewer], round_: Round, team: TeamRule) -> None:
    """The role, asked for all at once (dates included)."""
    today = clock.today()
    held = Membership.objects.filter(
        Q(until=None) | Q(until__gt=today), jurisdiction=round_.jurisdiction_id, role="reviewer", since__lte=today,
        user__in=[reviewer.user_id for reviewer in reviewers], user__is_active=True,
    )  # fmt: skip
    if not round_.is_rehearsal:
        held = held.filter(rehearsal=False)
    holders = set(held.values_list("user_id", flat=True))
    for reviewer in reviewers:
        if reviewer.user_id not in holders:
            raise Refused("reviewer_without_role", article=team.article, person=reviewer)


def _qualified(reviewers: Sequence[Reviewer], team: TeamRule, prizes: Iterable[str], day: dt.date) -> None:
    wanted = {prize: kinds_for(team, prize) for prize in prizes}
    if not any(wanted.values()):
        return
    valid = Qualification.objects.filter(
        Q(valid_until=None) | Q(valid_until__gte=day), reviewer__in=reviewers, valid_from__lte=day
    )
    held: dict[int, set[str]] = {}
    for reviewer_id, kind in valid.values_list("reviewer_id", "kind"):
        held.setdefault(reviewer_id, set()).add(kind)
    article = team.qualification_article or team.article
    for reviewer in reviewers:
        for prize, kinds in wanted.items():
            if kinds and not held.get(reviewer.pk, set()) & set(kinds):
                raise Refused("reviewer_not_qualified", article=article, person=reviewer, day=day, prize=prize)


class Conflicts:
    """What stands between reviewers and entries: recusals, interests, employers, acting for the applicant. Three queries."""

    def __init__(self, reviewers: Sequence[Reviewer], entries: Sequence[Entry]) -> None:
        users = {reviewer.user_id for reviewer in reviewers}
        ids = [entry.pk for entry in entries]
        organisations = {entry.organisation_id for entry in entries} | {
            e.organisation.parent_id for e in entries if e.organisation.parent_id
        }
        recused = Recusal.objects.filter(user__in=users, entry__in=ids, ended_at=None)
        self.recused = set(recused.values_list("user_id", "entry_id"))
        interests = InterestDeclaration.objects.filter(
            reviewer__in=reviewers, organisation__in=organisations, ended_at=None
        )
        self.interests = set(interests.values_list("reviewer__user_id", "organisation_id"))
        members = OrganisationMember.objects.filter(user__in=users, organisation__in=organisations)
        self.interests |= set(members.values_list("user_id", "organisation_id"))

    def between(self, reviewer: Reviewer, entry: Entry) -> str:
        """The refusal's code, or "" when nothing stands between them."""
        if (reviewer.user_id, entry.pk) in self.recused:
            return "reviewer_recused"
        organisation = entry.organisation
        if {(reviewer.user_id, organisation.pk), (reviewer.user_id, organisation.parent_id)} & self.interests:
            return "reviewer_has_interest"
        employers = {reviewer.organisation_id, *({-1} if reviewer.organisation_id is None else set())}
        same = organisation.pk in employers or (
            organisation.parent_id is not None and organisation.parent_id in employers
        )
        same |= bool(reviewer.employer_code and reviewer.employer_code == organisation.code)
        same |= bool(reviewer.employer and reviewer.employer.strip() == organisation.name.strip())
        return "reviewer_employed_there" if same else ""

    def refuse(self, reviewers: Iterable[Reviewer], entries: Iterable[Entry], article: str) -> None:
        """Refuse the first pair between which something stands."""
        everyone = list(reviewers)
        for entry in entries:
            for reviewer in everyone:
                if code := self.between(reviewer, entry):
                    raise Refused(code, article=article, person=reviewer, organisation=entry.organisation)
