"""Signed statements that a chain stood at a place at a time. Published elsewhere, they bind whoever runs the database."""

from __future__ import annotations

import base64
import functools
import hashlib

from cryptography.hazmat.primitives import serialization as ser
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from audit import keys
from audit.models import AuditCheckpoint, AuditHead
from core import clock

KEY = "AUDIT_SIGNING_KEY"


@transaction.atomic
def make(scope: str) -> AuditCheckpoint | None:
    """Sign where the chain stands now; None when it is empty or has not moved since the last checkpoint."""
    head = AuditHead.objects.filter(pk=scope).first()
    if head is None or not head.sequence:
        return None
    if AuditCheckpoint.objects.filter(scope=scope, sequence=head.sequence).exists():
        return None
    at = clock.now()
    text = statement(scope, head.sequence, head.hash, at.isoformat(timespec="seconds"))
    return AuditCheckpoint.objects.create(
        scope=scope, sequence=head.sequence, hash=head.hash, at=at.replace(microsecond=0), key_id=key_id(),
        signature=base64.b64encode(_key().sign(text)).decode(),
    )  # fmt: skip


def make_all() -> list[AuditCheckpoint]:
    """A checkpoint for every chain that has moved."""
    scopes = list(AuditHead.objects.order_by("scope").values_list("scope", flat=True))
    return [made for scope in scopes if (made := make(scope))]


def statement(scope: str, sequence: int, hash_: str, at: str) -> bytes:
    """What is signed: ``scope:sequence:hash:at``, the time in legal time (+08:00) to the second."""
    return f"{scope}:{sequence}:{hash_}:{at}".encode()


def public_key() -> str:
    """The verifying key (PEM), to be published beside the checkpoints."""
    return _key().public_key().public_bytes(ser.Encoding.PEM, ser.PublicFormat.SubjectPublicKeyInfo).decode()


def key_id() -> str:
    """SHA-256 of the verifying key's raw bytes."""
    return hashlib.sha256(_key().public_key().public_bytes(ser.Encoding.Raw, ser.PublicFormat.Raw)).hexdigest()


@functools.lru_cache(maxsize=1)
def _key() -> Ed25519PrivateKey:
    loaded = ser.load_pem_private_key(keys.pem(KEY, _new), password=None)
    if not isinstance(loaded, Ed25519PrivateKey):
        raise TypeError(f"{KEY} is not an Ed25519 key")
    return loaded


def _new() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(ser.Encoding.PEM, ser.PrivateFormat.PKCS8, ser.NoEncryption())
