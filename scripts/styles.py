"""Stylesheets as they are served: Tabler's with an automatic dark theme, ours in one file. ``python scripts/styles.py`` remakes both."""

import re
from pathlib import Path

from paths import ROOT

SOURCE = ROOT / "static" / "src" / "css"
TABLER = ROOT / "node_modules" / "@tabler" / "core" / "dist" / "css" / "tabler.min.css"
#: Later ones win: what all build on, then the rest by name, then what narrow screens and paper change.
FIRST = ("tokens", "type", "layout", "masthead", "forms", "parts", "lists", "figures")
LAST = ("small", "print")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DARK = re.compile(r"(:root)?\[data-bs-theme=dark\]")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=\S+ \*/")


def with_automatic(css: str) -> str:
    """Each rule of the dark theme once more, for pages that follow the device and a device that is set to dark.

    Bootstrap knows an attribute only; a script would be needed to set it. So ``[data-bs-theme=auto]`` is made a theme of its own.
    """

    def doubled(rule: re.Match[str]) -> str:
        selectors = [one for one in rule[1].split(",") if DARK.match(one.strip())]
        if not selectors:
            return rule[0]
        automatic = ",".join(one.replace("[data-bs-theme=dark]", "[data-bs-theme=auto]") for one in selectors)
        return f"{rule[0]}@media (prefers-color-scheme:dark){{{automatic}{{{rule[2]}}}}}"

    return RULE.sub(doubled, css)


def write_styles(target: Path) -> None:
    """Write both into a folder; each is put in place whole."""
    others = sorted(path.stem for path in SOURCE.glob("*.css") if path.stem not in FIRST + LAST)
    ours = "".join((SOURCE / f"{name}.css").read_text(encoding="utf-8") for name in (*FIRST, *others, *LAST))
    tabler = SOURCE_MAP.sub("", TABLER.read_text(encoding="utf-8"))
    for name, text in (("tabler.min.css", with_automatic(tabler)), ("site.css", ours)):
        part = target / f"{name}.part"
        part.write_text(text, encoding="utf-8")
        part.rename(target / name)


if __name__ == "__main__":
    write_styles(ROOT / "static" / "build")
