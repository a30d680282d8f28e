"""JSON that keeps Decimals and dates, and one canonical spelling of a value for hashes."""

import datetime as dt
import hashlib
import json
from decimal import Decimal
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


class Encoder(DjangoJSONEncoder):
    """Dates as ISO 8601, Decimals as strings, sets sorted."""

    def default(self, o: Any) -> Any:
        if isinstance(o, set | frozenset):
            return sorted(o)
        if isinstance(o, Decimal):
            return str(o)
        if isinstance(o, dt.datetime):
            return o.astimezone(dt.UTC).isoformat(timespec="microseconds")
        return super().default(o)


def plain(value: Any) -> Any:
    """A value as it comes back from the database: only JSON types."""
    return json.loads(canonical(value))


def canonical(value: Any) -> str:
    """One spelling per value: sorted keys, no spaces, UTF-8 (after RFC 8785 in spirit; numbers are never floats here)."""
    return json.dumps(value, cls=Encoder, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def digest(value: Any) -> str:
    """SHA-256 (hex) of the canonical spelling."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
