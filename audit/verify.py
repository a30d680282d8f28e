"""Checking a chain. Shares no code with what writes it: own reading (plain SQL), own spelling, own hashes, own keys.

verify("some-code") -> Report(scope, events, verified, problems)
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from django.db import connection

_COLUMNS = (
    "scope", "sequence", "at", "legal_at", "actor_id", "act", "article", "round_id", "subject", "facts",
    "personal_commitment", "previous_hash", "hash",
)  # fmt: skip
_START = "0" * 64
_CHINA = dt.timezone(dt.timedelta(hours=8))
_BATCH = 2000


@dataclass
class Report:
    """What was found in one chain."""

    scope: str
    events: int = 0
    checkpoints: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def verified(self) -> bool:
        """Nothing is wrong."""
        return not self.problems


def scopes() -> list[str]:
    """Every chain that has events, a head or a checkpoint."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for table in ("audit_auditevent", "audit_audithead", "audit_auditcheckpoint"):
            cursor.execute(f"SELECT DISTINCT scope FROM {table}")  # noqa: S608 - constant names
            found.update(row[0] for row in cursor.fetchall())
    return sorted(found)


def verify(scope: str, public_key: str = "") -> Report:
    """Check the chain of ``scope``: gaps, links, each hash, the head, the checkpoints' signatures.

    ``public_key``: PEM of the Ed25519 key that signed the checkpoints, as published; without it the site's own is asked.
    """
    report = Report(scope)
    hashes, last = _walk(scope, report)
    _check_head(scope, report, last)
    _check_checkpoints(scope, report, hashes, public_key)
    return report


def _walk(scope: str, report: Report) -> tuple[dict[int, str], tuple[int, str]]:
    checkpointed = {row[0] for row in _rows("SELECT sequence FROM audit_auditcheckpoint WHERE scope = %s", scope)}
    hashes: dict[int, str] = {}
    number, before = 0, _START
    for event in _events(scope):
        report.events += 1
        place = f"{scope}#{event['sequence']}"
        if event["sequence"] != number + 1:
            report.problems.append(f"{place}: follows {number}; events are missing or out of order")
        if event["previous_hash"] != before:
            report.problems.append(f"{place}: does not continue the event before it")
        if _hash(event) != event["hash"]:
            report.problems.append(f"{place}: its content does not match its hash")
        number, before = event["sequence"], event["hash"]
        if number in checkpointed:
            hashes[number] = before
    return hashes, (number, before)


def _check_head(scope: str, report: Report, last: tuple[int, str]) -> None:
    head = _rows("SELECT sequence, hash FROM audit_audithead WHERE scope = %s", scope)
    if not head:
        if report.events:
            report.problems.append(f"{scope}: the chain has no head")
    elif tuple(head[0]) != last:
        report.problems.append(
            f"{scope}: the head says {head[0][0]}, the last event is {last[0]}, or their hashes differ"
        )


def _check_checkpoints(scope: str, report: Report, hashes: dict[int, str], public_key: str) -> None:
    rows = _rows(
        "SELECT sequence, hash, at, key_id, signature FROM audit_auditcheckpoint WHERE scope = %s ORDER BY sequence",
        scope,
    )
    report.checkpoints = len(rows)
    if not rows:
        return
    key = _key(public_key)
    key_id = hashlib.sha256(key.public_bytes_raw()).hexdigest()
    for sequence, hash_, at, signed_by, signature in rows:
        place = f"{scope}: checkpoint at {sequence}"
        if hashes.get(sequence) != hash_:
            report.problems.append(f"{place}: the chain had another hash there, or has lost that event")
        if signed_by != key_id:
            report.problems.append(f"{place}: signed with another key ({signed_by[:12]})")
            continue
        text = f"{scope}:{sequence}:{hash_}:{_moment(at).astimezone(_CHINA).isoformat(timespec='seconds')}"
        try:
            key.verify(base64.b64decode(signature), text.encode())
        except (InvalidSignature, ValueError):
            report.problems.append(f"{place}: its signature is not valid")


def _key(pem: str) -> Ed25519PublicKey:
    if not pem:
        from audit.checkpoints import public_key

        pem = public_key()
    key = load_pem_public_key(pem.encode())
    if not isinstance(key, Ed25519PublicKey):
        raise TypeError("not an Ed25519 key")
    return key


def _events(scope: str) -> Iterator[dict[str, Any]]:
    """In order, in batches: a chain of millions does not fill the memory."""
    last = -1
    while True:
        rows = _rows(
            f"SELECT {', '.join(_COLUMNS)} FROM audit_auditevent WHERE scope = %s AND sequence > %s ORDER BY sequence LIMIT {_BATCH}",  # noqa: S608
            scope, last,
        )  # fmt: skip
        for row in rows:
            yield dict(zip(_COLUMNS, row, strict=True))
        if len(rows) < _BATCH:
            return
        last = rows[-1][1]


def _rows(sql: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _hash(event: dict[str, Any]) -> str:
    content = {name: event[name] for name in _COLUMNS if name != "hash"}
    content["at"], content["legal_at"] = _spelled(event["at"]), _spelled(event["legal_at"])
    facts = event["facts"]
    content["facts"] = json.loads(facts) if isinstance(facts, str | bytes) else facts
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _spelled(value: Any) -> str:
    return _moment(value).astimezone(dt.UTC).isoformat(timespec="microseconds")


def _moment(value: Any) -> dt.datetime:
    moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
