"""Chains for tests; and the way past the triggers that a test database needs to be emptied."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from django.db import connection, transaction

from audit import log

guards = import_module("audit.migrations.0002_evidence_stands")


class Author:
    """An actor whose name the log keeps."""

    pk = "7"


def append(count: int = 5, scope: str = "chain") -> list[Any]:
    with transaction.atomic():
        return [
            log.record(
                "thing.done", scope=scope, actor=Author(), subject=f"app.Thing:{n}", article="3", round_id=1,
                facts={"n": n, "text": "一", "at": "2026-01-02", "list": [1, {"b": 2, "a": None}]}, personal={"name": "x"},
            )
            for n in range(count)
        ]  # fmt: skip


def run(sql: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)


def guarded() -> bool:
    """Whether the triggers stand."""
    catalogue = (
        "SELECT count(*) FROM pg_trigger WHERE tgname LIKE 'audit_auditevent_%%'"
        if connection.vendor == "postgresql"
        else "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'audit_auditevent_%%'"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue)
        return bool(cursor.fetchone()[0])


def set_guards(standing: bool) -> None:
    """Put the triggers up or take them down, as the migration does."""
    if guarded() != standing:
        with connection.schema_editor() as editor:
            (guards.forwards if standing else guards.backwards)(None, editor)
