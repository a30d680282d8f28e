"""People, jurisdictions and bodies for the tests of this app."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django_scopes import scope

from accounts.models import User
from core.refusals import Refused
from jurisdictions import roles
from jurisdictions.models import Body, Jurisdiction, Membership

_number = itertools.count(1)


def make_jurisdiction(code: str = "") -> Jurisdiction:
    code = code or f"city-{next(_number)}"
    return Jurisdiction.objects.create(code=code, name_zh=f"{code}市", name_en=code)


def make_user(**extra: Any) -> User:
    number = next(_number)
    return User.objects.create_user(f"person{number}@example.org", name=f"Person {number}", **extra)


def make_superuser() -> User:
    return make_user(is_superuser=True)


def make_body(jurisdiction: Jurisdiction, **extra: Any) -> Body:
    number = next(_number)
    with scope(jurisdiction=jurisdiction):
        return Body.objects.create(
            jurisdiction=jurisdiction, key=f"body-{number}", kind="department", name_zh=f"部门{number}", **extra
        )


def give(user: User, role: str, jurisdiction: Jurisdiction, **extra: Any) -> Membership:
    """The role, given by a superuser."""
    return roles.begin(actor=make_superuser(), user=user, role=role, jurisdiction=jurisdiction, **extra)


@contextmanager
def refused(code: str) -> Iterator[pytest.ExceptionInfo[Refused]]:
    """Expects a refusal of that code, and that it has a sentence."""
    with pytest.raises(Refused) as refusal:
        yield refusal
    assert refusal.value.code == code
    assert str(refusal.value)
