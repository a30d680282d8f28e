"""Worlds kept as they were: what took seconds to play is copied back into the database the next time a test asks for it.

Only PostgreSQL, and only where nothing else stands in the database than what was there when the copy was taken. Sequences never go back within
a run, so rows that are copied back cannot meet the keys of others.
"""

from __future__ import annotations

import copy
import io
from collections.abc import Callable, Iterable, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import connection

T = TypeVar("T")
#: Whoever makes a world makes these first.
FIRST = ("jurisdictions_jurisdiction", "accounts_user")
READS = ("SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "SET", "SHOW", "DECLARE", "FETCH", "CLOSE", "EXPLAIN")


@dataclass(frozen=True)
class Snapshot:
    """The tables that differ from a fresh database, in PostgreSQL's own text form, and what the maker gave back."""

    tables: Mapping[str, bytes]
    result: Any


class _Writes:
    """Counts the statements of this connection that change something."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        self.count += not sql.lstrip(" (\n").upper().startswith(READS)
        return execute(sql, params, many, context)


_writes = _Writes()
_kept: dict[tuple[Any, ...], Snapshot] = {}
_fresh: dict[str, bytes] = {}
_ground: list[tuple[int, int]] = []


def writes() -> int:
    """How often this connection has changed something so far."""
    if _writes not in connection.execute_wrappers:
        connection.execute_wrappers.append(_writes)
        _writes.count += 1
    return _writes.count


def fresh() -> bool:
    """Whether no test has put anybody or any jurisdiction into the database yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + " OR ".join(f"EXISTS (SELECT FROM {table})" for table in FIRST))
        return not cursor.fetchone()[0]


def world(key: tuple[Any, ...], make: Callable[[], T]) -> T:
    """What ``make()`` gives and writes; from the second time on copied. ``key``: everything that it depends on, what stands already included.

    Not for tests that commit: there, what waits for the commit is done as well, and the database is emptied afterwards, kinds of content and
    permissions included, which come back with other keys; what was kept before then is worth nothing.
    """
    if connection.vendor != "postgresql" or not connection.in_atomic_block:
        return make()
    _forget_if_emptied()
    if key in _kept:
        _put_back(_kept[key].tables)
        writes()
        return copy.deepcopy(_kept[key].result)
    if not _fresh and fresh():
        _fresh.update(_tables(_full()))
    result = make()
    if _fresh:
        now = _tables(_full())
        changed = {name: rows for name, rows in now.items() if _fresh.get(name) != rows}
        _kept[key] = Snapshot(changed, copy.deepcopy(result))
    return result


def _forget_if_emptied() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT (SELECT max(id) FROM django_content_type), (SELECT max(id) FROM auth_permission)")
        ground = cursor.fetchone()
    if _ground != [ground]:
        _ground[:] = [ground]
        _kept.clear()
        _fresh.clear()


def _full() -> list[str]:
    """The tables that have rows."""
    names = connection.introspection.table_names()
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"(SELECT '{name}' FROM \"{name}\" LIMIT 1)" for name in names))
        return [name for (name,) in cursor.fetchall()]


def _tables(names: Iterable[str]) -> dict[str, bytes]:
    with connection.cursor() as cursor:
        return {name: _text(cursor, name) for name in names}


def _text(cursor: Any, name: str) -> bytes:
    buffer = io.BytesIO()
    cursor.copy_expert(f'COPY "{name}" TO STDOUT', buffer)
    return buffer.getvalue()


def _put_back(tables: Mapping[str, bytes]) -> None:
    """Make the database what it was when the copy was taken."""
    over = [name for name in _full() if name in tables or name not in _fresh]
    with connection.cursor() as cursor, _unguarded(cursor):
        for name in over:
            cursor.execute(f'DELETE FROM "{name}"')
        for name, rows in tables.items():
            cursor.copy_expert(f'COPY "{name}" FROM STDIN', io.BytesIO(rows))


@contextmanager
def _unguarded(cursor: Any) -> Any:
    """Without the triggers: the rows were checked when they were made."""
    cursor.execute("SET session_replication_role = replica")
    try:
        yield
    finally:
        cursor.execute("SET session_replication_role = DEFAULT")
