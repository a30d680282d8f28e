"""The baseline: the plainest list of 50 rows that Django can show, one query, signed-in session, no layout."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Organisation


def bare(request: HttpRequest) -> HttpResponse:
    """Fifty organisations in a table."""
    assert request.user.is_authenticated
    return render(request, "bench/bare.html", {"rows": Organisation.objects.order_by("id")[:50]})
