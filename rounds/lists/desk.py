"""What waits for the office: its to-dos and what holds stages up, of every running round, as one list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import django_filters
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from core.lists import Column, Gathered, List, Mark, Pick, Words
from jurisdictions.models import Role
from rounds import agenda
from rounds.kinds import Blocker
from rounds.lists.names import round_name
from rounds.models import RoundStage
from rounds.todos import Waiting

TONES = {"late": "late", "today": "soon", "week": "busy", "later": "calm"}


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the desk. ``now``: the present by the clock of its round; ``pk``: its place in the order of urgency."""

    waiting: Waiting | None
    stage: RoundStage | None
    text: str
    url: str
    article: str
    count: int
    due: dt.datetime | None
    now: dt.datetime
    urgency: str
    role: str = ""
    holds: bool = False
    pk: int = 0

    @property
    def round(self) -> Any:
        return self.stage.round if self.stage else self.waiting.round if self.waiting else None

    @property
    def round_name(self) -> str:
        return round_name(self.round)

    @property
    def stage_name(self) -> str:
        return str(self.stage.name) if self.stage else ""

    @property
    def whose(self) -> str:
        """Who does it; what merely holds a stage up waits for others."""
        return str(Role(self.role).label) if self.role in Role.values else str(_now("Others"))


def tasks(waiting: Iterable[Waiting], held_up: Mapping[RoundStage, Sequence[Blocker]], now: dt.datetime) -> list[Task]:
    """To-dos, and what holds their stages up; most urgent first. What is both is one line."""
    found = [_task(row, now) for row in waiting]
    for stage, blockers in held_up.items():
        for blocker in blockers:
            same = [n for n, task in enumerate(found) if task.stage == stage and _same(task, blocker)]
            for n in same:
                found[n] = replace(found[n], holds=True)
            if not same:
                found.append(_held(stage, blocker, now))
    order = list(agenda.URGENCIES)
    found.sort(key=lambda task: (order.index(task.urgency), task.due or now, -(task.round.year if task.round else 0)))
    return [replace(task, pk=n) for n, task in enumerate(found, start=1)]


def _same(task: Task, blocker: Blocker) -> bool:
    if task.waiting is None:
        return False
    code = task.waiting.todo.code
    return code == blocker.code or (code == blocker.todo and task.url == blocker.url)


def _task(row: Waiting, now: dt.datetime) -> Task:
    todo = row.todo
    return Task(
        row, row.stage, str(todo.text), todo.url, todo.article, todo.count, todo.due, row.moment(now), agenda.urgency(row, now), todo.role
    )  # fmt: skip


def _held(stage: RoundStage, blocker: Blocker, now: dt.datetime) -> Task:
    moment, text = now + stage.round.clock_offset, str(blocker.text)
    urgency = agenda.urgency_of(stage.deadline, moment)
    return Task(
        None, stage, text, blocker.url, blocker.article, blocker.count, stage.deadline, moment, urgency, holds=True
    )


def _what(row: Task, listing: List) -> Any:
    """What to do, how many it touches, on what ground."""
    link = format_html('<a class="fw-bold" href="{}">{}</a>', row.url, row.text) if row.url else row.text
    number = (
        format_html(' <span class="badge bg-secondary text-secondary-fg">{}</span>', row.count) if row.count > 1 else ""
    )
    if not row.article:
        return format_html("{}{}", link, number)
    rules = row.round.rules if row.round else ""
    return format_html("{}{} {}", link, number, listing.component("article", number=row.article, rules=rules))


def _due(row: Task, listing: List) -> Any:
    """The deadline with how urgent it is, in words."""
    if row.due is None:
        return "—"
    mark = listing.component("status", status=TONES[row.urgency], label=str(agenda.URGENCIES[row.urgency]))
    return format_html("{} {}", mark, listing.component("deadline", moment=row.due, now=row.now))


class Desk(Gathered):
    """What waits for the office. Context: ``stages`` (the open ones), ``every`` (all tasks, to know what can be chosen)."""

    key = "rounds.desk"
    caption = _("What waits for the office")
    nothing_yet = _("Nothing waits for the office.")
    export_name = "desk"
    columns = (
        Column("what", _("To do"), "text", sort="text", show=_what),
        Column("count", _("Number"), sort="count", numeric=True, chosen=False),
        Column("round", _("Round"), "round_name", sort="round.year", nullable=True),
        Column("stage", _("Stage"), "stage_name", sort="stage.position", nullable=True),
        Column("due", _("Due"), sort="due", nullable=True, show=_due),
        Column("urgency", _("Urgency"), lambda row: agenda.URGENCIES[row.urgency], sort="pk", chosen=False),
        Column("whose", _("Whose task"), "whose", sort="whose"),
        Column("holds", _("Holds its stage up"), sort="holds"),
        Column("article", _("Article"), chosen=False),
    )

    def get_filters(self) -> Mapping[str, django_filters.Filter]:
        """By urgency, round, stage, whose it is, words."""
        rows: Sequence[Task] = list(self.base)
        rounds = {str(row.round.pk): row.round_name for row in rows if row.round}
        stages = {str(s.pk): f"{s.round.year} · {s.name}" for s in self.context["stages"]}
        stages |= {str(row.stage.pk): f"{row.round_name} · {row.stage_name}" for row in rows if row.stage}
        roles = (*((role, Role(role).label) for role in ("office", "office_head")), ("others", _("Others")))
        return {
            "q": Words(lambda row: row.text, label=_("Words of the task")),
            "due": Pick(lambda row: row.urgency, tuple(agenda.URGENCIES.items()), label=_("Due")),
            "round": Pick(lambda row: row.round.pk if row.round else "", tuple(rounds.items()), label=_("Round")),
            "stage": Pick(lambda row: row.stage.pk if row.stage else "", tuple(stages.items()), label=_("Stage")),
            "whose": Pick(lambda row: row.role if row.role in dict(roles) else "others", roles, label=_("Whose task")),
            "holds": Mark(lambda row: row.holds, label=_("Only what holds a stage up")),
        }
