"""The address to go back to is a path of ours, or none."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from core.pages import back


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("/desk/?a=b", "/desk/?a=b"), ("true", "/d/"), ("", "/d/"), ("//evil.example/", "/d/"), ("https://evil.example/", "/d/"),
        ("javascript:alert(1)", "/d/"), ("/\\evil.example", "/d/"),
    ],
)  # fmt: skip
def test_only_a_path_of_ours(given: str, expected: str) -> None:
    assert back(RequestFactory().post("/", {"next": given}), "/d/") == expected
