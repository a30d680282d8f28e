"""Who opens the administration pages: office and supervision read, the head of the office and the operator write."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase

from accounts.models import User
from core.access import Predicate
from jurisdictions.models import Jurisdiction
from jurisdictions.rules import administers, sees_administration

P = ParamSpec("P")
Page = Callable[Concatenate[HttpRequest, Jurisdiction, P], HttpResponseBase]
View = Callable[Concatenate[HttpRequest, str, P], HttpResponseBase]


def page(*, rule: Predicate = sees_administration) -> Callable[[Page[P]], View[P]]:
    """A page of the administration: signed in, else the sign-in page; not yours to see: 404; seen but not yours to do: 403."""

    def decorate(view: Page[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            jurisdiction = request.jurisdiction  # type: ignore[attr-defined]
            if not sees_administration(request.user, jurisdiction):
                raise Http404
            if not rule(request.user, jurisdiction):
                raise PermissionDenied
            return view(request, jurisdiction, *args, **kwargs)

        return cast(View[P], login_required(guarded))

    return decorate


def actor(request: HttpRequest) -> User:
    """The signed-in person."""
    assert isinstance(request.user, User)
    return request.user


def shared(request: HttpRequest, tab: str) -> dict[str, Any]:
    """What every page of the administration shows."""
    jurisdiction = request.jurisdiction  # type: ignore[attr-defined]
    return {"tab": tab, "may_write": administers(request.user, jurisdiction), "j": jurisdiction}
