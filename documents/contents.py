"""What a file really is, and whether anything in it would act by itself."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import magic
import pikepdf
from django.conf import settings
from PIL import Image

from core.refusals import Refused

_OFFICE = "application/vnd.openxmlformats-officedocument."


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file that is taken: its type, the suffix it is stored under, and the names it may carry."""

    mime: str
    suffix: str
    names: tuple[str, ...]
    check: Callable[[bytes, str], None]


def inspect(content: bytes, name: str) -> Kind:
    """The file's kind, told by content. Raises ``Refused`` for every other kind, a misleading name or active content."""
    found = magic.from_buffer(content[:8192], mime=True)
    if found in ("application/zip", "application/octet-stream") or found.startswith(_OFFICE):
        found = _office_kind(content) or found
    kind = KINDS.get(found)
    if kind is None:
        raise Refused("file_type_refused", name=name, found=found)
    if not name.lower().endswith(kind.names):
        raise Refused("file_name_misleads", name=name, found=kind.suffix[1:].upper())
    kind.check(content, name)
    return kind


def _office_kind(content: bytes) -> str:
    """DOCX and XLSX are ZIP files with known parts; a plain archive is neither."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
    except zipfile.BadZipFile:
        return ""
    if "[Content_Types].xml" not in parts:
        return ""
    for part, kind in (("word/document.xml", "wordprocessingml.document"), ("xl/workbook.xml", "spreadsheetml.sheet")):
        if part in parts:
            return _OFFICE + kind
    return ""


def _check_office(content: bytes, name: str) -> None:
    """No macros, no embedded objects, no links to outside templates, and no bomb."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > 500 * 1024 * 1024 or any(part.flag_bits & 1 for part in parts):
                raise Refused("file_broken", name=name)
            for part in parts:
                low = part.filename.lower()
                if low.endswith(("vbaproject.bin", ".exe", ".dll", ".js")) or "/activex/" in low or "oleobject" in low:
                    raise Refused("file_active_content", name=name, found=part.filename.rsplit("/", 1)[-1])
                if low.endswith(".rels") and _fetches(archive.read(part)):
                    raise Refused("file_active_content", name=name, found="external template")
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError) as error:
        raise Refused("file_broken", name=name) from error


def _fetches(relations: bytes) -> bool:
    """A relation that a viewer follows by itself; a plain hyperlink waits for a click."""
    return any(
        b'TargetMode="External"' in piece and b"/hyperlink" not in piece for piece in relations.split(b"<Relationship ")
    )


_ACTIVE_KEYS = ("/JavaScript", "/JS", "/AA", "/Launch", "/EmbeddedFiles", "/RichMedia", "/XFA")
_ACTIVE_ACTIONS = ("/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute", "/GoToE")


def _check_pdf(content: bytes, name: str) -> None:
    """No script, no launching, no embedded file, no form that sends; looked for in every object, not only in the catalogue."""
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if not len(pdf.pages):
                raise Refused("file_broken", name=name)
            if len(pdf.pages) > int(getattr(settings, "UPLOAD_MAX_PAGES", 2000)):
                raise Refused("file_broken", name=name)
            for item in pdf.objects:
                if found := _active(item):
                    raise Refused("file_active_content", name=name, found=found.lstrip("/"))
    except (pikepdf.PdfError, pikepdf.PasswordError, ValueError, RuntimeError, RecursionError) as error:
        raise Refused("file_broken", name=name) from error


def _active(item: Any, depth: int = 0) -> str:
    """The first active thing in a PDF object and what it holds directly; '' when there is none."""
    if depth > 40:
        return "depth"
    if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
        keys = set(item.keys())
        for key in _ACTIVE_KEYS:
            if key in keys:
                return key
        action = item.get("/S")
        if isinstance(action, pikepdf.Name) and str(action) in _ACTIVE_ACTIONS:
            return str(action)
        if str(item.get("/Subtype", "")) in ("/FileAttachment", "/RichMedia", "/Screen", "/3D"):
            return str(item["/Subtype"])
        values = [item[key] for key in keys]
    elif isinstance(item, pikepdf.Array):
        values = list(item)
    else:
        return ""
    direct = (value for value in values if not getattr(value, "is_indirect", True))
    return next((found for value in direct if (found := _active(value, depth + 1))), "")


def _check_image(content: bytes, name: str) -> None:
    """Reads wholly, and is not so large that showing it would fill a machine's memory."""
    limit = int(getattr(settings, "UPLOAD_MAX_MEGAPIXELS", 50))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as image:
                pixels = image.width * image.height
                if pixels > limit * 1_000_000:
                    raise Refused("image_too_large", name=name, pixels=pixels // 1_000_000, limit=limit)
                image.load()
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise Refused("file_broken", name=name) from error


KINDS: dict[str, Kind] = {
    kind.mime: kind
    for kind in (
        Kind("application/pdf", ".pdf", (".pdf",), _check_pdf),
        Kind("image/jpeg", ".jpg", (".jpg", ".jpeg"), _check_image),
        Kind("image/png", ".png", (".png",), _check_image),
        Kind(f"{_OFFICE}wordprocessingml.document", ".docx", (".docx",), _check_office),
        Kind(f"{_OFFICE}spreadsheetml.sheet", ".xlsx", (".xlsx",), _check_office),
    )
}
#: For ``<input accept>``.
ACCEPT = ",".join(name for kind in KINDS.values() for name in kind.names)
