"""Signs that something stands between reviewers and organisations: read from employers, engagements, and who acted for whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from accounts.models import Organisation
from audit.models import AuditEvent
from reviews.models import Engagement, RecusalRequest, Reviewer, Suspicion
from reviews.tallies.names import beginnings, spelled, stem

K = Suspicion.Kind
_KINDS = {
    Engagement.Kind.EMPLOYMENT: K.PAST_EMPLOYER,
    Engagement.Kind.CONSULTANCY: K.CONSULTANCY,
}
LEFT = "organisation.left"


@dataclass(frozen=True, slots=True)
class Sign:
    """What was found between a reviewer and an organisation, and where."""

    reviewer: Reviewer
    organisation: Organisation
    kind: str
    detail: str
    trace: str
    request: int | None = None


@dataclass(frozen=True, slots=True)
class _Tie:
    """A name (and code) on a reviewer's side."""

    reviewer: Reviewer
    kind: str
    name: str
    code: str
    trace: str
    detail: str


def find(reviewers: Sequence[Reviewer], organisations: Iterable[Organisation]) -> list[Sign]:
    """Every sign between them, each once. Three queries; cost grows with reviewers plus organisations, not with their product."""
    asked = {organisation.pk: organisation for organisation in organisations}
    matches = _matcher(list(_ties(reviewers)))
    found = {
        (tie.reviewer.pk, org.pk, tie.trace): Sign(tie.reviewer, org, tie.kind, tie.detail, tie.trace)
        for org in asked.values()
        for tie in matches(org)
    }
    found |= {(s.reviewer.pk, s.organisation.pk, s.trace): s for s in _acted(reviewers, asked)}
    found |= {(s.reviewer.pk, s.organisation.pk, s.trace): s for s in _requested(reviewers, asked)}
    return list(found.values())


def _ties(reviewers: Sequence[Reviewer]) -> Iterator[_Tie]:
    known = {reviewer.pk: reviewer for reviewer in reviewers}
    for reviewer in reviewers:
        if reviewer.employer or reviewer.employer_code:
            words = reviewer.employer or reviewer.employer_code
            yield _Tie(reviewer, K.EMPLOYER, reviewer.employer, reviewer.employer_code, "employer", words)
    for past in Engagement.objects.filter(reviewer__in=list(known)).order_by("id"):
        words = " · ".join(part for part in (past.name, span(past), past.text) if part)
        kind = _KINDS.get(Engagement.Kind(past.kind), K.TIE)
        yield _Tie(known[past.reviewer_id], kind, past.name, past.code, f"engagement:{past.pk}", words[:500])


def span(past: Engagement) -> str:
    """From when until when, as far as it is known."""
    days = [day.isoformat() if day else "" for day in (past.since, past.until)]
    return "–".join(days) if any(days) else ""


def _matcher(ties: list[_Tie]) -> Callable[[Organisation], Iterator[_Tie]]:
    """Which ties mean an organisation: same code, same stem, or one name the beginning of the other (a branch, a group)."""
    by_code: dict[str, list[_Tie]] = defaultdict(list)
    by_stem: dict[str, list[_Tie]] = defaultdict(list)
    by_beginning: dict[str, list[_Tie]] = defaultdict(list)
    for tie in ties:
        if tie.code:
            by_code[tie.code].append(tie)
        if tie.name:
            by_stem[stem(tie.name)].append(tie)
            for beginning in beginnings(tie.name):
                by_beginning[beginning].append(tie)

    def matches(organisation: Organisation) -> Iterator[_Tie]:
        yield from by_code.get(organisation.code or "-", ())
        yield from by_beginning.get(stem(organisation.name), ())
        for beginning in beginnings(organisation.name):
            yield from by_stem.get(beginning, ())

    return matches


def _acted(reviewers: Sequence[Reviewer], asked: dict[int, Organisation]) -> Iterator[Sign]:
    """Who acted for an organisation here and does so no longer, as the log has it."""
    by_user = {str(reviewer.user_id): reviewer for reviewer in reviewers}
    label = Organisation._meta.label
    left = AuditEvent.objects.filter(act=LEFT, subject__in=[f"{label}:{pk}" for pk in asked]).order_by("id")
    for event in left:
        reviewer = by_user.get(str(event.facts.get("user")))
        if reviewer is not None:
            organisation = asked[int(event.subject.rpartition(":")[2])]
            yield Sign(reviewer, organisation, K.MEMBERSHIP, f"{event.at:%Y-%m-%d}", f"left:{event.pk}")


def _requested(reviewers: Sequence[Reviewer], asked: dict[int, Organisation]) -> Iterator[Sign]:
    """Whom the organisations asked not to be reviewed by: the name, or the employer where no name is given."""
    people: dict[str, list[Reviewer]] = defaultdict(list)
    for reviewer in reviewers:
        people[f"name:{spelled(reviewer.user.name)}"].append(reviewer)
        if reviewer.employer:
            people[f"employer:{stem(reviewer.employer)}"].append(reviewer)
    rows = RecusalRequest.objects.filter(entry__organisation__in=list(asked)).exclude(status="declined")
    for request in rows.select_related("entry__round").order_by("id"):
        key = f"name:{spelled(request.named)}" if request.named else f"employer:{stem(request.employer)}"
        words = " · ".join(part for part in (request.named, request.employer, request.reason) if part)[:500]
        for reviewer in people.get(key, ()):
            if not reviewer.rehearsal or request.entry.round.is_rehearsal:
                organisation = asked[request.entry.organisation_id]
                yield Sign(reviewer, organisation, K.REQUEST, words, f"request:{request.pk}", request.pk)
