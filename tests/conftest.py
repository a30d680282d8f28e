"""What every test may use: a jurisdiction with its policy, people in every role, a rehearsal round taken to any stage."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.utils import translation
from django_scopes import scope, scopes_disabled

from core.requirements import table
from jurisdictions.models import PolicyDocument
from tests import worlds
from tests.evidence import django_db_setup  # noqa: F401 - lets committing tests empty the audit tables


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A requirement marker must name a row that exists. Browser tests are the longest and come first: one worker begins with them, the other
    with the rest, whose worlds it keeps, and takes over what is left of them (``--dist worksteal``).
    """
    items.sort(key=lambda item: "/e2e/" not in item.path.as_posix())
    known = {row.id for row in table()}
    for item in items:
        for marker in item.iter_markers("requirement"):
            unknown = set(marker.args) - known
            if unknown:
                raise pytest.UsageError(f"{item.nodeid}: unknown requirement {unknown}")


@pytest.fixture(autouse=True)
def _no_language_left_over() -> Iterator[None]:
    """A page opened by the test client leaves its reader's language active in the thread: each test starts with none."""
    translation.deactivate()
    yield
    translation.deactivate()


@pytest.fixture
def load(db: None) -> Callable[[str], PolicyDocument]:
    """``load("<policy file's name>")``: the jurisdiction, its bodies and its policy, from ``fixtures/policies``."""
    return worlds.load


@pytest.fixture
def world(db: None) -> Iterator[worlds.World]:
    """People in every role and a rehearsal round, opened, inside the scope of its jurisdiction."""
    built = worlds.build("wenling-2023", year=2025)
    with scope(jurisdiction=built.jurisdiction):
        yield built


@pytest.fixture
def unscoped() -> Iterator[None]:
    """For tests that look across jurisdictions."""
    with scopes_disabled():
        yield
