"""What stylesheets and scripts ask of a browser, held against package.json's ``browserslist`` with MDN's compatibility data (ADR 72).

Whatever is newer than the floor has a fallback beside it, stands within ``@supports``, or is named in DEGRADES with what older
browsers do instead. Anything else fails ``make lint``.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import tinycss2  # type: ignore[import-untyped]

from paths import ROOT
from styles import sheets

#: Newer than the floor on purpose: what happens where it is not known.
DEGRADES = {
    "color-mix()": "Tabler's tints stay away; what they tell is told by our own tokens (tokens.css)",
    "oklch()": "only as a part of Tabler's color-mix() and relative colours",
    ":has()": "the rule falls away: a little air in lists, and Tabler's sign beside a group of fields",
    ":where()": "Tabler's tables in running text, which no page has",
    ":popover-open": "by itself in a rule: filters of a list stand in the page, citations open by :focus",
    "::details-content": "site.js unfolds what is printed",
    "content-visibility": "as above",
    "@container": "styles.py writes each again for the width of the screen",
    "container-type": "as above",
    "@property": "Tabler's own carousel, which no page has",
    "@page": "the printer's own margins",
    "size": "as above",
    "break-after: avoid": "a heading may end a sheet",
    "color-scheme": "scroll bars and pickers stay light; the theme's colours need it not",
    "forced-colors": "no such mode before it",
    "forced-color-adjust": "as above",
    "prefers-contrast": "the usual lines are drawn, which pass AA",
    "accent-color": "the browser's own colour of bars",
    "field-sizing": "the field scrolls; its corner can be drawn",
    "text-wrap": "lines break where they are full",
    "text-decoration-thickness": "a line as thick as the font says",
    "text-underline-offset": "a line where the font says",
    "hanging-punctuation": "punctuation stays within the line",
    "text-spacing-trim": "the font's own spacing, under @supports",
    "text-autospace": "writers set the spaces",
    "scrollbar-color": "the system's scroll bars",
    "-webkit-tap-highlight-color": "phones only",
    "overflow-anchor": "Safari may jump when something above grows",
    "overscroll-behavior": "the page behind a box scrolls on",
    "rect()": "written for the oldest, beside clip-path",
    "justify-content: start": "flex-start is what it falls back to",
    "justify-content: end": "only Tabler's utility class, which no page has",
    "inset-inline": "Tabler's switch, which no page has",
    "margin-inline": "Tabler's buttons within cards, which no page has",
    "rotate": "Tabler's folding arrows, which no page has",
    "translate": "Tabler's panels, which no page has",
    ".dispose()": "a chart's own (ECharts)",
    ".resize()": "a chart's own (ECharts)",
}
PREFIXED = re.compile(r"-(webkit|moz|ms|o)-")
CALLED = re.compile(r"(?<=[\w)\]?]\.)[a-z][A-Za-z]+(?=\()")


def floors() -> dict[str, float]:
    """The oldest version of each browser; Safari speaks for iOS, which never has a pointer of its own."""
    wanted = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["browserslist"]
    pairs = [line.split(" >= ") for line in wanted]
    return {name: float(version) for name, version in pairs if name != "ios_saf"}


FLOORS = floors()
DATA: dict[str, Any] = json.loads(
    (ROOT / "node_modules/@mdn/browser-compat-data/data.json").read_text(encoding="utf-8")
)


def is_newer(feature: dict[str, Any] | None) -> bool:
    """Whether some browser at the floor lacks it (unprefixed, without a switch); what MDN does not know is not judged."""
    support = (feature or {}).get("__compat", {}).get("support", {})
    return any(browser in support and not _has(support[browser], floor) for browser, floor in FLOORS.items())


def _has(stated: Any, floor: float) -> bool:
    for one in stated if isinstance(stated, list) else [stated]:
        added = str(one["version_added"]).lstrip("≤")
        if "prefix" not in one and "flags" not in one and added.replace(".", "").isdigit():
            major_minor = ".".join(added.split(".")[:2])
            if float(major_minor) <= floor:
                return True
    return False


def _named(tree: dict[str, Any], found: dict[str, dict[str, Any]]) -> dict[str, dict[str, Any]]:
    for name, below in tree.items():
        if name != "__compat" and isinstance(below, dict):
            found.setdefault(name, below)
            _named(below, found)
    return found


TYPES = _named(DATA["css"]["types"], {})


def of_rules(rules: Iterable[Any]) -> Iterator[str]:
    """Features newer than the floor in parsed rules; what ``@supports`` guards is left out."""
    for rule in rules:
        if rule.type == "at-rule":
            if rule.lower_at_keyword == "supports":
                continue
            yield from of_at_rule(rule)
        elif rule.type == "qualified-rule":
            yield from of_selectors(rule.prelude)
            yield from of_block(rule.content)


def of_at_rule(rule: Any) -> Iterator[str]:
    """Its name, what its condition asks, and what stands in it."""
    name = rule.lower_at_keyword
    entry = DATA["css"]["at-rules"].get(name)
    if is_newer(entry):
        yield f"@{name}"
    words = (
        token.lower_value for part in rule.prelude for token in getattr(part, "content", []) if token.type == "ident"
    )
    yield from (word for word in words if is_newer((entry or {}).get(word)))
    if rule.content and name in {"media", "container", "layer"}:
        yield from of_rules(tinycss2.parse_rule_list(rule.content, skip_whitespace=True, skip_comments=True))
    elif rule.content and name in {"font-face", "page"}:
        yield from of_block(rule.content)


def of_selectors(tokens: list[Any]) -> Iterator[str]:
    """Pseudo-classes and pseudo-elements."""
    colons = 0
    for token in tokens:
        if token.type == "literal" and token.value == ":":
            colons += 1
            continue
        name = getattr(token, "lower_name", "") or getattr(token, "lower_value", "")
        is_pseudo = colons and token.type in {"ident", "function"} and not PREFIXED.match(name)
        if is_pseudo and is_newer(DATA["css"]["selectors"].get(name)):
            yield f"{':' * colons}{name}{'()' if token.type == 'function' else ''}"
        if token.type == "function":
            yield from of_selectors(token.arguments)
        colons = 0


def of_block(tokens: list[Any]) -> Iterator[str]:
    """Properties, their words and functions; a declaration that stands after an older one of the same property has its fallback."""
    seen: set[str] = set()
    for one in tinycss2.parse_declaration_list(tokens, skip_whitespace=True, skip_comments=True):
        if one.type == "declaration" and not one.name.startswith("--"):
            if one.lower_name not in seen and not any(name.endswith(f"-{one.lower_name}") for name in seen):
                yield from of_declaration(one)
            seen.add(one.lower_name)


def of_declaration(one: Any) -> Iterator[str]:
    """The property, its words, its functions."""
    entry = DATA["css"]["properties"].get(one.lower_name)
    if is_newer(entry):
        yield one.lower_name
        return
    words = [token.lower_value for token in one.value if token.type == "ident"]
    yield from (f"{one.lower_name}: {word}" for word in words if is_newer((entry or {}).get(word)))
    for token in one.value:
        if token.type == "function" and not PREFIXED.match(token.lower_name) and is_newer(TYPES.get(token.lower_name)):
            yield f"{token.lower_name}()"


def of_script(text: str) -> Iterator[str]:
    """Methods that none of the browser's own objects has at the floor."""
    owners = [*DATA["api"].values(), *DATA["javascript"]["builtins"].values()]
    for member in sorted(set(CALLED.findall(text))):
        entries = [owner[member] for owner in owners if isinstance(owner.get(member), dict)]
        if entries and all(is_newer(entry) for entry in entries):
            yield f".{member}()"


def speaks_newer(path: Path) -> bool:
    """Whether esbuild, told of the floor, would write a script differently."""
    program = next((ROOT / "node_modules" / "@esbuild").glob("*/bin/esbuild"))
    floor = ",".join(f"{name}{version:g}" for name, version in FLOORS.items())
    known = "--supported:optional-chain=true"  # esbuild waits for Chromium 91: a fault of chains that spread, which none here does
    written = [
        subprocess.run([program, path, f"--target={target}", known], capture_output=True, check=True).stdout
        for target in ("esnext", floor)
    ]  # fmt: skip
    return written[0] != written[1]


def main() -> int:
    """Say what is too new and where, and what is excused for nothing; 1 where there is either."""
    asked = {name: set(of_rules(tinycss2.parse_stylesheet(css, True, True))) for name, css in sheets().items()}
    for path in sorted((ROOT / "static" / "src" / "js").glob("*.js")):
        syntax = {"its syntax"} if speaks_newer(path) else set()
        asked[path.name] = set(of_script(path.read_text(encoding="utf-8"))) | syntax
    wrong = [
        f"{name}: {feature} is newer than package.json's browserslist: give it a fallback, or say in DEGRADES what happens"
        for name, found in asked.items() for feature in sorted(found - DEGRADES.keys())
    ]  # fmt: skip
    wrong += [f"DEGRADES: nothing asks for {feature}" for feature in DEGRADES.keys() - set().union(*asked.values())]
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
