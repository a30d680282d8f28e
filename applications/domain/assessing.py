"""Weighing entries point by point, many at once, and what people find. Facts come from ``rounds.facts``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.models import User
from applications.domain import procedure
from applications.domain.weighing import Weighed, is_weighed, weigh
from applications.forms import answers
from applications.forms.layout import layout
from applications.models import Application, Evidence
from applications.models.assessment import Assessment
from core.fields import plain
from core.refusals import Refused
from jurisdictions.policy.forms import Condition
from rounds import clock
from rounds.facts import facts_for_many
from rounds.models import Entry, RoundStage, StageEntry

CONDITIONS = "conditions"
POINTS = ("procedure", "completeness", "conformity", "truth", "accuracy", "legality")
COMPUTED = (
    "computed",
    "facts",
    "unknown",
    "grounds",
    "postponed",
    "computed_at",
    "finding",
    "note",
    "evidence",
    "by",
    "at",
    "position",
    "article",
)
Picks = Callable[[Condition], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """What a person found of one point."""

    finding: str
    note: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Point:
    """One point as it should stand: its place, its article and what was computed."""

    point: str
    key: str
    article: str
    weighed: Weighed


def compute(
    stage: RoundStage,
    stage_entries: list[StageEntry],
    points: Iterable[str],
    picks: Picks = is_weighed,
    later: frozenset[str] = frozenset(),
) -> None:
    """Make or renew the points of these entries of one stage. A finding made on other facts falls; a constant number of queries.

    ``later``: facts (``check.<key>``) that later stages establish; a condition that lacks only these is left to them.
    """
    if not stage_entries:
        return
    wanted = list(points)
    before = {(row.stage_entry_id, row.key): row for row in Assessment.objects.filter(stage_entry__in=stage_entries)}
    now, fresh, changed = clock.now(stage.round), [], []
    for row, laid_out in _lay_out(stage, stage_entries, wanted, picks):
        for position, point in enumerate(laid_out):
            known = before.pop((row.pk, point.key), None)
            if known is None:
                fresh.append(_renewed(Assessment(stage_entry=row, key=point.key), point, position, now, later))
            elif _differs(known, point, position):
                changed.append(_renewed(known, point, position, now, later))
    Assessment.objects.bulk_create(fresh, batch_size=500)
    Assessment.objects.bulk_update(changed, COMPUTED, batch_size=500)
    if before:
        Assessment.objects.filter(pk__in=[row.pk for row in before.values()]).delete()


def pending(stage: RoundStage, entries: Iterable[int] | None = None) -> list[StageEntry]:
    """Entries that wait in the stage, in their order, with organisation and round at hand."""
    rows = StageEntry.objects.filter(stage=stage).pending().select_related("entry__organisation").order_by("id")
    if entries is not None:
        rows = rows.filter(entry__in=list(entries))
    return at_hand(stage, rows)


def at_hand(stage: RoundStage, rows: Iterable[StageEntry]) -> list[StageEntry]:
    """The rows with the stage and its round set, so that nothing is read twice."""
    found = list(rows)
    for row in found:
        row.stage, row.entry.round = stage, stage.round
        row.entry._state.fields_cache.pop("application", None)  # it may have changed since it was read
    return found


def write(row: StageEntry, given: Mapping[str, Found], *, actor: User, may_leave: bool = False) -> list[Assessment]:
    """Write what a person found of an entry's points. Refused: an unknown point, a finding that must say why and does not."""
    return write_many([row], {row.pk: given}, actor=actor, may_leave=may_leave)[row.entry_id]


def write_many(
    rows: list[StageEntry], given: Mapping[int, Mapping[str, Found]], *, actor: User, may_leave: bool = False
) -> dict[int, list[Assessment]]:
    """The same for rows of one stage: ``{stage entry id: {key: found}}``. Returns what changed by entry id. Two queries."""
    points = Assessment.objects.select_for_update(of=("self",)).filter(stage_entry__in=rows).order_by("pk")
    known = {(point.stage_entry_id, point.key): point for point in points}
    stage = rows[0].stage
    now = clock.now(stage.round)
    changed: dict[int, list[Assessment]] = {}
    for row in rows:
        for key, found in given[row.pk].items():
            if (row.pk, key) not in known:
                raise Refused("point_not_asked", article=stage.article, point=key)
            point = _found(known[row.pk, key], found, actor, now, may_leave)
            changed.setdefault(row.entry_id, []).append(point)
    flat = [point for one in changed.values() for point in one]
    Assessment.objects.bulk_update(flat, ("finding", "note", "evidence", "by", "at"), batch_size=500)
    return {row.entry_id: changed.get(row.entry_id, []) for row in rows}


def check_finding(
    finding: str, computed: bool | None, note: str, *, article: str, field: str, may_leave: bool = False
) -> None:
    """A finding is one of those allowed, and says why where it was not computed so. Raises ``Refused``."""
    allowed = {"met", "not_met", *(["left"] if may_leave else [])}
    if finding not in allowed:
        raise Refused("finding_unknown", article=article, field=field)
    agrees = (finding == "met" and computed is True) or (finding == "not_met" and computed is False)
    if not agrees and not note.strip():
        code = "unknown_needs_note" if computed is None else "contrary_needs_note"
        raise Refused(code, article=article, field=field)


def _found(row: Assessment, found: Found, actor: User, now: Any, may_leave: bool) -> Assessment:
    check_finding(found.finding, row.computed, found.note, article=row.article, field=row.key, may_leave=may_leave)
    row.finding, row.note, row.evidence = found.finding, found.note.strip(), found.evidence.strip()
    row.by, row.at = actor, now
    return row


def _lay_out(
    stage: RoundStage, rows: list[StageEntry], points: list[str], picks: Picks
) -> Iterable[tuple[StageEntry, list[Point]]]:
    entries = [row.entry for row in at_hand(stage, rows)]
    facts = facts_for_many(entries)
    lasted = procedure.of_entries(stage, entries) if "procedure" in points else {}
    papers = _papers(stage, entries, facts) if "completeness" in points else {}
    rules = stage.round.rules
    for row in rows:
        found: list[Point] = []
        for condition in rules.conditions_for(row.entry.prize) if CONDITIONS in points else ():
            weighed = weigh(condition, facts[row.entry_id]) if picks(condition) else None
            if weighed is not None:
                found.append(Point(CONDITIONS, condition.key, condition.article, weighed))
        for name in (name for name in POINTS if name in points):
            weighed = {"procedure": lasted, "completeness": papers}.get(name, {}).get(row.entry_id, Weighed(None))
            found.append(Point(name, f"point-{name}", stage.article, weighed))
        yield row, found


def _papers(stage: RoundStage, entries: list[Entry], facts: Mapping[int, Any]) -> dict[int, Weighed]:
    """Completeness: every question that must be answered is, every file that must be there is. Two queries."""
    ids = [entry.pk for entry in entries]
    given = dict(Application.objects.filter(entry__in=ids).values_list("entry_id", "answers"))
    files: dict[int, Counter[str]] = {}
    for entry, key in Evidence.objects.filter(application__in=ids, removed_at=None).values_list(
        "application_id", "field"
    ):
        files.setdefault(entry, Counter())[key] += 1
    today, rules = clock.today(stage.round), stage.round.rules
    result = {}
    for one in entries:
        form, written = layout(rules, one.prize), given.get(one.pk, {})
        answered = answers.understand(form, written, facts[one.pk], today)
        absent = [problem.field for problem in answers.problems(form, written, answered, files.get(one.pk, {}), today)]
        result[one.pk] = Weighed(not absent, {"missing": absent})
    return result


def _renewed(row: Assessment, point: Point, position: int, now: Any, later: frozenset[str]) -> Assessment:
    weighed = point.weighed
    row.point, row.position, row.article, row.computed_at = point.point, position, point.article, now
    if row.computed is not weighed.value and row.finding:
        row.finding, row.note, row.evidence, row.by, row.at = "", "", "", None, None
    row.computed, row.facts, row.unknown, row.grounds = (
        weighed.value,
        plain(weighed.read),
        list(weighed.unknown),
        weighed.grounds,
    )
    row.postponed = weighed.value is None and bool(weighed.unknown) and set(weighed.unknown) <= later
    return row


def _differs(row: Assessment, point: Point, position: int) -> bool:
    weighed = point.weighed
    stands = (row.computed, row.facts, row.unknown, row.grounds, row.position, row.article)
    return stands != (
        weighed.value,
        plain(weighed.read),
        list(weighed.unknown),
        weighed.grounds,
        position,
        point.article,
    )
