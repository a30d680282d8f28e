"""What pages and papers use is there."""

import re

import pytest

from config.settings.apps import BASE_DIR

BUILD = BASE_DIR / "static" / "build"
USED = re.compile(r"""\{% icon ['"]([a-z0-9-]+)['"]""")


def used_icons() -> set[str]:
    """Names of the icons that templates draw."""
    return {name for path in (BASE_DIR / "templates").rglob("*.html") for name in USED.findall(path.read_text())}


def test_every_icon_in_use_is_in_the_sprite():
    drawn = set(re.findall(r'<symbol id="([^"]+)"', (BUILD / "icons.svg").read_text()))
    assert used_icons() - drawn == set()


@pytest.mark.parametrize("face", ["NotoSerifSC-Regular", "NotoSerifSC-Bold", "NotoSansSC-Regular", "NotoSansSC-Bold"])
def test_papers_have_a_font_that_knows_chinese(face):
    from fontTools.ttLib import TTFont

    known = TTFont(BUILD / "fonts" / f"{face}.ttf").getBestCmap()
    assert not [letter for letter in "质量奖授予证书公示〔2026〕号ABC—“”" if ord(letter) not in known]


def test_tabler_points_at_no_source_map():
    assert "sourceMappingURL" not in (BUILD / "tabler.min.css").read_text()
