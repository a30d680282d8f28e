"""Make static/build from the locked npm packages: stylesheets, a sprite of the icons in use, charts, fonts for papers."""

import hashlib
import re
import shutil
import subprocess
from multiprocessing import get_context
from pathlib import Path

from paths import ROOT, VAR
from styles import write_styles

MODULES = ROOT / "node_modules"
SERVED = ROOT / "static" / "build"
BUILD = VAR / "build"
CACHE = VAR / "fonts"
FACES = {
    "NotoSerifSC-Regular": ("noto-serif-sc", 400),
    "NotoSerifSC-Bold": ("noto-serif-sc", 700),
    "NotoSansSC-Regular": ("noto-sans-sc", 400),
    "NotoSansSC-Bold": ("noto-sans-sc", 700),
}
# Layout tables of a hundred subsets do not merge; plain horizontal Chinese needs none of them.
DROPPED = ["BASE", "GDEF", "GPOS", "GSUB", "STAT", "VORG", "gasp", "prep", "vhea", "vmtx"]
SVG = re.compile(r"<svg[^>]*>(.*)</svg>", re.DOTALL)
STROKE = 'fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"'


def symbol(name: str) -> str:
    """One icon as a <symbol> whose id is its name ("filled-star" for filled/star)."""
    style, _, icon = name.rpartition("/")
    drawing = SVG.search((MODULES / "@tabler/icons/icons" / (style or "outline") / f"{icon}.svg").read_text())
    if drawing is None:
        raise ValueError(f"assets/icons.txt: {name} is not an SVG drawing")
    look = 'fill="currentColor"' if style == "filled" else STROKE
    shapes = re.sub(r"\s+", " ", drawing[1]).strip()
    return f'<symbol id="{name.replace("/", "-")}" viewBox="0 0 24 24" {look}>{shapes}</symbol>'


def write_sprite() -> None:
    """All icons that assets/icons.txt lists, in one file."""
    lines = (ROOT / "assets" / "icons.txt").read_text(encoding="utf-8").splitlines()
    names = sorted({line.strip() for line in lines if line.strip() and not line.startswith("#")})
    symbols = "\n".join(symbol(name) for name in names)
    (BUILD / "icons.svg").write_text(f'<svg xmlns="http://www.w3.org/2000/svg">\n{symbols}\n</svg>\n')


def bundle_charts() -> None:
    """ECharts with the charts that assets/charts.js names, as one script (global ``charts``)."""
    options = [
        "--bundle",
        "--minify",
        "--format=iife",
        "--global-name=charts",
        "--target=es2020",
        "--legal-comments=eof",
    ]
    program = next(
        (MODULES / "@esbuild").glob("*/bin/esbuild")
    )  # the platform's own; the wrapper wants a Node on the path
    command = [str(program), str(ROOT / "assets" / "charts.js"), *options, f"--outfile={BUILD / 'charts.js'}"]
    subprocess.run([*command, "--log-level=warning"], cwd=ROOT, check=True)


def merge_face(job: tuple[list[Path], Path]) -> None:
    """Put a face's hundred or so subset files together into one TTF (about 17 s)."""
    from fontTools.merge import Merger, Options

    subsets, target = job
    font = Merger(Options(drop_tables=DROPPED)).merge([str(path) for path in subsets])
    part = target.with_suffix(".part")
    font.save(part)
    part.rename(target)


def write_fonts() -> None:
    """One TTF a face, for papers; merged once for each version of its subsets and kept in var/fonts."""
    CACHE.mkdir(parents=True, exist_ok=True)
    (BUILD / "fonts").mkdir()
    cached: dict[str, Path] = {}
    jobs: list[tuple[list[Path], Path]] = []
    for name, (family, weight) in FACES.items():
        subsets = sorted((MODULES / "@fontsource" / family / "files").glob(f"{family}-*-{weight}-normal.woff2"))
        total = hashlib.sha256(repr(DROPPED).encode() + b"".join(path.read_bytes() for path in subsets)).hexdigest()
        cached[name] = CACHE / f"{name}-{total[:16]}.ttf"
        if not cached[name].exists():
            jobs.append((subsets, cached[name]))
    if jobs:
        with get_context("spawn").Pool(min(2, len(jobs))) as pool:
            pool.map(merge_face, jobs, chunksize=1)
    for name, path in cached.items():
        shutil.copyfile(path, BUILD / "fonts" / f"{name}.ttf")


def main() -> None:
    """Build aside, then put in place: a failure leaves what is served as it was."""
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    write_styles(BUILD)
    write_sprite()
    bundle_charts()
    write_fonts()
    shutil.rmtree(SERVED, ignore_errors=True)
    SERVED.parent.mkdir(exist_ok=True)
    shutil.move(BUILD, SERVED)


if __name__ == "__main__":
    main()
