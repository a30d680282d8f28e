"""``with refused("code", article="20"):`` the act is refused for that reason and cites that article."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

import pytest

from core.refusals import Refused


@contextlib.contextmanager
def refused(code: str, *, article: str | None = None) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """Fails unless the block raises ``Refused`` with this code (and article)."""
    with pytest.raises(Refused) as caught:
        yield caught
    assert caught.value.code == code, f"{caught.value.code}: {caught.value}"
    if article is not None:
        assert caught.value.article == article
