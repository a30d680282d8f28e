"""One spelling per value, one digest per spelling; tokens that a rehearsal can repeat and nobody can guess."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import random
from decimal import Decimal
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.fields import canonical, digest, plain
from core.tokens import new_token, seeded

scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(), st.decimals(allow_nan=False, allow_infinity=False), st.dates()
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4), max_leaves=12
)


@given(st.dictionaries(st.text(), values, max_size=6), st.randoms())
def test_the_order_of_keys_does_not_matter(value, shuffle) -> None:
    items = list(value.items())
    shuffle.shuffle(items)
    assert canonical(dict(items)) == canonical(value)
    assert digest(dict(items)) == digest(value)


@given(values)
def test_a_value_and_what_the_database_gives_back_have_one_digest(value) -> None:
    assert digest(plain(value)) == digest(value)
    assert plain(plain(value)) == plain(value)


@given(values, values)
def test_different_spellings_have_different_digests(one, other) -> None:
    assert (digest(one) == digest(other)) == (canonical(one) == canonical(other))


def test_what_is_spelt_how() -> None:
    shanghai = dt.datetime(2026, 1, 1, 8, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert canonical(shanghai) == canonical(shanghai.astimezone(dt.UTC)) == '"2026-01-01T00:00:00.000000+00:00"'
    assert canonical({"b": {3, 1}, "a": Decimal("1.50")}) == '{"a":"1.50","b":[1,3]}'
    assert json.loads(canonical({"名": "值"})) == {"名": "值"}
    assert "名" in canonical({"名": 1})


def printed(count: int) -> list[str]:
    return [new_token(printed=True) for _ in range(count)]


def test_the_same_seed_prints_the_same_tokens_and_only_inside() -> None:
    with seeded(random.Random(7)):
        first = printed(3)
    with seeded(random.Random(7)):
        assert printed(3) == first
    assert printed(1)[0] not in first


def test_a_token_that_opens_something_is_never_guessable_not_even_in_a_rehearsal() -> None:
    with seeded(random.Random(7)):
        first = [new_token() for _ in range(3)]
    with seeded(random.Random(7)):
        assert not set(first) & {new_token() for _ in range(3)}
    assert len({new_token() for _ in range(500)}) == 500


def test_a_failing_rehearsal_leaves_no_seed_behind() -> None:
    with contextlib.suppress(RuntimeError), seeded(random.Random(1)):
        raise RuntimeError
    with seeded(random.Random(1)):
        expected = printed(1)
    assert printed(1) != expected


@given(st.integers(1, 60))
def test_tokens_are_as_long_as_asked_and_unambiguous(length: int) -> None:
    token = new_token(length)
    assert len(token) == length
    assert not set(token) & set("01iloO")  # read aloud, these are mistaken for each other
