"""Rounds of the policies, with entries before any stage; inside the scope of their jurisdiction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from django_scopes import scope

from tests.reviews import bench as benches
from tests.reviews.bench import Bench


@pytest.fixture
def bench(db: None) -> Iterator[Callable[..., Bench]]:
    """``bench("yiwu-2020", entries=6)``."""
    with ExitStack() as stack:

        def make(name: str, **wanted: object) -> Bench:
            made = benches.make(name, **wanted)  # type: ignore[arg-type]
            stack.enter_context(scope(jurisdiction=made.document.jurisdiction))
            return made

        yield make
