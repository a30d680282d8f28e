"""The private storage: no address of its own, random names, written once."""

from __future__ import annotations

import secrets

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages


def private() -> Storage:
    """Where what is private lies (a folder, or an S3 bucket)."""
    return storages["private"]


def write(content: bytes, *, folder: str, suffix: str) -> str:
    """Store under a random name; returns that name."""
    name = secrets.token_hex(20)
    return private().save(f"{folder}/{name[:2]}/{name}{suffix}", ContentFile(content))


def read(name: str) -> bytes:
    """The stored bytes."""
    with private().open(name, "rb") as file:
        return bytes(file.read())


def drop(name: str) -> None:
    """Remove what a failed transaction left."""
    if name:
        private().delete(name)
