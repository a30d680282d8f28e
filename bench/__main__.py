"""``python -m bench`` (``make bench`` brings PostgreSQL and Redis up around it)."""

from __future__ import annotations

import logging
import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection, reset_queries  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_databases, teardown_databases  # noqa: E402
from django_scopes import scopes_disabled  # noqa: E402

from bench.filling import fill  # noqa: E402
from tests.worlds import POLICIES  # noqa: E402

SIZES = (100, 10_000)
RUNS = 25


def median_of(call: Callable[[], object]) -> float:
    """Median seconds of ``RUNS`` calls after three to warm up."""
    for _ in range(3):
        call()
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def open_page(client: Client, url: str) -> int:
    """Open a page, a streamed file to its end; gives its status."""
    answer: Any = client.get(url)
    for _part in answer.streaming_content if answer.streaming else ():
        pass
    return int(answer.status_code)


def peak_of(call: Callable[[], object]) -> float:
    """Most memory held at once, in MiB."""
    call()
    tracemalloc.start()
    call()
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def queries_of(call: Callable[[], object]) -> int:
    settings.DEBUG = True
    reset_queries()
    call()
    settings.DEBUG = False
    return len(connection.queries)


def main() -> None:
    logging.disable(logging.WARNING)  # what is measured is the pages
    settings.ROOT_URLCONF = "bench.urls"
    engine: dict[str, Any] = settings.TEMPLATES[0]
    engine["DIRS"].append(settings.BASE_DIR / "bench" / "templates")
    names = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    try:
        measure()
    finally:
        teardown_databases(names, verbosity=0)


def measure() -> None:
    from tests.worlds import build

    name = sys.argv[1] if len(sys.argv) > 1 else _policy_with("recommendation")
    world = build(name, applications=4)
    with scopes_disabled():
        world.advance("recommendation")
        filled = 0
        for size in SIZES:
            fill_up = size - filled
            fill(world.round, fill_up, prize=world.round.prizes[0], first=filled)
            filled = size
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            report(world, size)


def _policy_with(kind: str) -> str:
    """The name of the first policy file that has a stage of this kind."""
    found = (path for path in sorted(POLICIES.glob("*.yaml")) if f"kind: {kind}" in path.read_text(encoding="utf-8"))
    return next(found).stem


def report(world, size: int) -> None:  # type: ignore[no-untyped-def]
    from bench.pages import exports, pages

    office = Client()
    office.force_login(world.cast.office, backend="allauth.account.auth_backends.AuthenticationBackend")
    base = median_of(lambda: office.get("/bench/bare/"))
    print(f"\n{size} applications; bare 50-row page {base * 1000:.2f} ms")
    print(f"{'page':<34}{'× bare':>8}{'queries':>9}{'aim':>6}")
    for name, client, url, aim in pages(world):
        opened = partial(open_page, client, url)
        if (status := opened()) != 200:
            sys.exit(f"{name} {url}: {status}")
        print(f"{name:<34}{median_of(opened) / base:>8.1f}{queries_of(opened):>9}{aim:>6}", flush=True)
    print(f"{'export':<34}{'seconds':>8}{'queries':>9}{'MiB':>6}")
    for name, client, url in exports(world):
        opened = partial(open_page, client, url)
        start = time.perf_counter()
        opened()
        took = time.perf_counter() - start
        print(f"{name:<34}{took:>8.2f}{queries_of(opened):>9}{peak_of(opened):>6.1f}", flush=True)


main()
