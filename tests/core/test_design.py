"""Looks that are promises: colours stay readable, a theme is kept without an account."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from config.settings.apps import BASE_DIR
from core.design import colours
from core.design.colours import DARK_GROUND, WHITE, contrast, parse, plate
from core.design.listing import ROWS

#: Parts of one page of one app; they are proven there.
NOT_SHARED = {"score_heading", "score_item"}
ANY_COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def components() -> set[str]:
    """Names of the components that any page may use."""
    return {path.stem for path in (BASE_DIR / "templates" / "cotton").glob("*.html")} - NOT_SHARED


def _ratio(one: str, other: str | tuple[int, int, int]) -> float:
    ground = parse(other) if isinstance(other, str) else other
    return contrast(parse(one), ground)


@given(st.one_of(ANY_COLOUR, st.text(max_size=9)))
def test_whatever_colour_a_record_holds_its_plate_is_readable(colour):
    made = plate(colour)
    assert _ratio(made.band, WHITE) >= 4.5
    assert _ratio(made.deep, WHITE) >= 4.5
    assert min(_ratio(made.ink, WHITE), _ratio(made.ink, made.tint)) >= 4.5
    assert min(_ratio(made.ink_dark, DARK_GROUND), _ratio(made.ink_dark, made.tint_dark)) >= 4.5


def test_a_colour_that_passes_is_kept_and_one_that_fails_keeps_its_hue():
    assert plate("#9a1b1e").band == "#9a1b1e"
    assert plate("#fff").band != "#ffffff"
    red, green, blue = parse(plate("#f0c000").band)
    assert red > green > blue


@pytest.mark.parametrize("nonsense", ["", "red", "#12", "#12345g", "url(x)"])
def test_what_is_no_colour_gives_the_house_colour(nonsense):
    assert plate(nonsense) == plate("#{:02x}{:02x}{:02x}".format(*colours.DEFAULT))


def test_a_theme_is_kept_and_the_reader_stays_where_they_were(db):
    client = Client()
    assert 'data-bs-theme="auto"' in client.get("/").content.decode()
    answer = client.post("/theme/", {"theme": "dark", "next": "/verify/?a=1"})
    assert answer.status_code == 302
    assert answer.url == "/verify/?a=1"
    assert 'data-bs-theme="dark"' in client.get("/").content.decode()
    assert client.post("/theme/", {"theme": "<b>", "next": "https://elsewhere.example/"}).url == "/"
    assert 'data-bs-theme="auto"' in client.get("/").content.decode()


def test_a_script_that_has_changed_the_page_itself_gets_no_page(db):
    answer = Client().post("/theme/", {"theme": "light"}, headers={"X-Requested-With": "fetch"})
    assert answer.status_code == 204
    assert answer.cookies["theme"].value == "light"


def test_the_page_of_all_components_shows_each_of_them_and_only_where_it_may(db, settings):
    settings.DEMO_SIGN_IN = False
    assert Client().get("/design/").status_code == 404
    settings.DEMO_SIGN_IN = True
    page = Client().get("/design/").content.decode()
    assert page.count('data-bs-theme="dark"') == page.count('data-bs-theme="light"') == 1
    shown = {path.stem for path in (BASE_DIR / "templates" / "core" / "design").glob("*.html")}
    text = (BASE_DIR / "templates" / "core" / "design.html").read_text()
    text += "".join((BASE_DIR / "templates" / "core" / "design" / f"{name}.html").read_text() for name in shown)
    text += "".join(path.read_text() for path in (BASE_DIR / "templates" / "cotton").glob("*.html"))
    missing = {name for name in components() if f"<c-{name.replace('_', '-')} " not in text}
    assert missing == set(), "templates/core/design shows them"


def test_the_data_table_of_that_page_works(db, settings):
    settings.DEMO_SIGN_IN = True
    client = Client()
    assert client.get("/design/").context["list"].total == ROWS
    found = client.get("/design/?status=stopped&sort=-score&col=name&col=score")
    assert 0 < found.context["list"].total < ROWS and "aria-sort" in found.content.decode()
    assert "没有符合" in client.get("/design/?q=%F0%9F%92%A4").content.decode()
    lines = b"".join(client.get("/design/?export=csv").streaming_content).decode("utf-8-sig").splitlines()
    assert len(lines) == ROWS + 1
