"""A jurisdiction's colours as a stylesheet: the strict content policy allows no inline style."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import etag, require_safe

from core.design.colours import Plate, plate

#: Written out for each theme as the built stylesheets are (scripts/styles.py): older browsers know no ``light-dark()``.
_SHEET = (
    ":root, [data-bs-theme] {{ --plate: {0.band}; --plate-deep: {0.deep}; --plate-ink: {0.ink}; --plate-tint: {0.tint}; }}\n"
    "[data-bs-theme=dark] {{ --plate-ink: {0.ink_dark}; --plate-tint: {0.tint_dark}; }}\n"
    "@media (prefers-color-scheme: dark) {{ [data-bs-theme=auto] "
    "{{ --plate-ink: {0.ink_dark}; --plate-tint: {0.tint_dark}; }} }}\n"
    "@media print {{ :root, [data-bs-theme] {{ --plate-ink: {0.ink}; --plate-tint: {0.tint}; }} }}\n"
)
#: The address carries the colour, so that what is kept stays right until the record changes.
KEPT = 30 * 24 * 3600


def version(colour: str) -> str:
    """Changes whenever the sheet does."""
    return hashlib.sha256(sheet(plate(colour)).encode()).hexdigest()[:12]


def _tag(request: HttpRequest, code: str) -> str:
    return f'"{version(request.jurisdiction.colour)}"'  # type: ignore[attr-defined]


def sheet(colours: Plate) -> str:
    """The stylesheet."""
    return _SHEET.format(colours)


@require_safe
@etag(_tag)
def stylesheet(request: HttpRequest, code: str) -> HttpResponse:
    """The name plate's colours; public, no cookie read."""
    colours = plate(request.jurisdiction.colour)  # type: ignore[attr-defined]
    response = HttpResponse(sheet(colours), content_type="text/css; charset=utf-8")
    response["Cache-Control"] = f"public, max-age={KEPT}"
    return response
