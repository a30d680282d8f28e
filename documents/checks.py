"""Checks at start: WeasyPrint writes blank pages and says nothing where a font is missing."""

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
