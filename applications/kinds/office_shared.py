"""What the stage kinds of the office's side have in common: their to-dos, their blockers, their addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from applications.domain.owning import bodies_of_kinds
from applications.queries import office as queries
from core import formats
from rounds import clock, counting
from rounds.kinds import Blocker, Todo
from rounds.readers import EVERYBODY, Reader

if TYPE_CHECKING:
    from rounds.models import RoundStage


def link(name: str, stage: RoundStage) -> str:
    """The address of a page of the stage."""
    return reverse(f"applications:{name}", args=[stage.round.jurisdiction.code, stage.pk])


def no_body(stage: RoundStage, kinds: Iterable[str]) -> list[Blocker]:
    """There must be somebody to act: a body of one of the kinds."""
    if bodies_of_kinds(stage, kinds):
        return []
    return [
        Blocker(
            "no_body", stage.article, _("No department, town, association or office is entered that could act here.")
        )
    ]


def body_todos(stage: RoundStage, text: str, reader: Reader = EVERYBODY) -> Iterator[Todo]:
    """For each body its waiting entries; for the office those without a body, and after the deadline who is late."""
    late = stage.deadline is not None and stage.deadline < clock.now(stage.round)
    if reader.office:
        waiting, lost = _bodies(stage)
    else:
        waiting, lost = queries.waiting_by_body(stage, reader) if reader.a_body else [], 0
    for body, _name, count in waiting:
        yield Todo(
            "own_entries_wait", stage.article, text, link("own", stage), count=count, due=stage.deadline, body_id=body
        )
    if lost:
        yield Todo(
            "assign_body", stage.article, _("Put applications into a body's hands: none was found for them"), link("own_overview", stage),
            count=lost, role="office",
        )  # fmt: skip
    if late and waiting:
        words = _("Bodies are late in “{stage}”").format(stage=stage.name)
        yield Todo(
            "bodies_late",
            stage.article,
            words,
            link("own_overview", stage),
            len(waiting),
            stage.deadline,
            role="office",
        )


def _bodies(stage: RoundStage) -> tuple[list[tuple[int, str, int]], int]:
    """What waits with each body, and how many entries have none; counted once a page."""
    hands = counting.kept(stage, "in_hands", lambda: queries.in_hands(stage))
    if hands.waiting or hands.lost:
        counting.kept(stage, "has_pending", lambda: True)
    return hands.waiting, hands.lost


def body_blockers(stage: RoundStage) -> list[Blocker]:
    """Entries that no body has settled hold the stage up."""
    found, url = [], link("own_overview", stage)
    waiting, lost = _bodies(stage)
    if waiting:
        names = formats.listed(formats.with_note(name, count) for _body, name, count in waiting)
        late = stage.deadline is not None and stage.deadline < clock.now(stage.round)
        text = _("Overdue: {bodies}") if late else _("Not settled yet: {bodies}")
        total = sum(count for _body, _name, count in waiting)
        found.append(Blocker("own_entries_wait", stage.article, text.format(bodies=names), url, total))
    if lost:
        text = _("No body was found for {count} applications.").format(count=lost)
        found.append(Blocker("assign_body", stage.article, text, url, lost))
    return found


def point_blockers(stage: RoundStage, page: str) -> list[Blocker]:
    """Points that are neither computed nor found: staff must settle them."""
    points, entries = _undecided(stage)
    found = []
    if points:
        text = _("{points} points of {entries} applications are undecided.").format(points=points, entries=entries)
        found.append(
            Blocker(
                "points_open",
                stage.article,
                text,
                f"{link(page, stage)}?state=undecided",
                entries,
                todo="settle_points",
            )
        )
    for key, count in _missing(stage).items():
        check = stage.round.rules.check(key)
        text = _("“{check}” is not established for {count} applications.").format(check=check.label, count=count)
        found.append(Blocker("checks_open", check.article, text, link(page, stage), count, todo="establish_facts"))
    return found


def consultation_blockers(stage: RoundStage) -> list[Blocker]:
    """Nobody asked yet, or answers still awaited."""
    consult = stage.spec.consult
    if consult is None:
        return []
    state, url, found = _asked(stage), link("consultation", stage), []
    if state.unasked:
        text = _("No body has been asked about {count} applications.").format(count=state.unasked)
        found.append(Blocker("unasked", consult.article, text, url, state.unasked, todo="ask_bodies"))
    if state.unanswered:
        late = state.overdue == state.unanswered and consult.silence.value != "blocks"
        text = (
            _("Time is over for {count} answers: take over what silence means.")
            if late
            else _("{count} answers are awaited.")
        )
        todo = "take_over_silence" if state.overdue else ""
        words = text.format(count=state.unanswered)
        found.append(Blocker("unanswered", consult.article, words, url, state.unanswered, todo=todo))
    return found


def _undecided(stage: RoundStage) -> tuple[int, int]:
    return counting.kept(stage, "undecided", lambda: queries.undecided_points(stage))


def _missing(stage: RoundStage) -> dict[str, int]:
    keys = getattr(stage.spec, "checks", [])
    return counting.kept(stage, "missing", lambda: queries.missing_checks(stage, keys))


def _asked(stage: RoundStage) -> queries.Asked:
    return counting.kept(stage, "asked", lambda: queries.consultation_state(stage))


def consultation_todos(stage: RoundStage, reader: Reader = EVERYBODY) -> Iterator[Todo]:
    """For each body asked its open questions; for the office what is to be asked or taken over."""
    consult = stage.spec.consult
    if consult is None:
        return
    code = stage.round.jurisdiction.code
    for row in queries.questions_by_body(stage, reader) if reader.a_body else ():
        yield Todo(
            "answer_questions", consult.article, _("Answer about applications: {stage}").format(stage=stage.name),
            reverse("applications:consultations", args=[code]), count=row["open"], due=row["due"], body_id=row["body"],
        )  # fmt: skip
    if not reader.office:
        return
    state = _asked(stage)
    if state.unasked:
        yield Todo(
            "ask_bodies",
            consult.article,
            _("Ask bodies about applications"),
            link("consultation", stage),
            count=state.unasked,
            role="office",
        )
    if state.overdue:
        yield Todo(
            "take_over_silence",
            consult.article,
            _("Answers are overdue"),
            link("consultation", stage),
            count=state.overdue,
            role="office",
        )


def point_todos(stage: RoundStage, page: str) -> Iterator[Todo]:
    """For the office: points to settle."""
    points, _entries = _undecided(stage)
    if points:
        text = _("Settle undecided points: {stage}").format(stage=stage.name)
        yield Todo(
            "settle_points",
            stage.article,
            text,
            f"{link(page, stage)}?state=undecided",
            count=points,
            due=stage.deadline,
            role="office",
        )
    missing = sum(_missing(stage).values())
    if missing:
        text = _("Establish facts: {stage}").format(stage=stage.name)
        yield Todo(
            "establish_facts", stage.article, text, link(page, stage), count=missing, due=stage.deadline, role="office"
        )
