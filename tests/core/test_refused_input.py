"""What the database cannot keep, and no form has checked, is told on a page; other errors stay errors."""

from __future__ import annotations

import pytest
from django.db import DataError
from django.test import RequestFactory

from core.refusals import RefusalMiddleware, cannot_be_kept


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (DataError("value too long for type character varying(80)"), True),
        (ValueError("A string literal cannot contain NUL (0x00) characters."), True),
        (ValueError("Field 'id' expected a number but got 'x'."), True),
        (ValueError("not enough values to unpack"), False),
        (KeyError("x"), False),
    ],
)
def test_only_input_that_cannot_be_kept(error: Exception, told: bool) -> None:
    assert cannot_be_kept(error) is told
    if not told:
        assert RefusalMiddleware(lambda _request: None).process_exception(RequestFactory().get("/"), error) is None
