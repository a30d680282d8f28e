"""Light, dark or as the device is set: kept in a cookie, so it needs neither an account nor JavaScript."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from core.pages import back

COOKIE = "theme"
AUTO = "auto"
#: What a reader may choose: value, words, icon.
THEMES = (
    (AUTO, _("As the device"), "device-desktop"),
    ("light", _("Light"), "sun"),
    ("dark", _("Dark"), "moon"),
)
_A_YEAR = 365 * 24 * 3600


def chosen(request: HttpRequest) -> str:
    """The reader's theme; as the device is set where none was chosen."""
    wanted = request.COOKIES.get(COOKIE, "")
    return wanted if wanted in {value for value, *_words in THEMES} else AUTO


@require_POST
def choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice and go back to where the reader was; a script that has already changed the page gets no content."""
    wanted = request.POST.get("theme", "")
    wanted = wanted if wanted in {value for value, *_words in THEMES} else AUTO
    quiet = request.headers.get("X-Requested-With") == "fetch"
    response = HttpResponse(status=204) if quiet else redirect(back(request, "/"))
    response.set_cookie(
        COOKIE, wanted, max_age=_A_YEAR, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
    )
    return response
