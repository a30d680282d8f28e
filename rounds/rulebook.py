"""The rules of a round: the pinned edition with its assumed values as set, frozen at opening."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from core.fields import digest
from core.refusals import Refused
from jurisdictions.policy import Policy
from jurisdictions.policy.parsing import parse
from rounds.models import Round

#: Frozen rules by their hash: parsing (and even spelling out) a document at every look would cost more than the look.
_FROZEN: dict[str, Policy] = {}
_MOST_KEPT = 64


def rules_of(round_: Round) -> Policy:
    """Frozen rules of an opened round, else the edition with the round's adjustments."""
    if round_.rules_sha256:
        if round_.rules_sha256 not in _FROZEN:
            if len(_FROZEN) >= _MOST_KEPT:
                _FROZEN.clear()
            _FROZEN[round_.rules_sha256] = parse(round_.rules_document, round_.rules_sha256)
        return _FROZEN[round_.rules_sha256]
    document = adjusted(round_.policy.document, round_.adjustments)
    return parse(document, digest(document))


def adjusted(document: dict[str, Any], adjustments: dict[str, Any]) -> dict[str, Any]:
    """The document with each ``path → value`` put into its assumed value. Raises ``Refused`` for a path that is not assumed."""
    if not adjustments:
        return document
    result = copy.deepcopy(document)
    for path, value in adjustments.items():
        setting = _find(result, path)
        if not (isinstance(setting, dict) and setting.get("assumed")):
            raise Refused("value_is_not_assumed", path=path)
        setting["value"] = value
    return result


def assumed(document: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every assumed value as ``(path, setting)``, e.g. ``("stages.5.gate.min_score", {...})``."""
    if isinstance(document, dict):
        if document.get("assumed") is True and "value" in document:
            yield path, document
            return
        for key, value in document.items():
            yield from assumed(value, f"{path}.{key}" if path else key)
    elif isinstance(document, list):
        for index, value in enumerate(document):
            yield from assumed(value, f"{path}.{index}" if path else str(index))


def _find(document: Any, path: str) -> Any:
    try:
        for part in path.split("."):
            document = document[int(part)] if isinstance(document, list) else document[part]
    except (KeyError, IndexError, ValueError, TypeError) as error:
        raise Refused("value_is_not_assumed", path=path) from error
    return document
