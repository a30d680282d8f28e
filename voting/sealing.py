"""Sealing ballots and splitting the tally key: HPKE, Ed25519, scrypt and Fernet of ``cryptography``, nothing of our own below them.

HPKE: RFC 9180, base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, ChaCha20-Poly1305. ``context`` is bound as HPKE's ``info``: what was
sealed for one poll, seat and item opens nowhere else. Keys travel as hex of their raw 32 bytes.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)
#: Every plaintext has this length, so that the length of a ciphertext says nothing.
PADDED = 64
#: The passphrases are made by machine (119 bits); scrypt need not make up for weak ones.
_SCRYPT = {"length": 32, "n": 2**14, "r": 8, "p": 1}


class Unsealable(Exception):
    """A wrong key or passphrase, another context, or an altered ciphertext."""


@dataclass(frozen=True, slots=True)
class KeyPair:
    """Raw private part, public part as hex."""

    private: bytes
    public: str


def new_key() -> KeyPair:
    """A key to seal to."""
    key = X25519PrivateKey.generate()
    return KeyPair(key.private_bytes_raw(), key.public_key().public_bytes_raw().hex())


def new_signing_key() -> KeyPair:
    """A key to sign with."""
    key = Ed25519PrivateKey.generate()
    return KeyPair(key.private_bytes_raw(), key.public_key().public_bytes_raw().hex())


def seal_vote(public: str, value: str, *, context: str) -> bytes:
    """A vote, padded and sealed. Raises ``ValueError`` for one that does not fit."""
    raw = value.encode()
    if len(raw) > PADDED - 1:
        raise ValueError("a vote this long cannot be sealed")
    return seal(public, bytes([len(raw)]) + raw.ljust(PADDED - 1, b"\0"), context=context)


def unseal_vote(private: bytes, sealed: bytes, *, context: str) -> str:
    """The vote. Raises :class:`Unsealable`, also for what is no padded vote."""
    raw = unseal(private, sealed, context=context)
    if len(raw) != PADDED or raw[0] > PADDED - 1:
        raise Unsealable
    try:
        return raw[1 : 1 + raw[0]].decode()
    except UnicodeDecodeError as error:
        raise Unsealable from error


def seal(public: str, plaintext: bytes, *, context: str) -> bytes:
    """Sealed to a public key."""
    key = X25519PublicKey.from_public_bytes(bytes.fromhex(public))
    return SUITE.encrypt(plaintext, key, info=context.encode())


def unseal(private: bytes, sealed: bytes, *, context: str) -> bytes:
    """What was sealed. Raises :class:`Unsealable`."""
    try:
        return SUITE.decrypt(bytes(sealed), X25519PrivateKey.from_private_bytes(private), info=context.encode())
    except (InvalidTag, ValueError) as error:
        raise Unsealable from error


def nest(publics: Sequence[str], secret: bytes, *, context: str) -> bytes:
    """Sealed to all of them, one envelope inside the other; the first named is the outermost."""
    for depth in reversed(range(len(publics))):
        secret = seal(publics[depth], secret, context=f"{context}|layer {depth}")
    return secret


def unnest(privates: Sequence[bytes], sealed: bytes, *, context: str) -> bytes:
    """The inverse of :func:`nest`, keys in the same order. Raises :class:`Unsealable`."""
    for depth, private in enumerate(privates):
        sealed = unseal(private, sealed, context=f"{context}|layer {depth}")
    return sealed


def strongbox(passphrase: str, salt: str) -> Fernet:
    """What opens with a passphrase (spaces do not matter) and the salt beside it."""
    key = Scrypt(salt=bytes.fromhex(salt), **_SCRYPT).derive("".join(passphrase.split()).encode())
    return Fernet(base64.urlsafe_b64encode(key))


def new_salt() -> str:
    return secrets.token_bytes(16).hex()


def unlock(passphrase: str, salt: str, token: str) -> bytes:
    """The secret that was put into the strongbox. Raises :class:`Unsealable` for a wrong passphrase."""
    try:
        return strongbox(passphrase, salt).decrypt(token.encode())
    except InvalidToken as error:
        raise Unsealable from error


def sign(private: bytes, message: bytes) -> str:
    """Signature as hex."""
    return Ed25519PrivateKey.from_private_bytes(private).sign(message).hex()


def is_signed(public: str, signature: str, message: bytes) -> bool:
    """Whether the signature stands under the message."""
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(bytes.fromhex(signature), message)
    except (InvalidSignature, ValueError):
        return False
    return True


def receipt_of(sealed: Iterable[bytes]) -> str:
    """SHA-256 (hex) over the sealed items of a ballot, in the order of the items."""
    return hashlib.sha256(b"".join(bytes(part) for part in sealed)).hexdigest()
