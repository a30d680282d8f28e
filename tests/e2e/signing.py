"""Being signed in without typing a password: a session as a real sign-in leaves it."""

from __future__ import annotations

import time

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def session_key(user: User) -> str:
    """The key of a new session of that person."""
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
    session.create()
    return str(session.session_key)


def session_cookie(url: str, user: User) -> dict[str, str]:
    """The cookie that makes a browser theirs."""
    return cookie(url, settings.SESSION_COOKIE_NAME, session_key(user))


def cookie(url: str, name: str, value: str) -> dict[str, str]:
    """As a browser context takes it."""
    return {"url": url, "name": name, "value": value}
