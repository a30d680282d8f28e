"""Stylesheets as they are served: Tabler's with an automatic dark theme, ours in one file, both lowered to the oldest browsers of
package.json's ``browserslist`` (ADR 72). ``python scripts/styles.py`` remakes both."""

import json
import re
import subprocess
from pathlib import Path

from paths import ROOT

SOURCE = ROOT / "static" / "src" / "css"
MODULES = ROOT / "node_modules"
TABLER = MODULES / "@tabler" / "core" / "dist" / "css" / "tabler.min.css"
#: Later ones win: what all build on, then the rest by name, then what narrow screens and paper change.
FIRST = ("tokens", "type", "layout", "masthead", "forms", "parts", "lists", "figures")
LAST = ("small", "print")
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
DARK = re.compile(r"(:root)?\[data-bs-theme=dark\]")
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=\S+ \*/")
#: Both languages run from left to right: said so, what is newer than the floor needs no second set of rules for the other direction.
LEFT_TO_RIGHT = {
    "inset-inline-start": "left",
    "inset-inline-end": "right",
    "border-start-start-radius": "border-top-left-radius",
    "border-start-end-radius": "border-top-right-radius",
    "border-end-start-radius": "border-bottom-left-radius",
    "border-end-end-radius": "border-bottom-right-radius",
}
#: Shorthands that lightningcss leaves where their value is a variable: one value for all of their sides.
SIDES = {
    "inset": ("top", "right", "bottom", "left"),
    "inset-inline": ("left", "right"),
    "margin-inline": ("margin-left", "margin-right"),
    "margin-block": ("margin-top", "margin-bottom"),
    "padding-inline": ("padding-left", "padding-right"),
}
SHORTHAND = re.compile(rf"(?<=[{{;])({'|'.join(SIDES)}):([^;}}]+)")
LOGICAL = re.compile(rf"(?<=[{{;])({'|'.join(LEFT_TO_RIGHT)})(?=:)")
FLOATS = re.compile(r"(?<=float:)inline-(start|end)")
CONTAINER = re.compile(r"@container \(max-width: (\d+)rem\) \{\n(.*?)\n\}\n", re.DOTALL)
#: A page's own edges, beside which a table stands.
EDGES = 4


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


def left_to_right(css: str) -> str:
    """Tabler's logical properties as the sides that they are here."""
    css = FLOATS.sub(lambda found: "left" if found[1] == "start" else "right", css)
    css = SHORTHAND.sub(_sides, css)
    return LOGICAL.sub(lambda found: LEFT_TO_RIGHT[found[1]], css)


def _sides(found: re.Match[str]) -> str:
    value = found[2].removesuffix("!important")
    if " " in value.strip() and not value.startswith("calc("):
        return found[0]
    return ";".join(f"{side}:{found[2]}" for side in SIDES[found[1]])


def with_screens(css: str) -> str:
    """Each container query once more for browsers that know none: they go by the width of the screen."""

    def doubled(block: re.Match[str]) -> str:
        screen = f"@media (max-width: {int(block[1]) + EDGES}rem) {{\n{block[2]}\n}}"
        return f"{block[0]}@supports not (container-type: inline-size) {{\n{screen}\n}}\n"

    return CONTAINER.sub(doubled, css)


def lowered(css: str) -> str:
    """The same in the words of the oldest browsers that are served, and small."""
    oldest = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["browserslist"]
    # the platform's own; the wrapper wants a Node on the path
    program = next(MODULES.glob("lightningcss-cli-*/lightningcss"))
    command = [str(program), "--minify", "--targets", ", ".join(oldest)]
    done = subprocess.run(command, input=css, capture_output=True, text=True, encoding="utf-8", check=False)
    if done.returncode:
        raise ValueError(f"lightningcss: {done.stderr}")
    return done.stdout


def sheets() -> dict[str, str]:
    """What is served, by file name."""
    others = sorted(path.stem for path in SOURCE.glob("*.css") if path.stem not in FIRST + LAST)
    ours = "".join((SOURCE / f"{name}.css").read_text(encoding="utf-8") for name in (*FIRST, *others, *LAST))
    tabler = SOURCE_MAP.sub("", TABLER.read_text(encoding="utf-8"))
    return {
        "tabler.min.css": lowered(left_to_right(with_automatic(tabler))),
        "site.css": lowered(with_screens(ours)),
    }


def write_styles(target: Path) -> None:
    """Write both into a folder; each is put in place whole."""
    for name, text in sheets().items():
        part = target / f"{name}.part"
        part.write_text(text, encoding="utf-8")
        part.rename(target / name)


if __name__ == "__main__":
    write_styles(ROOT / "static" / "build")
