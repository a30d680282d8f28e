"""From a paper's frozen context to a PDF: WeasyPrint with our own fonts and styles, and nothing else reachable."""

from __future__ import annotations

import functools
import hashlib
import io
import logging
import mimetypes
from pathlib import Path
from typing import Any, NoReturn

import pikepdf
from django.conf import settings
from django.template.loader import render_to_string
from django.utils import translation
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents import papers
from documents.models import Paper

logging.getLogger("weasyprint").setLevel(logging.ERROR)
SCHEME = "asset:/"
NO_FONTS = "no Chinese font: run `make setup`, or install fonts-noto-cjk"


class Assets(URLFetcher):
    """Hands out ``asset:/fonts/…`` (built) and ``asset:/papers/…`` (styles), and ``data:``. All else stops the paper."""

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        path = asset(url)
        if path is None:
            self._refuse(url)
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    def _refuse(self, url: str) -> NoReturn:
        raise FatalURLFetchingError(f"a paper may not fetch {url[:80]}")


def asset(url: str) -> Path | None:
    """The file behind ``asset:/…``; None when it is none of ours."""
    if not url.startswith(SCHEME):
        return None
    folder, _slash, name = url[len(SCHEME) :].partition("/")
    root = {"fonts": "build/fonts", "papers": "src/papers"}.get(folder)
    if root is None or not name or "/" in name or name.startswith("."):
        return None
    found = Path(settings.BASE_DIR) / "static" / root / name
    return found if found.is_file() else None


def pdf_of(paper: Paper) -> tuple[bytes, int]:
    """The paper's PDF and its number of pages. The same context gives the same bytes: no date, no random identifier.

    Raises ``RuntimeError`` where there is no Chinese font (pages would silently be blank).
    """
    from documents.checks import fonts_found

    if not fonts_found():
        raise RuntimeError(NO_FONTS)
    with translation.override("zh-hans"):
        text = render_to_string(paper.template, {**paper.context, "paper": heading(paper)})
    fonts, styles = _shared()
    document = HTML(string=text, base_url=SCHEME, url_fetcher=Assets()).render(font_config=fonts, stylesheets=styles)
    identifier = hashlib.sha256(paper.context_sha256.encode()).digest()[:16]
    pdf = document.write_pdf(pdf_identifier=identifier, pdf_tags=True)
    return _plain(pdf), len(document.pages)


def heading(paper: Paper) -> dict[str, Any]:
    """What a template knows of the paper itself: only what the request froze, and whether it is a rehearsal's."""
    return {
        "title": paper.title, "number": paper.number, "kind": paper.kind, "check": paper.context_sha256[:16],
        "rehearsal": bool(paper.context.get("rehearsal") or (paper.round_ref and papers.rehearses(paper.round_ref))),
    }  # fmt: skip


def sha256(content: bytes) -> str:
    """Hex."""
    return hashlib.sha256(content).hexdigest()


@functools.lru_cache(maxsize=1)
def _shared() -> tuple[FontConfiguration, list[CSS]]:
    """One font configuration a worker: one for each document leaks memory and takes five times as long."""
    fonts, fetcher = FontConfiguration(), Assets()
    sheets = [
        CSS(
            string=(Path(settings.BASE_DIR) / "static/src/papers" / name).read_text(),
            font_config=fonts,
            url_fetcher=fetcher,
            base_url=SCHEME,
        )
        for name in ("fonts.css", "paper.css")
    ]
    return fonts, sheets


def _plain(pdf: bytes) -> bytes:
    """Without what could differ between two runs, such as the producer's version."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        if "/Info" in document.trailer:
            for key in ("/CreationDate", "/ModDate", "/Producer"):
                if key in document.docinfo:
                    del document.docinfo[key]
        out = io.BytesIO()
        document.save(out, static_id=False, deterministic_id=True, linearize=False)
    return out.getvalue()
