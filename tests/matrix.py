"""The authorisation matrix: what each role gets on each page. Apps keep their rows in ``tests/<app>/matrix.py``:

``MATRIX``: ``{url name: {role: status of a GET}}`` (405: the address takes posts only; a role left out gets ``MATRIX[...]["*"]``), and
``kwargs(world)``: ``{url name: keyword arguments}``.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Iterator
from types import ModuleType
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from awards.demo import _People
from config.settings.apps import HOUSE
from jurisdictions.models import Body, Jurisdiction, Role
from tests.worlds import World

ROLES = (
    "anonymous", "applicant", "other_applicant", "office", "office_head", "recommender", "department", "reviewer", "committee",
    "teller", "supervisor", "approver", "other_office",
)  # fmt: skip


#: The policy whose round the rows speak of.
POLICY = "wenling-2023"
#: No object has this key.
NONE_SUCH = 2**40


def addresses() -> Iterator[str]:
    """``app:name`` of every address of our own apps."""
    yield from _walk(get_resolver().url_patterns, "")


def _walk(patterns: list[Any], app: str) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            name = pattern.app_name or app
            if name in ("", *HOUSE):
                yield from _walk(pattern.url_patterns, name)
        elif isinstance(pattern, URLPattern) and app in HOUSE:
            yield f"{app}:{pattern.name}"


def pages() -> set[str]:
    """The addresses that somebody may open: all but those that take posts only."""
    tables = (getattr(_rows_of(app), "MATRIX", {}) for app in HOUSE)
    return {name for table in tables for name, statuses in table.items() if set(statuses.values()) - {302, 405}}


def _rows_of(app: str) -> ModuleType | None:
    with contextlib.suppress(ModuleNotFoundError):
        return importlib.import_module(f"tests.{app}.matrix")
    return None


def pk_of(thing: Any) -> int:
    """The key of an object, or one that no object has where this state of a round knows none."""
    return thing.pk if thing else NONE_SUCH


def in_state(
    state: str, expected: dict[str, dict[str, int]], arguments: dict[str, dict[str, Any]]
) -> dict[str, dict[str, int]]:
    """The rows while a round is not finished: an app's ``STATES[state]`` says what differs; what is not there yet is nobody's (404).

    Only pages of an object of the round: the others, and those that take posts only, answer the same in every state.
    """
    found, differing = dict(expected), dict[str, dict[str, int]]()
    for name, statuses in expected.items():
        if NONE_SUCH in arguments.get(name, {}).values():
            found[name] = {role: 404 if status in (200, 403) else status for role, status in statuses.items()}
    for app in HOUSE:
        differing |= getattr(_rows_of(app), "STATES", {}).get(state, {})
    found |= {name: {**found[name], **row} for name, row in differing.items()}
    objects = {name for name, row in found.items() if len(arguments.get(name, {})) > 1 and set(row.values()) != {405}}
    return {name: found[name] for name in objects | set(differing)}


def rows(world: World) -> tuple[dict[str, dict[str, int]], dict[str, dict[str, Any]]]:
    """The rows and the arguments of every app."""
    matrix: dict[str, dict[str, int]] = {}
    arguments: dict[str, dict[str, Any]] = {}
    for module in filter(None, map(_rows_of, HOUSE)):
        matrix |= module.MATRIX
        arguments |= module.kwargs(world)
    return matrix, arguments


def people(world: World, other: Jurisdiction) -> dict[str, User | None]:
    """One person per role, with real memberships, and the office of another jurisdiction."""
    here, there = _People(world.jurisdiction), _People(other)
    bodies = Body.objects.filter(jurisdiction=world.jurisdiction, kind="town").order_by("pk")
    body = bodies.exclude(charges__stage_entry__entry=world.entry).first()  # not its own
    strangers = [c.owner for c in world.ctx.candidates if c.organisation.pk != world.entry.organisation_id]
    return {
        "anonymous": None,
        "applicant": world.applicant,
        "other_applicant": strangers[-1],
        "office": here.make("m-office", "经办", Role.OFFICE),
        "office_head": here.make("m-head", "负责人", Role.OFFICE_HEAD),
        "recommender": here.make("m-recommender", "推荐", Role.RECOMMENDER, body=body),
        "department": here.make("m-department", "部门", Role.DEPARTMENT, body=body),
        "reviewer": here.make("m-reviewer", "评审员", Role.REVIEWER),
        "committee": here.make("m-committee", "委员", Role.COMMITTEE, organ="committee"),
        "teller": here.make("m-teller", "计票", Role.TELLER),
        "supervisor": here.make("m-supervisor", "监督", Role.SUPERVISOR),
        "approver": here.make("m-approver", "审定", Role.APPROVER),
        "other_office": there.make("m-office", "外地经办", Role.OFFICE_HEAD),
    }
