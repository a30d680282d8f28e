"""Who may open an application's pages: what is not yours to see answers 404, what is not yours to do 403."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from accounts.models import User
from applications.facts import rules_of
from applications.models import Application
from applications.rules import may_file, may_see, may_unmask, may_write, reads
from core.access import Predicate
from rounds import clock
from rounds.models import Entry
from rounds.querysets import light


def me(request: HttpRequest) -> User:
    """The signed-in person; only behind ``login_required``."""
    return cast(User, request.user)


def application_for(request: HttpRequest, pk: int, rule: Predicate = may_see) -> Application:
    """The application with round and organisation. Raises ``Http404`` or ``PermissionDenied``."""
    rows = Application.objects.select_related("entry__organisation__parent", "filed_by", "saved_by")
    application: Application = get_object_or_404(light(rows, "entry__round"), pk=pk)
    if not may_see(request.user, application.entry):
        raise Http404
    if rule is not may_see and not rule(request.user, application.entry):
        raise PermissionDenied
    return application


def shared(request: HttpRequest, application: Application) -> dict[str, Any]:
    """What every page of an application shows."""
    entry = application.entry
    draft = entry.status == Entry.Status.DRAFT and not application.is_filed
    return {
        "application": application,
        "entry": entry,
        "round": entry.round,
        "rules": rules_of(entry.round),
        "prize": rules_of(entry.round).prize(entry.prize),
        "round_now": clock.now(entry.round),
        "may_write": draft and may_write(request.user, entry),
        "may_file": may_file(request.user, entry),
        "is_member": reads(request.user, entry),
        "may_unmask": may_unmask(request.user, entry),
    }


def masked_for(request: HttpRequest, application: Application) -> set[str]:
    """The answers that are hidden from this reader: trade secrets, from everybody but the applicant."""
    return set() if reads(request.user, application.entry) else set(application.secrets)
