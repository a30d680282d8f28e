"""How a rehearsal plays a vote: any method, secret or named, with or without tiers."""

from __future__ import annotations

from typing import ClassVar

from accounts.models import User
from jurisdictions.policy.quota import limit_of
from rounds import clock, engine
from rounds.models import Entry, RoundStage
from rounds.rehearsal import Rehearsal, plays
from voting import queries, results
from voting.domain import casting, counting, keys, meetings, polls, ties, unsealing
from voting.models import Meeting, Poll, RollSeat

Passphrases = dict[int, str]
WRONG = "no"


@plays
class VotePlayer:
    """Convenes, votes, opens the box, counts, settles ties."""

    kind: ClassVar[str] = "vote"

    def forbidden(self, ctx: Rehearsal, stage: RoundStage) -> None:
        today, spec = clock.today(ctx.round), stage.spec
        outsider = ctx.cast.supervisor
        ctx.refused(
            "convene the vote without being the office",
            lambda: meetings.convene(actor=outsider, stage=stage, held_on=today, plenary=True),
        )
        if spec.plenary:
            ctx.refused(
                "vote outside the plenary",
                lambda: meetings.convene(
                    actor=ctx.cast.office, stage=stage, held_on=today, electorate=ctx.cast.electors
                ),
            )

    def play(self, ctx: Rehearsal, stage: RoundStage) -> None:
        if not queries.waiting_entries(stage):
            return
        meeting = meetings.convene(
            actor=ctx.cast.office,
            stage=stage,
            held_on=clock.today(ctx.round),
            plenary=stage.spec.plenary,
            electorate=ctx.cast.electors,
        )
        _step_aside(ctx, stage)
        tellers = _tellers(ctx, stage)
        poll = polls.prepare(actor=ctx.cast.office, meeting=meeting, tellers=tellers)
        self._hold(ctx, stage, meeting, poll, tellers)
        self._limit_fallbacks(ctx, stage, meeting)
        self._settle_ties(ctx, stage, meeting)
        for standing in results.outcome(stage).standings:
            if standing.prize:
                ctx.say(f"{standing.row.entry}: {standing.prize} {standing.tier}".rstrip(), stage.article)

    def forbidden_after(self, ctx: Rehearsal, stage: RoundStage) -> None:
        poll = Poll.objects.filter(stage=stage, status=Poll.Status.COUNTED).order_by("-number").first()
        if poll is None:
            return
        voter = RollSeat.objects.filter(poll=poll, present=True).select_related("user").first()
        if voter is not None:
            ctx.refused("vote after the count", lambda: casting.cast(actor=voter.user, poll=poll, choices={}))
        ctx.refused("count twice", lambda: counting.count(actor=ctx.cast.office, poll=poll))

    def _hold(self, ctx: Rehearsal, stage: RoundStage, meeting: Meeting, poll: Poll, tellers: list[User]) -> None:
        """One ballot from its keys to its count, with what is forbidden on the way."""
        first = poll.number == 1
        words = self._make_keys(ctx, poll, tellers)
        if first:
            self._not_yet(ctx, stage, meeting, poll)
        meeting = _make_ready(ctx, stage, meeting)
        poll = polls.open_poll(actor=ctx.cast.office, poll=poll)
        if first:
            self._not_while_open(ctx, stage, poll)
        _vote(ctx, stage, poll)
        if first and stage.spec.hears_heads:
            ctx.refused("close before the heads were heard", lambda: polls.close_poll(actor=ctx.cast.office, poll=poll))
            _hear_heads(ctx, stage, meeting)
        polls.close_poll(actor=ctx.cast.office, poll=poll)
        if poll.secret:
            self._unseal(ctx, poll, tellers, words, try_forbidden=first)
        counting.count(actor=ctx.cast.office, poll=poll)
        for teller in tellers:
            counting.sign_minutes(actor=teller, poll=poll, passphrase=words[teller.pk])
        ctx.say(f"ballot {poll.number} counted", stage.article)

    @staticmethod
    def _make_keys(ctx: Rehearsal, poll: Poll, tellers: list[User]) -> Passphrases:
        if tellers:
            ctx.refused("open the vote before the tellers have keys", lambda: _open_as_is(ctx, poll))
        return {teller.pk: keys.make_key(actor=teller, poll=poll) for teller in tellers}

    @staticmethod
    def _not_yet(ctx: Rehearsal, stage: RoundStage, meeting: Meeting, poll: Poll) -> None:
        if stage.spec.hears_report:
            ctx.refused(
                "open the vote before the report was heard", lambda: polls.open_poll(actor=ctx.cast.office, poll=poll)
            )
            meetings.hear_report(actor=ctx.cast.office, meeting=meeting, given_by=str(ctx.cast.office_head))
        meetings.attend(actor=ctx.cast.office, meeting=meeting, present=[])
        ctx.refused("open the vote without a quorum", lambda: polls.open_poll(actor=ctx.cast.office, poll=poll))

    @staticmethod
    def _not_while_open(ctx: Rehearsal, stage: RoundStage, poll: Poll) -> None:
        entries = [item.entry_id for item in queries.items_of(poll)]
        ctx.refused("vote without a seat", lambda: casting.cast(actor=ctx.cast.supervisor, poll=poll, choices={}))
        ctx.refused("count while voting is open", lambda: counting.count(actor=ctx.cast.office, poll=poll))
        recused = (
            RollSeat.objects.filter(poll=poll, present=True, recusals__isnull=False).select_related("user").first()
        )
        if recused is not None:
            casting.sign_undertakings(actor=recused.user, poll=poll)
            ctx.refused(
                "vote on a candidate after stepping aside",
                lambda: casting.cast(actor=recused.user, poll=poll, choices=dict.fromkeys(entries, "abstain")),
            )

    @staticmethod
    def _unseal(ctx: Rehearsal, poll: Poll, tellers: list[User], words: Passphrases, *, try_forbidden: bool) -> None:
        come = ctx.random.sample(tellers, poll.tellers_needed)
        if try_forbidden:
            ctx.refused(
                "open the box with a wrong passphrase",
                lambda: unsealing.take_part(actor=come[0], poll=poll, passphrase=WRONG),
            )
            ctx.refused(
                "open the box without being a teller",
                lambda: unsealing.take_part(actor=ctx.cast.office, poll=poll, passphrase=WRONG),
            )
        for teller in come:
            if try_forbidden:
                ctx.refused(
                    "count before enough tellers came", lambda: counting.count(actor=ctx.cast.office, poll=poll)
                )
            unsealing.take_part(actor=teller, poll=poll, passphrase=words[teller.pk])

    @staticmethod
    def _limit_fallbacks(ctx: Rehearsal, stage: RoundStage, meeting: Meeting) -> None:
        """Naming more fallback awards than the quota is refused."""
        for prize in stage.round.rules.prizes:
            if not prize.fallback_for or prize.fallback_stage not in (None, stage.key):
                continue
            limits = [limit_of(q, results.sizes_of(stage)) for q in stage.round.rules.quotas if prize.key in q.prizes]
            limit = min((limit for limit in limits if limit is not None), default=None)
            if limit is not None:
                places = {prize.key: limit + 1}
                ctx.refused(
                    f"give more than {limit} of {prize.key}",
                    lambda places=places: ties.set_fallback_places(
                        actor=ctx.cast.office, meeting=meeting, places=places, reason="rehearsal"
                    ),  # type: ignore[misc]
                )

    def _settle_ties(self, ctx: Rehearsal, stage: RoundStage, meeting: Meeting) -> None:
        """A second round where the rules foresee one, then the committee's recorded decision."""
        held = False
        while contested := results.outcome(stage).contested:
            ctx.refused("decide while a tie is open", lambda: engine.prepare(actor=ctx.cast.office, stage=stage))
            if stage.spec.ties.value == "second_round" and not held:
                tellers, held = _tellers(ctx, stage), True
                poll = ties.second_round(actor=ctx.cast.office, meeting=meeting, tellers=tellers)
                self._hold(ctx, stage, meeting, poll, tellers)
                continue
            order = [s.entry_id for s in sorted(contested[0], key=lambda s: -ctx.candidate(s.row.entry).merit)]
            if stage.spec.ties.value == "second_round" and not _was_in_second_round(stage, order):
                held = False
                continue
            ties.settle_tie(
                actor=ctx.cast.office_head, stage=stage, order=order, reason="The committee took them in this order."
            )


def _tellers(ctx: Rehearsal, stage: RoundStage) -> list[User]:
    spec = stage.spec
    return ctx.cast.tellers[: spec.tellers.value.total] if spec.secret.value else []


def _open_as_is(ctx: Rehearsal, poll: Poll) -> Poll:
    """Open with everything else ready, so that what is missing is the keys."""
    _make_ready(ctx, poll.stage, poll.meeting)
    return polls.open_poll(actor=ctx.cast.office, poll=poll)


def _make_ready(ctx: Rehearsal, stage: RoundStage, meeting: Meeting) -> Meeting:
    if stage.spec.hears_report:
        meeting = meetings.hear_report(actor=ctx.cast.office, meeting=meeting, given_by=str(ctx.cast.office_head))
    called = {row.user_id for row in meeting.attendance.all()}
    present = [user for user in ctx.cast.electors if user.pk in called]
    return meetings.attend(actor=ctx.cast.office, meeting=meeting, present=present)


def _step_aside(ctx: Rehearsal, stage: RoundStage) -> None:
    """With enough members, one of them has an interest in one candidate."""
    entries = queries.waiting_entries(stage)
    members = [m.user for m in queries.electorate(stage) if m.user in ctx.cast.electors]
    if len(members) < 5 or (entries[0].pk, members[-1].pk) in queries.open_recusals(entries, [members[-1].pk]):
        return
    entries[0].round = stage.round
    engine.recuse(actor=members[-1], entry=entries[0], user=members[-1], reason="A member of the family works there.")


def _hear_heads(ctx: Rehearsal, stage: RoundStage, meeting: Meeting) -> None:
    entries = [item.entry for item in queries.items_of(Poll.objects.get(stage=stage, number=1))]
    speakers = {entry.pk: entry.organisation.head_name or entry.organisation.name for entry in entries}
    meetings.hear_heads(actor=ctx.cast.office, meeting=meeting, speakers=speakers)


def _vote(ctx: Rehearsal, stage: RoundStage, poll: Poll) -> None:
    """Everybody present votes by merit, each with an eye of his own; the first voter thinks again."""
    seats = [seat for seat in queries.seats_of(poll) if seat.present]
    recused = queries.recusals_of(poll)
    items = queries.items_of(poll)
    told = {row["entry"]: row["tiers"] for row in poll.settings["entries"]}
    for place, seat in enumerate(seats):
        casting.sign_undertakings(actor=seat.user, poll=poll)
        shown = [item.entry for item in items if (seat.pk, item.pk) not in recused]
        for _again in range(2 if place == 0 else 1):
            casting.cast(actor=seat.user, poll=poll, choices=_choices(ctx, poll, shown, told))


def _choices(ctx: Rehearsal, poll: Poll, entries: list[Entry], tiers: dict[int, list[str]]) -> dict[int, str]:
    liking = {entry.pk: ctx.candidate(entry).merit + ctx.random.uniform(-0.12, 0.12) for entry in entries}
    if poll.method == Poll.Method.RANK:
        order = sorted(liking, key=lambda pk: -liking[pk])
        return {pk: str(place) for place, pk in enumerate(order, 1)}
    if poll.method == Poll.Method.SCORE:
        low, high = poll.settings["score_range"]
        return {
            pk: str(low + round((high - low) * min(1.0, max(0.0, 0.4 + 0.6 * value)))) for pk, value in liking.items()
        }
    if poll.purpose == Poll.Purpose.SECOND_ROUND:
        best = max(liking, key=lambda pk: liking[pk], default=0)
        return {pk: "for" if pk == best else "against" for pk in liking}
    return {pk: _approval(ctx, value, tiers[pk]) for pk, value in liking.items()}


def _approval(ctx: Rehearsal, liking: float, tiers: list[str]) -> str:
    if ctx.random.random() < 0.03:
        return "abstain"
    if liking < 0.4:
        return "against"
    if not tiers:
        return "for"
    return f"for:{tiers[min(len(tiers) - 1, int(max(0.0, 0.9 - liking) * 2 * len(tiers)))]}"


def _was_in_second_round(stage: RoundStage, entries: list[int]) -> bool:
    held = Poll.objects.filter(stage=stage, purpose=Poll.Purpose.SECOND_ROUND, status=Poll.Status.COUNTED)
    return any(set(entries) <= set(poll.items.values_list("entry", flat=True)) for poll in held)
