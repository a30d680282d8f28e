"""A keyset page is what slow slicing would give: ties, descending order and added rows included."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import signing
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import User
from core import keyset

ORDERS = [("id",), ("-id",), ("name", "id"), ("-name", "id"), ("name", "-id"), ("-name", "is_active", "-id")]


def walk(rows: QuerySet[User], by: tuple[str, ...], size: int, *, nullable: bool = False) -> list[list[int]]:
    pages, cursor = [], ""
    while True:
        page = keyset.page(rows, by=by, cursor=cursor, size=size, nullable=nullable)
        assert page.first is (cursor == "")
        pages.append([user.pk for user in page.rows])
        cursor = page.next_cursor
        if not cursor:
            return pages


class Paging(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.tuples(st.sampled_from(["甲", "乙", "a", "B"]), st.booleans()), max_size=12),
        st.sampled_from(ORDERS),
        st.integers(1, 5),
    )
    def test_pages_agree_with_slices(self, people: list[tuple[str, bool]], by: tuple[str, ...], size: int) -> None:
        User.objects.bulk_create(
            User(email=f"p{n}@example.org", name=name, is_active=active) for n, (name, active) in enumerate(people)
        )
        whole = list(User.objects.order_by(*by).values_list("pk", flat=True))
        slices = [whole[n : n + size] for n in range(0, len(whole), size)] or [[]]
        assert walk(User.objects.all(), by, size) == slices


class PagingWithoutValues(TestCase):
    @settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        st.lists(st.none() | st.integers(1, 3), max_size=12),
        st.sampled_from([("last_login", "id"), ("-last_login", "-id")]),
        st.integers(1, 5),
    )
    def test_rows_without_a_value_stand_last_both_ways(
        self, days: list[int | None], by: tuple[str, ...], size: int
    ) -> None:
        User.objects.bulk_create(
            User(email=f"n{n}@example.org", last_login=day and dt.datetime(2026, 1, day, tzinfo=dt.UTC))
            for n, day in enumerate(days)
        )
        ordered = keyset.ordered(User.objects.all(), by=by, nullable=True)
        whole = list(ordered.values_list("pk", flat=True))
        slices = [whole[n : n + size] for n in range(0, len(whole), size)] or [[]]
        assert walk(User.objects.all(), by, size, nullable=True) == slices
        empty = [user.last_login is None for user in ordered]
        assert empty == sorted(empty)


@pytest.mark.django_db
def test_a_cursor_of_another_order_gives_the_first_page() -> None:
    User.objects.bulk_create(User(email=f"p{n}@example.org", name=f"{n}") for n in range(4))
    cursor = keyset.page(User.objects.all(), by=("name", "id"), size=2).next_cursor
    assert keyset.page(User.objects.all(), by=("-name", "-id"), cursor=cursor, size=2).first


@pytest.mark.django_db
@pytest.mark.parametrize(
    "cursor",
    ["nonsense", signing.dumps([1, 2], salt="keyset"), signing.dumps([1]), "a:b:c"],
    ids=["nonsense", "too-long", "of-something-else", "forged"],
)
def test_a_cursor_not_made_here_gives_the_first_page(cursor: str) -> None:
    User.objects.create_user("a@example.org", name="a")
    page = keyset.page(User.objects.all(), by=("id",), cursor=cursor)
    assert page.first
    assert len(page.rows) == 1


@pytest.mark.django_db
def test_a_page_costs_one_query_wherever_it_lies(django_assert_num_queries) -> None:
    User.objects.bulk_create(User(email=f"p{n}@example.org", name="同名") for n in range(30))
    second = keyset.page(User.objects.all(), by=("name", "id"), size=10).next_cursor
    with django_assert_num_queries(1):
        assert len(keyset.page(User.objects.all(), by=("name", "id"), cursor=second, size=10).rows) == 10
