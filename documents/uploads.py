"""Taking a file in. It belongs to nothing until it is clean: nothing is stored before every check has passed."""

from __future__ import annotations

import hashlib
import re
import unicodedata

from django.conf import settings
from django.core.files.base import File
from django.db import models, transaction

from accounts.models import User
from audit import log
from core import clock
from core.refusals import Refused
from documents import contents, scanner, storage
from documents.models import StoredFile, name_of
from jurisdictions.models import Jurisdiction

MEGABYTE = 1024 * 1024
_UNSAFE = re.compile(r'[\x00-\x1f\x7f/\\:*?"<>|]')


def max_bytes() -> int:
    """The largest file taken, from ``UPLOAD_MAX_MB``."""
    return int(getattr(settings, "UPLOAD_MAX_MB", 20)) * MEGABYTE


def max_files() -> int:
    """The most files a subject may have, from ``UPLOAD_MAX_FILES``."""
    return int(getattr(settings, "UPLOAD_MAX_FILES", 60))


@transaction.atomic
def accept(
    *,
    actor: User,
    jurisdiction: Jurisdiction,
    upload: File,
    subject: models.Model | str,
    secret: bool = False,
    article: str = "",
) -> StoredFile:
    """Check an uploaded file and store it. The caller has checked that ``actor`` may add files to ``subject``.

    ``upload``: a Django ``UploadedFile`` or any ``File`` with a name. Kinds: PDF, JPEG, PNG, DOCX, XLSX, told by content.
    Refused: empty, too large, too many, another kind, damaged or locked, active content, a huge picture, infected, no scanner.
    """
    reference, name = name_of(subject), clean_name(upload.name or "")
    content = _read(upload, name)
    if StoredFile.objects.filter(subject=reference).count() >= max_files():
        raise Refused("too_many_files", article=article, limit=max_files())
    kind = contents.inspect(content, name)
    scanned = scanner.scan(content, name)
    stored = storage.write(content, folder=f"files/{jurisdiction.code}", suffix=kind.suffix)
    try:
        with transaction.atomic():
            file = StoredFile.objects.create(
                jurisdiction=jurisdiction, subject=reference, stored_name=stored, original_name=name, content_type=kind.mime,
                size=len(content), sha256=hashlib.sha256(content).hexdigest(), secret=secret, uploaded_by=actor, uploaded_at=clock.now(),
            )  # fmt: skip
            log.record(
                "file.accepted", scope=jurisdiction.code, actor=actor, subject=reference, article=article,
                facts={"file": file.pk, "sha256": file.sha256, "size": file.size, "type": kind.mime, "secret": secret, **scanned},
            )  # fmt: skip
    except BaseException:
        storage.drop(stored)
        raise
    return file


@transaction.atomic
def remove(*, actor: User, file: StoredFile, article: str = "") -> None:
    """Take a file away from its subject. The caller has checked that this may still be done. The log keeps its hash."""
    file = StoredFile.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=file.pk)
    reference, code, stored, facts = (
        file.subject,
        file.jurisdiction.code,
        file.stored_name,
        {"file": file.pk, "sha256": file.sha256},
    )
    file.delete()
    transaction.on_commit(lambda: storage.drop(stored))
    log.record("file.removed", scope=code, actor=actor, subject=reference, article=article, facts=facts)


@transaction.atomic
def mark(*, actor: User, file: StoredFile, secret: bool, article: str = "") -> StoredFile:
    """Mark a file as a trade secret, or no longer. The caller has checked authority."""
    file = StoredFile.objects.select_for_update(of=("self",)).select_related("jurisdiction").get(pk=file.pk)
    file.secret = secret
    file.save(update_fields=["secret"])
    log.record(
        "file.marked", scope=file.jurisdiction.code, actor=actor, subject=file.subject, article=article,
        facts={"file": file.pk, "secret": secret},
    )  # fmt: skip
    return file


def of_subject(subject: models.Model | str) -> models.QuerySet[StoredFile]:
    """The files of a subject, oldest first; inside the jurisdiction's scope."""
    found: models.QuerySet[StoredFile] = (
        StoredFile.objects.filter(subject=name_of(subject)).select_related("jurisdiction").order_by("id")
    )
    return found


def clean_name(name: str) -> str:
    """The file's own name without path, control characters and direction marks, at most 150 characters."""
    base = _UNSAFE.sub("_", name.replace("\\", "/").rsplit("/", 1)[-1])
    visible = "".join(c for c in unicodedata.normalize("NFC", base) if unicodedata.category(c) != "Cf").strip(" .")
    stem, dot, suffix = visible.rpartition(".")
    return f"{stem[:140]}{dot}{suffix[:9]}" if dot else visible[:150] or "file"


def _read(upload: File, name: str) -> bytes:
    size = upload.size or 0
    if size > max_bytes():
        raise Refused("file_too_large", name=name, size=size // MEGABYTE + 1, limit=max_bytes() // MEGABYTE)
    upload.seek(0)
    content = bytes(upload.read(max_bytes() + 1))
    if len(content) > max_bytes():
        raise Refused("file_too_large", name=name, size=len(content) // MEGABYTE + 1, limit=max_bytes() // MEGABYTE)
    if not content:
        raise Refused("file_empty", name=name)
    return content
