"""Casting holds a shared lock on the poll, closing the exclusive one.

Row locks would let a stream of voters starve the close. PostgreSQL's advisory locks queue fairly and end with the transaction; on SQLite a
writing transaction is alone anyway.
"""

from __future__ import annotations

from django.db import connection

#: "VOTE": keeps our advisory locks apart from others'.
SPACE = 0x564F5445


def share(poll_id: int) -> None:
    """Held by everybody who casts, until the transaction ends."""
    _lock("pg_advisory_xact_lock_shared", poll_id)


def exclude(poll_id: int) -> None:
    """Waits for everybody who is casting and keeps others out, until the transaction ends."""
    _lock("pg_advisory_xact_lock", poll_id)


def _lock(function: str, poll_id: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [SPACE, poll_id % 2**31])
