"""The tenant of a request."""

from __future__ import annotations

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.template import Context, Template
from django.test import RequestFactory
from django_scopes import get_scope
from django_scopes.exceptions import ScopeError

from jurisdictions.middleware import TenantMiddleware
from jurisdictions.models import Body
from tests.jurisdictions.people import make_body, make_jurisdiction

pytestmark = pytest.mark.django_db


def through(path: str, view):
    return TenantMiddleware(view)(RequestFactory().get(path))


def test_a_page_of_a_jurisdiction_runs_inside_its_scope():
    here, there = make_jurisdiction(), make_jurisdiction()
    mine, _other = make_body(here), make_body(there)

    def view(request: HttpRequest) -> HttpResponse:
        assert request.jurisdiction == here  # type: ignore[attr-defined]
        page = Template("{% for body in bodies.all %}{{ body.key }};{% endfor %}")
        return HttpResponse(page.render(Context({"bodies": Body.objects})))

    assert through(f"/j/{here.code}/desk/", view).content.decode() == f"{mine.key};"
    assert get_scope() == {}


def test_an_unknown_code_is_not_found():
    with pytest.raises(Http404):
        through("/j/nowhere/", lambda request: HttpResponse())


def test_the_site_answers_404_for_an_unknown_jurisdiction(client):
    assert client.get("/j/nowhere/anything/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/accounts/login/", "/j/", "/jj/x/"])
def test_elsewhere_there_is_no_jurisdiction_and_a_scoped_query_raises(path):
    def view(request: HttpRequest) -> HttpResponse:
        assert request.jurisdiction is None  # type: ignore[attr-defined]
        with pytest.raises(ScopeError):
            Body.objects.count()
        return HttpResponse("seen")

    assert through(path, view).content == b"seen"


def test_the_scope_ends_when_the_view_fails():
    here = make_jurisdiction()

    def view(request: HttpRequest) -> HttpResponse:
        raise RuntimeError("broken")

    with pytest.raises(RuntimeError):
        through(f"/j/{here.code}/", view)
    assert get_scope() == {}
