"""A jurisdiction's colour made readable: WCAG 2.2 contrast is guaranteed whatever colour the record holds.

    plate("#e0b000")    band, deeper band, ink on white, ink on dark grounds, tints

Contrast is WCAG's ratio of relative luminances, 1 to 21. A colour that fails against white is darkened, step by step and at the
same hue, until it passes; a colour for dark grounds is lightened in the same way.
"""

from __future__ import annotations

import colorsys
import functools
import re
from dataclasses import dataclass

#: Text at least 4.5 (WCAG 1.4.3); a little more, so that rounding never undercuts it.
READABLE = 4.6
WHITE = (255, 255, 255)
#: The lightest ground that text stands on in the dark theme (``--raised`` of tokens.css).
DARK_GROUND = (35, 47, 60)
DEFAULT = (28, 58, 94)
_STEPS = 100
_HEX = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})\Z")

RGB = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Plate:
    """The colours of a name plate as CSS hexadecimals."""

    band: str
    deep: str
    ink: str
    ink_dark: str
    tint: str
    tint_dark: str


@functools.lru_cache(maxsize=256)
def plate(colour: str) -> Plate:
    """The plate of a colour; of the house's own colour where the record holds none that can be read."""
    rgb = parse(colour) or DEFAULT
    band = readable(rgb, WHITE)
    tint, tint_dark = _mixed(WHITE, band, 0.08), _mixed(DARK_GROUND, band, 0.2)
    return Plate(
        band=_hex(band),
        deep=_hex(_mixed(band, (0, 0, 0), 0.24)),
        ink=_hex(readable(band, WHITE, tint)),
        ink_dark=_hex(readable(rgb, DARK_GROUND, tint_dark)),
        tint=_hex(tint),
        tint_dark=_hex(tint_dark),
    )


def parse(colour: str) -> RGB | None:
    """``#rrggbb`` or ``#rgb`` as numbers; None for anything else."""
    found = _HEX.match(colour.strip())
    if found is None:
        return None
    digits = found[1] if len(found[1]) == 6 else "".join(one * 2 for one in found[1])
    return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16)


def contrast(one: RGB, other: RGB) -> float:
    """WCAG's contrast ratio."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def readable(colour: RGB, *against: RGB) -> RGB:
    """The colour, moved away from these grounds (all light, or all dark) in lightness as far as text of it needs, and no further."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*(part / 255 for part in colour))
    end = 0.0 if _luminance(against[0]) > 0.18 else 1.0
    for step in range(_STEPS + 1):
        moved = lightness + (end - lightness) * step / _STEPS
        rgb = _rgb(colorsys.hls_to_rgb(hue, moved, saturation))
        if all(contrast(rgb, ground) >= READABLE for ground in against):
            return rgb
    return _rgb((end, end, end))


def _luminance(colour: RGB) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _mixed(one: RGB, other: RGB, share: float) -> RGB:
    red, green, blue = (round(a + (b - a) * share) for a, b in zip(one, other, strict=True))
    return red, green, blue


def _rgb(parts: tuple[float, float, float]) -> RGB:
    red, green, blue = (min(255, max(0, round(part * 255))) for part in parts)
    return red, green, blue


def _hex(colour: RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
