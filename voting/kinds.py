"""The stage kind ``vote``."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import ClassVar

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from rounds.engine.logging import record
from rounds.kinds import Blocker, Proposal, StageKind, Todo, register
from rounds.models import Decision, RoundStage
from rounds.readers import EVERYBODY, Reader
from voting import queries, results
from voting.models import Ballot, Poll, RollSeat, TellerKey
from voting.results import Standing

P = Poll.Status


@register
class Vote(StageKind):
    """The electorate votes; who wins follows from the counted ballots and the quotas."""

    key: ClassVar[str] = "vote"
    acts: ClassVar[frozenset[str]] = frozenset({"committee", "teller"})

    def url(self, stage: RoundStage) -> str:
        return reverse("voting:stage", args=[stage.round.jurisdiction.code, stage.pk])

    def todos(self, stage: RoundStage, reader: Reader = EVERYBODY) -> Iterable[Todo]:
        yield from self._signatures(stage, reader)
        poll = queries.current_poll(stage)
        if poll is None:
            yield from self._office(stage) if reader.office else ()
        elif poll.status == P.PREPARED:
            yield from self._keys(stage, poll, reader)
        elif poll.status == P.OPEN:
            yield from self._voters(stage, poll, reader)
        elif poll.status == P.CLOSED and poll.secret:
            yield from self._tellers(stage, poll, reader)
        else:
            yield Todo("vote_count", stage.article, _("Count the ballots"), self._poll_url(stage, poll), role="office")

    def blockers(self, stage: RoundStage) -> list[Blocker]:
        poll = queries.current_poll(stage)
        if poll is not None:
            text = _("Ballot {number}: {status}").format(number=poll.number, status=poll.get_status_display())
            return [Blocker("vote_under_way", stage.article, text, self._poll_url(stage, poll))]
        waiting = len(queries.waiting_entries(stage))
        if waiting:
            text = ngettext(
                "{n} candidate has not been voted on", "{n} candidates have not been voted on", waiting
            ).format(n=waiting)
            return [Blocker("not_voted_on", stage.article, text, self.url(stage), waiting, todo="vote_prepare")]
        return [self._tie(stage, group) for group in results.outcome(stage).contested]

    def proposals(self, stage: RoundStage) -> list[Proposal]:
        return [self._proposal(stage, standing) for standing in results.outcome(stage).standings]

    def on_release(self, decision: Decision, actor: User) -> None:
        """Places that stay empty are recorded: fewer or none is lawful, and said so."""
        stage = decision.stage
        for vacancy in results.vacancies_of(stage):
            record(
                "vote.places_vacant", round_=stage.round, actor=actor, subject=stage, article=vacancy.quota.article,
                quota=vacancy.quota.key, limit=vacancy.limit, got=vacancy.got,
            )  # fmt: skip

    def _proposal(self, stage: RoundStage, standing: Standing) -> Proposal:
        tally, spec = standing.tally, stage.spec
        facts = {
            "for": tally.votes_for, "against": tally.against, "abstained": tally.abstained, "invalid": tally.invalid,
            "recused": tally.recused, "base": tally.base, "share": tally.share, "poll": tally.item.poll.number,
        }  # fmt: skip
        article = (spec.fallback_article or stage.article) if standing.fallback else stage.article
        if not standing.prize and standing.refusal is not None:
            article = standing.refusal.article
        score = tally.merit if tally.score else tally.votes_for
        return Proposal(
            standing.row, "advanced" if standing.prize else "stopped", article, self._reason(standing), facts,
            score=round(Decimal(score.numerator) / Decimal(score.denominator), 4) if score is not None else None,
            rank=standing.rank, prize=standing.prize, tier=standing.tier,
        )  # fmt: skip

    @staticmethod
    def _reason(standing: Standing) -> str:
        tally = standing.tally
        if standing.prize and not standing.fallback:
            return ""
        if standing.fallback:
            return _("Reached the vote without winning: place {rank} in the vote.").format(rank=standing.rank)
        if standing.refusal is not None:
            return _("Place {rank} in the vote; at most {limit} places.").format(
                rank=standing.rank, limit=standing.refusal.limit
            )
        return _("Did not reach what the vote asks for: {votes} of {base} for it.").format(
            votes=tally.votes_for, base=tally.base
        )

    def _tie(self, stage: RoundStage, group: list[Standing]) -> Blocker:
        text = _("{n} candidates are tied and a place depends on it").format(n=len(group))
        return Blocker("vote_tied", stage.article, text, self.url(stage), len(group))

    def _office(self, stage: RoundStage) -> Iterable[Todo]:
        waiting = len(queries.waiting_entries(stage))
        tied = sum(len(group) for group in results.outcome(stage).contested) if not waiting else 0
        if waiting:
            yield Todo(
                "vote_prepare",
                stage.article,
                _("Convene the meeting and prepare the ballot"),
                self.url(stage),
                waiting,
                role="office",
            )
        elif tied:
            yield Todo("vote_tied", stage.article, _("Settle the tie"), self.url(stage), tied, role="office")

    def _keys(self, stage: RoundStage, poll: Poll, reader: Reader) -> Iterable[Todo]:
        missing = reader.own(TellerKey.objects.filter(poll=poll, public_key=""), "teller")
        for teller in missing.values_list("teller_id", flat=True):
            yield Todo(
                "vote_key",
                stage.article,
                _("Make your key for the ballot box"),
                self._poll_url(stage, poll, "key"),
                role="teller",
                user_id=teller,
            )
        yield Todo(
            "vote_open",
            stage.article,
            _("Open the vote when the meeting is ready"),
            self._poll_url(stage, poll),
            role="office",
        )

    def _voters(self, stage: RoundStage, poll: Poll, reader: Reader) -> Iterable[Todo]:
        seats = reader.own(RollSeat.objects.filter(poll=poll, present=True), "user")
        url = self._poll_url(stage, poll, "ballot")
        for user in seats.filter(~Exists(Ballot.objects.filter(seat=OuterRef("pk")))).values_list("user_id", flat=True):
            yield Todo("vote_cast", stage.article, _("Vote"), url, role="committee", user_id=user)
        yield Todo(
            "vote_close",
            stage.article,
            _("Close the vote when everybody has voted"),
            self._poll_url(stage, poll),
            role="office",
        )

    def _tellers(self, stage: RoundStage, poll: Poll, reader: Reader) -> Iterable[Todo]:
        waiting = reader.own(TellerKey.objects.filter(poll=poll, handed_at=None), "teller")
        for teller in waiting.values_list("teller_id", flat=True):
            yield Todo(
                "vote_unseal",
                stage.article,
                _("Open the ballot box"),
                self._poll_url(stage, poll, "unseal"),
                role="teller",
                user_id=teller,
            )

    def _signatures(self, stage: RoundStage, reader: Reader) -> Iterable[Todo]:
        counted = TellerKey.objects.filter(poll__stage=stage, poll__status=P.COUNTED, signature="")
        unsigned = reader.own(counted, "teller")
        for mine in unsigned.exclude(signing_key="").select_related("poll"):
            url = self._poll_url(stage, mine.poll, "sign")
            yield Todo("vote_sign", stage.article, _("Sign the minutes"), url, role="teller", user_id=mine.teller_id)

    @staticmethod
    def _poll_url(stage: RoundStage, poll: Poll, page: str = "poll") -> str:
        return reverse(f"voting:{page}", args=[stage.round.jurisdiction.code, poll.pk])
