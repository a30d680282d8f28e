"""The site's addresses, and three that fail on purpose, so that the pages for failures are looked at too."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import path

from config.urls import urlpatterns as real
from core.refusals import Refused


def forbidden(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def refused(request: HttpRequest) -> HttpResponse:
    raise Refused("applications_not_open", article="8")


def broken(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("broken on purpose")


urlpatterns = [
    *real,
    path("crawl/forbidden/", forbidden),
    path("crawl/refused/", refused),
    path("crawl/broken/", broken),
]
