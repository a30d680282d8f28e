"""Words that could not be saved because the session was over (or the page's token was): held until their writer has signed in again.

    @held.keeps_words                   a view that writes: an anonymous post is held, then asks to sign in
    held.writer_of(user)                what the page's form carries as ``held.FIELD``: whose words these will be
    held.take(request)                  the words held for this person on this page, or None
    held.drop(request)                  they are saved, or not wanted any more

Held in the browser's own session on the server, encrypted, for a few hours, a few pages at most. Files cannot be held.
"""

from __future__ import annotations

import base64
import functools
from collections.abc import Callable
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.utils.encoding import force_bytes

#: The form's own field that says whose words these are.
FIELD = "writer"
HOURS, MOST_BYTES, MOST_PAGES = 4, 1_000_000, 3
_SESSION, _SALT, _PURPOSE = "held_words", "held words: whose", b"held words 1"
_OWN = ("csrfmiddlewaretoken", FIELD)


def writer_of(user: Any) -> str:
    """A signed mark of the person, for a hidden field: nobody else can make words look like theirs."""
    return signing.dumps(user.pk, salt=_SALT)


def page_of(request: HttpRequest) -> str:
    """The page from which was posted: a script's request names it."""
    page = request.POST.get("page", "").partition("?")[0]
    return page if page.startswith("/") and not page.startswith("//") and "\\" not in page else request.path


def keep(request: HttpRequest) -> bool:
    """Hold what was posted, for the person that the page's mark names. Whether it could be held."""
    path = page_of(request)
    writer = _writer(request.POST.get(FIELD, ""))
    words = request.POST.copy()
    for name in _OWN:
        words.pop(name, None)
    text = words.urlencode()
    if writer is None or len(text) > MOST_BYTES:
        return False
    held: dict[str, Any] = dict(request.session.get(_SESSION, {}))
    held.pop(path, None)
    held[path] = [writer, _box().encrypt(text.encode()).decode()]
    request.session[_SESSION] = dict(list(held.items())[-MOST_PAGES:])
    return True


def take(request: HttpRequest) -> QueryDict | None:
    """What is held for this page, when it is this person's and not too old."""
    entry = request.session.get(_SESSION, {}).get(request.path)
    if not entry or not request.user.is_authenticated:
        return None
    writer, sealed = entry
    try:
        text = _box().decrypt(sealed.encode(), ttl=HOURS * 3600).decode()
    except InvalidToken:
        drop(request)
        return None
    # Somebody else may have signed in at this browser: not theirs to read.
    return QueryDict(text) if writer == request.user.pk else None


def drop(request: HttpRequest) -> None:
    """Forget what is held for this page."""
    held: dict[str, Any] = dict(request.session.get(_SESSION, {}))
    if held.pop(page_of(request), None) is not None:
        request.session[_SESSION] = held


def keeps_words(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """``login_required`` that holds what an anonymous person posted. A script's request gets 401 instead of the sign-in page."""

    @functools.wraps(view)
    def wrapper(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            keep(request)
        if request.headers.get("X-Autosave"):
            return JsonResponse({"signed_out": True}, status=401)
        return redirect_to_login(page_of(request) if request.method == "POST" else request.get_full_path())

    return wrapper


def _writer(given: str) -> int | None:
    try:
        found: int = signing.loads(given, salt=_SALT, max_age=7 * 24 * 3600)
    except signing.BadSignature:
        return None
    return found


def _box() -> MultiFernet:
    return MultiFernet([Fernet(_key(secret)) for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]])


def _key(secret: str | bytes) -> bytes:
    return base64.urlsafe_b64encode(HKDF(SHA256(), 32, None, _PURPOSE).derive(force_bytes(secret)))
