"""Whether reviewers may sit in a team, and whether something stands between them and an entry. Few queries, however many."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import Q

from accounts.models import OrganisationMember
from core import clock
from core.refusals import Refused
from jurisdictions.models import Membership
from jurisdictions.policy.stages import TeamRule
from reviews.models import InterestDeclaration, Qualification, Reviewer, Suspicion
from rounds import clock as round_clock
from rounds.models import Entry, Recusal, Round


def kinds_for(team: TeamRule, prize: str) -> list[str]:
    """The qualification kinds of which one must be valid for entries of a prize; empty: none is asked for."""
    return list(team.qualifications.get(prize, team.qualifications.get("any", [])))


def check(reviewers: Sequence[Reviewer], round_: Round, team: TeamRule, prizes: Iterable[str]) -> None:
    """Refuse those who may not review in the round: struck, without undertaking, role or valid qualification, invented ones."""
    wanted, fitness = list(prizes), Fitness(reviewers, round_, team)
    for reviewer in reviewers:
        fault = fitness.fault(reviewer, wanted)
        if fault is not None:
            raise fault


class Fitness:
    """Who of these may review in the round. Two queries, however many."""

    def __init__(self, reviewers: Sequence[Reviewer], round_: Round, team: TeamRule) -> None:
        self.round, self.rules, self.team, self.day = round_, round_.rules, team, round_clock.today(round_)
        self.holders = self._holders(reviewers)
        valid = Qualification.objects.filter(
            Q(valid_until=None) | Q(valid_until__gte=self.day), reviewer__in=reviewers, valid_from__lte=self.day
        )
        self.held: dict[int, set[str]] = {}
        for reviewer_id, kind in valid.values_list("reviewer_id", "kind") if team.qualifications else ():
            self.held.setdefault(reviewer_id, set()).add(kind)

    def _holders(self, reviewers: Sequence[Reviewer]) -> set[int]:
        """The role, asked for all at once (dates included)."""
        today = clock.today()
        held = Membership.objects.filter(
            Q(until=None) | Q(until__gt=today), jurisdiction=self.round.jurisdiction_id, role="reviewer", since__lte=today,
            user__in=[reviewer.user_id for reviewer in reviewers], user__is_active=True,
        )  # fmt: skip
        if not self.round.is_rehearsal:
            held = held.filter(rehearsal=False)
        return set(held.values_list("user_id", flat=True))

    def fault(self, reviewer: Reviewer, prizes: Iterable[str]) -> Refused | None:
        """Why the reviewer may not sit in a team for these prizes; None when nothing is against it."""
        article = self.team.article
        if reviewer.jurisdiction_id != self.round.jurisdiction_id or (
            reviewer.rehearsal and not self.round.is_rehearsal
        ):
            return Refused("reviewer_not_of_this_pool", article=article, person=reviewer)
        if reviewer.status == Reviewer.Status.STRUCK:
            return Refused("reviewer_struck", article=reviewer.struck_article, person=reviewer)
        for undertaking in self.rules.undertakings:
            if "reviewer" in undertaking.who and undertaking.key not in reviewer.undertakings:
                return Refused("undertaking_not_signed", article=undertaking.article, person=reviewer)
        if reviewer.user_id not in self.holders:
            return Refused("reviewer_without_role", article=article, person=reviewer)
        return self._unqualified(reviewer, prizes)

    def _unqualified(self, reviewer: Reviewer, prizes: Iterable[str]) -> Refused | None:
        article = self.team.qualification_article or self.team.article
        for prize in prizes:
            kinds = kinds_for(self.team, prize)
            if kinds and not self.held.get(reviewer.pk, set()) & set(kinds):
                return Refused("reviewer_not_qualified", article=article, person=reviewer, day=self.day, prize=prize)
        return None


class Conflicts:
    """What stands between reviewers and entries: recusals, interests, employers, acting for the applicant, open doubts. Four queries."""

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
        doubts = Suspicion.objects.filter(reviewer__in=reviewers, organisation__in=organisations, status="open")
        self.doubts = set(doubts.values_list("reviewer__user_id", "organisation_id"))

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
        if same:
            return "reviewer_employed_there"
        pairs = {(reviewer.user_id, organisation.pk), (reviewer.user_id, organisation.parent_id)}
        return "interest_undecided" if pairs & self.doubts else ""

    def refuse(self, reviewers: Iterable[Reviewer], entries: Iterable[Entry], article: str) -> None:
        """Refuse the first pair between which something stands."""
        everyone = list(reviewers)
        for entry in entries:
            for reviewer in everyone:
                if code := self.between(reviewer, entry):
                    raise Refused(code, article=article, person=reviewer, organisation=entry.organisation)
