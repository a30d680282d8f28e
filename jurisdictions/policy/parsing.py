"""From stored JSON to the typed document, once per content hash."""

from __future__ import annotations

import functools
import json
from typing import Any

from core.fields import canonical, digest
from jurisdictions.policy.document import Policy


def parse(document: dict[str, Any], sha256: str = "") -> Policy:
    """The typed policy. Raises ``pydantic.ValidationError`` when it is none."""
    return _parse(sha256 or digest(document), canonical(document))


@functools.lru_cache(maxsize=256)
def _parse(sha256: str, text: str) -> Policy:
    return Policy.model_validate(json.loads(text))
