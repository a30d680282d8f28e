"""``python -m bench`` (``make bench`` brings PostgreSQL and Redis up around it).

Of each page: its time as a multiple of the bare page's, by the clock and by this process's own work (which a busy machine does not
change), its queries, and what is aimed at; ``!`` marks what is beyond. Of each export: seconds, queries, and the most memory held.
"""

from __future__ import annotations

import logging
import os
import statistics
import sys
import time
import tracemalloc
from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

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

#: Pages are measured with the first and the last; exports with each, so that one sees whether their memory grows.
SIZES = (100, 2_000, 10_000)
RUNS = 25


class Cost(NamedTuple):
    """Seconds by the clock, and of this process's own work."""

    clock: float
    work: float


def median_of(call: Callable[[], object]) -> Cost:
    """Median of ``RUNS`` calls after three to warm up."""
    for _ in range(3):
        call()
    found = []
    for _ in range(RUNS):
        clock, work = time.perf_counter(), time.process_time()
        call()
        found.append(Cost(time.perf_counter() - clock, time.process_time() - work))
    return Cost(statistics.median(one.clock for one in found), statistics.median(one.work for one in found))


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
    connection.force_debug_cursor = True
    reset_queries()
    call()
    connection.force_debug_cursor = False
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
            fill(world.round, size - filled, prize=world.round.prizes[0], first=filled)
            filled = size
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE")
            print(f"\n{size} applications")
            if size in (SIZES[0], SIZES[-1]):
                report_pages(world)
            report_exports(world)


def _policy_with(kind: str) -> str:
    """The name of the first policy file that has a stage of this kind."""
    found = (path for path in sorted(POLICIES.glob("*.yaml")) if f"kind: {kind}" in path.read_text(encoding="utf-8"))
    return next(found).stem


def report_pages(world: Any) -> None:
    from bench.pages import LISTS, MOST_OF_LIST, pages

    office = Client()
    office.force_login(world.cast.office, backend="allauth.account.auth_backends.AuthenticationBackend")
    bare = median_of(lambda: office.get("/bench/bare/"))
    print(f"bare 50-row page {bare.clock * 1000:.2f} ms, of which {bare.work * 1000:.2f} ms are work")
    print(f"{'page':<32}{'× bare':>8}{'× work':>8}{'aim':>5}{'queries':>9}{'aim':>5}")
    for name, client, url, aim in pages(world):
        opened = partial(open_page, client, url)
        if (status := opened()) != 200:
            sys.exit(f"{name} {url}: {status}")
        cost, queries = median_of(opened), queries_of(opened)
        most = MOST_OF_LIST if name in LISTS else 0
        beyond = (aim and cost.clock > aim * bare.clock) or (most and queries > most)
        print(
            f"{name:<32}{cost.clock / bare.clock:>8.1f}{cost.work / bare.work:>8.1f}{aim or '':>5}{queries:>9}{most or '':>5}"
            f"{' !' if beyond else ''}",
            flush=True,
        )


def report_exports(world: Any) -> None:
    from bench.pages import MOST_OF_EXPORT, exports

    print(f"{'export':<32}{'seconds':>8}{'queries':>9}{'aim':>5}{'MiB':>7}")
    for name, client, url in exports(world):
        opened = partial(open_page, client, url)
        took = time.perf_counter()
        opened()
        took = time.perf_counter() - took
        queries = queries_of(opened)
        beyond = " !" if queries > MOST_OF_EXPORT else ""
        print(
            f"{name:<32}{took:>8.2f}{queries:>9}{MOST_OF_EXPORT:>5}{peak_of(opened):>7.1f}{beyond}",
            flush=True,
        )


main()
