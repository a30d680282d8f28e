"""Checks: WeasyPrint writes blank pages and says nothing where a font is missing; in production files are scanned, or somebody says why not."""

from __future__ import annotations

import functools
import shutil
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

FACES = ("NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Regular", "NotoSansSC-Bold")


@register("documents")
def papers_have_fonts(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Error without any Chinese font; a warning where only the system's stands in for ours."""
    if built_fonts():
        return []
    if system_font():
        return [
            Warning(
                "the papers' own fonts are not built; the system's stand in", hint="make setup", id="documents.W001"
            )
        ]
    return [
        Error(
            "papers would be blank: no Chinese font", hint="make setup, or install fonts-noto-cjk", id="documents.E001"
        )
    ]


@register("documents", deploy=True)
def files_are_scanned(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Error without a virus scanner of which nobody says that there shall be none; a warning that repeats it where somebody does."""
    scanner, reason = bool(settings.CLAMD), settings.NO_VIRUS_SCANNER.strip()
    if scanner and reason:
        return [
            Error(
                "a virus scanner is named, and that there is none", hint="unset NO_VIRUS_SCANNER", id="documents.E003"
            )
        ]
    if scanner:
        return []
    if reason:
        return [Warning(f"files are not scanned for viruses: {reason}", hint="set CLAMD", id="documents.W002")]
    hint = "set CLAMD to the scanner (host:port or socket), or NO_VIRUS_SCANNER to who answers for having none, and why"
    return [Error("files are not scanned for viruses", hint=hint, id="documents.E002")]


def fonts_found() -> bool:
    """Whether papers can be written at all."""
    return built_fonts() or system_font()


def built_fonts() -> bool:
    """Our own four faces, made by `make setup`."""
    folder = Path(settings.BASE_DIR) / "static" / "build" / "fonts"
    return all((folder / f"{face}.ttf").is_file() for face in FACES)


@functools.lru_cache(maxsize=1)
def system_font() -> bool:
    """Noto CJK as the system installs it."""
    program = shutil.which("fc-list")
    if program is None:
        return False
    found = subprocess.run([program, ":lang=zh-cn", "family"], capture_output=True, text=True, check=False)  # noqa: S603 - fixed words
    return "Noto" in found.stdout
