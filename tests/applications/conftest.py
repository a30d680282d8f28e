"""A small round that takes applications."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django_scopes import scope

from tests.applications.ground import Ground, lay


@pytest.fixture
def ground(db: None) -> Iterator[Ground]:
    """The small jurisdiction, inside its scope."""
    found = lay()
    with scope(jurisdiction=found.jurisdiction):
        yield found
