"""Every test of this folder runs inside no tenant's scope of its own: worlds are small, and pages enter theirs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django_scopes import scopes_disabled


@pytest.fixture(autouse=True)
def _unscoped() -> Iterator[None]:
    with scopes_disabled():
        yield
