"""Who may read a file or a paper: decided by the app that owns its subject. Without a registered answer: nobody.

    documents.access.register("applications.Application", may_read)       # in AppConfig.ready

``may_read(user, subject, item) -> bool``; ``subject`` is the instance that ``item.subject`` names, ``item`` the StoredFile or Paper.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from documents.models import Paper, StoredFile, object_of

Reads = Callable[[Any, Any, "StoredFile | Paper"], bool]

_READERS: dict[str, Reads] = {}


def register(label: str, reads: Reads) -> None:
    """Say who may read what belongs to ``label`` (``app.Model``). Raises ``ValueError`` when another answer is registered."""
    known = _READERS.get(label)
    if known is not None and getattr(known, "__qualname__", known) != getattr(reads, "__qualname__", reads):
        raise ValueError(f"readers of {label} registered twice")
    _READERS[label] = reads


def may_read(user: Any, item: StoredFile | Paper) -> bool:
    """Whether the person may read the file or paper. Deny by default."""
    reads = _READERS.get(item.subject.partition(":")[0])
    subject = object_of(item.subject) if reads else None
    if reads is None or subject is None:
        return False
    return bool(reads(user, subject, item))
