"""The virus scanner, where one is configured (``CLAMD``: ``host:port`` or the path of a socket)."""

from __future__ import annotations

import io
from typing import Any

import clamd
from django.conf import settings

from core.refusals import Refused

_TIMEOUT = 30.0


def scan(content: bytes, name: str) -> dict[str, Any]:
    """For the log: that it was scanned, or who answers for having no scanner.

    Raises ``Refused`` when something is found, or when the configured scanner does not answer (nothing passes unseen).
    """
    address = str(getattr(settings, "CLAMD", "") or "")
    if not address:
        return {"scanned": False, **({"unscanned_because": why} if (why := settings.NO_VIRUS_SCANNER.strip()) else {})}
    try:
        verdict, found = _client(address).instream(io.BytesIO(content))["stream"]
    except (clamd.ClamdError, OSError, ValueError) as error:
        raise Refused("scanner_unavailable") from error
    if verdict == "FOUND":
        raise Refused("file_infected", name=name, found=found or "?")
    if verdict != "OK":
        raise Refused("scanner_unavailable")
    return {"scanned": True}


def _client(address: str) -> clamd.ClamdNetworkSocket:
    if address.startswith("/"):
        return clamd.ClamdUnixSocket(address, timeout=_TIMEOUT)
    host, _colon, port = address.rpartition(":")
    return clamd.ClamdNetworkSocket(host=host, port=int(port), timeout=_TIMEOUT)
