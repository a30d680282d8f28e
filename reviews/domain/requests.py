"""An applicant asks that somebody shall not review its application; the office answers."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.urls import reverse

from accounts.models import OrganisationMember, User
from core.access import require
from core.refusals import Refused
from notifications import outbox
from reviews.domain import interests, looking
from reviews.models import RecusalRequest, Reviewer, Suspicion
from reviews.rules import is_office, may_act_for
from rounds import clock
from rounds.engine.logging import record
from rounds.models import Entry, RoundStage

ANSWERED = "reviews.recusal_answered"


@transaction.atomic
def ask(*, actor: User, entry: Entry, named: str = "", employer: str = "", reason: str) -> RecusalRequest:
    """The applicant names a person, or an employer, who shall not review its application, and why.

    Whoever in the pool is meant is kept apart from the entry until the office has answered; the applicant is not told who is in the
    pool. Refused: anybody else, an entry out of the round, no review to come, nobody named, no reason.
    """
    entry = _locked(entry)
    article = entry.round.rules.recusal.article
    require(may_act_for, actor, entry.organisation, article=article)
    if entry.status not in (Entry.Status.DRAFT, Entry.Status.ACTIVE) or not reviews_to_come(entry):
        raise Refused("no_review_to_come", article=article)
    if not named.strip() and not employer.strip():
        raise Refused("nobody_named", article=article, field="named")
    if not reason.strip():
        raise Refused("reason_missing", article=article, field="reason")
    same = RecusalRequest.objects.filter(entry=entry, named=named.strip(), employer=employer.strip(), status="open")
    if same.exists():
        raise Refused("request_made_already", article=article, field="named")
    made = RecusalRequest.objects.create(
        entry=entry, named=named.strip(), employer=employer.strip(), reason=reason.strip(), article=article, by=actor,
        at=clock.now(entry.round),
    )  # fmt: skip
    looking.look(_pool(entry), [entry.organisation])
    record(
        "recusal.requested", round_=entry.round, actor=actor, subject=entry, article=article, request=made.pk,
        personal={"named": made.named, "employer": made.employer, "reason": made.reason},
    )  # fmt: skip
    return made


@transaction.atomic
def answer(
    *, actor: User, request_: RecusalRequest, granted: bool, text: str, also: Sequence[Reviewer] = ()
) -> RecusalRequest:
    """The office grants the request (whoever is meant, and ``also`` those it chose, is recused from the entry at once) or declines it.

    Refused: anybody else, answered before, no words for the applicant.
    """
    held: RecusalRequest = RecusalRequest.objects.select_for_update(of=("self",)).get(pk=request_.pk)
    held.entry = _locked(held.entry)
    article = held.article
    require(is_office, actor, held.entry.round, article=article)
    if held.status != RecusalRequest.Status.OPEN:
        raise Refused("request_answered_already", article=article)
    if not text.strip():
        raise Refused("reason_missing", article=article, field="text")
    rows = list(
        Suspicion.objects.filter(request=held, status=Suspicion.Status.OPEN)
        .select_related("reviewer__user")
        .order_by("id")
    )
    people = {row.reviewer_id: row.reviewer for row in rows} | {reviewer.pk: reviewer for reviewer in also}
    interests.settle(rows, actor=actor, confirmed=granted, reason=text)
    if granted:
        interests.keep_out(actor=actor, reviewers=people.values(), request=held, reason=held.reason)
    held.status = RecusalRequest.Status.GRANTED if granted else RecusalRequest.Status.DECLINED
    held.answer, held.answered_by, held.answered_at = text.strip(), actor, clock.now(held.entry.round)
    held.save()
    _tell(held)
    record(
        "recusal.granted" if granted else "recusal.declined", round_=held.entry.round, actor=actor, subject=held.entry, article=article,
        request=held.pk, reviewers=sorted(people) if granted else [], personal={"answer": held.answer},
    )  # fmt: skip
    return held


def reviews_to_come(entry: Entry) -> bool:
    """A team review of the round has not closed yet."""
    stages = RoundStage.objects.filter(round=entry.round_id, kind="team_review")
    return bool(stages.exclude(status=RoundStage.Status.CLOSED).exists())


def _pool(entry: Entry) -> list[Reviewer]:
    pool = Reviewer.objects.filter(jurisdiction=entry.round.jurisdiction_id, status=Reviewer.Status.ACTIVE)
    if not entry.round.is_rehearsal:
        pool = pool.filter(rehearsal=False)
    return list(pool.select_related("user").order_by("id"))


def _locked(entry: Entry) -> Entry:
    found: Entry = (
        Entry.objects.select_for_update(of=("self",))
        .select_related("round__jurisdiction", "organisation")
        .get(pk=entry.pk)
    )
    return found


def _tell(request: RecusalRequest) -> None:
    entry = request.entry
    people = OrganisationMember.objects.filter(organisation=entry.organisation_id, user__is_active=True).select_related(
        "user"
    )
    outbox.post(
        to=[member.user for member in people.order_by("pk")], kind=ANSWERED, jurisdiction=entry.round.jurisdiction, subject_ref=entry,
        context={"number": entry.number, "answer": request.answer, "article": request.article, "granted": request.status},
        key=f"{ANSWERED}:{request.pk}", url=reverse("reviews:recusal", args=[entry.round.jurisdiction.code, entry.pk]),
        rehearsal=entry.round.is_rehearsal,
    )  # fmt: skip
