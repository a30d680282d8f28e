"""Who made an objection: encrypted with a key derived from the site's secret, so that a copy of the database alone tells nobody."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.encoding import force_bytes

_PURPOSE = b"objector details 1"


def seal(details: Mapping[str, str]) -> str:
    """Encrypted JSON."""
    return _box().encrypt(json.dumps(dict(details), ensure_ascii=False, sort_keys=True).encode()).decode()


def unseal(sealed: str) -> dict[str, str]:
    """The details; empty when they were erased, or sealed under a secret that is gone."""
    if not sealed:
        return {}
    try:
        found: dict[str, str] = json.loads(_box().decrypt(sealed.encode()))
    except InvalidToken:
        return {}
    return found


def _box() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    return base64.urlsafe_b64encode(HKDF(SHA256(), 32, None, _PURPOSE).derive(force_bytes(secret)))
