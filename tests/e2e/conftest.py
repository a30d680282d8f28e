"""Chromium, a live site, and entering it as somebody."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, Page

from accounts.models import User
from tests.e2e.signing import cookie, session_cookie

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright's loop runs in the test's own thread
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything here is a browser test."""
    for item in items:
        if "tests/e2e" in str(item.path):
            item.add_marker(pytest.mark.e2e)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    path = shutil.which("chromium") or "/usr/bin/chromium"
    return {**browser_type_launch_args, "executable_path": path, "args": QUIET}


@pytest.fixture
def enter(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """``enter(user, width=1280, language="zh-hans")``: a page of the live site, signed in as that person (None: nobody)."""
    contexts: list[BrowserContext] = []

    def open_page(
        user: User | None = None, *, width: int = 1280, language: str = "zh-hans", script: bool = True
    ) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": 900},
            locale="zh-CN",
            java_script_enabled=script,
        )
        contexts.append(context)
        cookies = [cookie(live_server.url, settings.LANGUAGE_COOKIE_NAME, language)]
        if user is not None:
            cookies.append(session_cookie(live_server.url, user))
        context.add_cookies(cookies)  # type: ignore[arg-type]
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
