"""PAdES signatures (ETSI EN 319 142-1, baseline B-B) with the site's key, loaded once a worker."""

from __future__ import annotations

import datetime as dt
import functools
import io
from concurrent.futures import ThreadPoolExecutor

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization as ser
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

from audit import keys
from core import clock

KEY = "PAPER_SIGNING_KEY"
FIELD = "Seal"


def sign(pdf: bytes, *, reason: str) -> bytes:
    """The PDF with an invisible signature over all of it."""
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    metadata = signers.PdfSignatureMetadata(
        field_name=FIELD, reason=reason, md_algorithm="sha256", subfilter=fields.SigSeedSubFilter.PADES, certify=True
    )
    out = io.BytesIO()
    # pyHanko runs an event loop of its own; in a thread of its own it can be called from anywhere.
    with ThreadPoolExecutor(max_workers=1) as alone:
        alone.submit(signers.PdfSigner(metadata, signer=_signer()).sign_pdf, writer, output=out).result()
    return out.getvalue()


def certificate() -> bytes:
    """The certificate (PEM) with which papers are verified; to be published."""
    return b"".join(_pem().partition(b"-----BEGIN CERTIFICATE-----")[1:])


@functools.lru_cache(maxsize=1)
def _signer() -> signers.SimpleSigner:
    own = list(load_certs_from_pemder_data(certificate()))
    return signers.SimpleSigner(
        signing_key=load_private_key_from_pemder_data(
            _pem().partition(b"-----BEGIN CERTIFICATE-----")[0], passphrase=None
        ),
        signing_cert=own[0],
        cert_registry=SimpleCertificateStore.from_certs(own[1:]),  # type: ignore[no-untyped-call]
    )


def _pem() -> bytes:
    """Private key, then its certificate (and any above it)."""
    return keys.pem(KEY, _new)


def _new() -> bytes:
    """A key of one's own with a certificate that it signs itself: for one machine, rehearsals and tests."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, settings.SITE_URL.partition("://")[2][:60] or "localhost")]
    )
    start = clock.now() - dt.timedelta(days=1)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start).not_valid_after(start + dt.timedelta(days=3650))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(True, True, False, False, False, False, False, False, False), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    return key.private_bytes(ser.Encoding.PEM, ser.PrivateFormat.PKCS8, ser.NoEncryption()) + made.public_bytes(
        ser.Encoding.PEM
    )
