"""In which language a page is shown: what was chosen in this browser, else Chinese; signing in brings one's own along.

A choice is kept in a cookie, and for somebody signed in on the account as well, so that mail comes in that language. What the
browser itself asks for does not count: the offices' pages are Chinese first, whatever a machine was installed in.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.locale import LocaleMiddleware as DjangoLocaleMiddleware
from django.utils import translation
from django.views.decorators.http import require_POST
from django.views.i18n import set_language

from accounts import profile
from accounts.models import User

CHOICES = tuple(code for code, _name in settings.LANGUAGES)


class LocaleMiddleware(DjangoLocaleMiddleware):
    """The cookie's language, else the site's own."""

    def process_request(self, request: HttpRequest) -> None:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in CHOICES else settings.LANGUAGE_CODE
        translation.activate(language)
        request.LANGUAGE_CODE = language

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        response = super().process_response(request, response)
        if language := getattr(request, "own_language", ""):
            keep(response, language)
        return response


@require_POST
@login_not_required
def choose(request: HttpRequest) -> HttpResponse:
    """Change the language and come back to the same place, its query string included."""
    response = set_language(request)
    language = request.POST.get("language", "")
    if request.user.is_authenticated and language in CHOICES:
        profile.speak(actor=request.user, language=language)
    return response


def keep(response: HttpResponseBase, language: str) -> None:
    """Remember the language in this browser."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


def bring_along(sender: Any, request: HttpRequest | None, user: User, **_kwargs: Any) -> None:
    """At sign-in: the person's own language, from this answer on."""
    if request is not None and user.language in CHOICES:
        request.own_language = user.language  # type: ignore[attr-defined]


def connect() -> None:
    """Called once by the app's configuration."""
    user_logged_in.connect(bring_along, dispatch_uid="accounts.language")
