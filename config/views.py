"""Is the site able to work? For load balancers and container health checks."""

from urllib.parse import urlsplit

from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.views.csrf import csrf_failure as default_csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.celery import app
from core import held


def database_answers() -> bool:
    """Whether the database answers a trivial question."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return bool(cursor.fetchone())
    except Exception:  # any failure at all means "not healthy"; the driver's own classes differ by engine
        return False


def broker_answers() -> bool:
    """Whether the task broker can be reached within two seconds."""
    try:
        with app.connection_for_write(connect_timeout=2) as broker:
            broker.ensure_connection(max_retries=1, timeout=2)
            return True
    except Exception:  # as above: each transport raises classes of its own
        return False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 when database and broker answer, else 503; says only which of them, nothing about either."""
    parts = {"database": database_answers(), "broker": broker_answers()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page that was open while its person signed in anew has an old token. Words of that person, sent from our own site, are held and
    shown again on the page, unsaved; everything else gets the usual refusal."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    ours = urlsplit(origin).netloc == request.get_host()
    if ours and request.method == "POST" and held.keep(request):
        if request.headers.get("X-Autosave"):
            return JsonResponse({"signed_out": True}, status=401)
        return HttpResponseRedirect(held.page_of(request))
    return default_csrf_failure(request, reason=reason)
