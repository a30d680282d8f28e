"""Tests that commit empty every table afterwards; the triggers that keep evidence would refuse that, so they let this one act pass."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection

TABLES = ("audit_auditevent", "audit_auditcheckpoint")
_STATEMENT = {
    "postgresql": "ALTER TABLE {table} DISABLE TRIGGER {table}_not_emptied",
    "sqlite": "DROP TRIGGER IF EXISTS {table}_no_delete",
}
_STANDS = {
    "postgresql": "SELECT 1 FROM pg_trigger WHERE tgname = %s",
    "sqlite": "SELECT 1 FROM sqlite_master WHERE name = %s",
}


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: Any, django_db_blocker: Any) -> None:
    """After the database of the tests is made: it may be emptied, nothing more."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(_STANDS[connection.vendor], [f"{table}_not_emptied"])
            if connection.vendor == "sqlite" or cursor.fetchone():
                cursor.execute(_STATEMENT[connection.vendor].format(table=table))
