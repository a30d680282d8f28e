"""Does every sentence have its Chinese, and is it sound (:mod:`wording`)? Collected in a copy, so that the tree stays as it is."""

import shutil
import sys
import tempfile
from pathlib import Path

import polib

from messages import ASIDE, CATALOGUE, KINDS, collect
from paths import ROOT
from wording import faults, texts_in_scripts


def copy_tree(target: Path) -> None:
    """Copy what sentences are collected from, and the catalogue."""
    for path in ROOT.rglob("*"):
        name = path.relative_to(ROOT)
        if name.parts[0] in ASIDE or name.parts[0].startswith(".") or not path.is_file():
            continue
        if path.suffix[1:] in KINDS or name == CATALOGUE:
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target / name)


def missing(catalogue: Path) -> list[str]:
    """One line for each sentence without a translation that may be shown, or with a wrong one: file:line, what, the sentence."""
    lines = []
    for entry in polib.pofile(str(catalogue)):
        if entry.obsolete:
            continue
        places = " ".join(f"{file}:{line}" for file, line in entry.occurrences[:3])
        wrong = faults(entry) if entry.translated() else ("fuzzy" if entry.fuzzy else "missing",)
        lines += [f"{places}: {fault}: {entry.msgid!r}" for fault in wrong]
    return sorted(lines)


def main() -> int:
    """Print what is missing; 1 when anything is."""
    with tempfile.TemporaryDirectory() as folder:
        copy_tree(Path(folder))
        lines = missing(collect(Path(folder)))
    lines += texts_in_scripts(ROOT / "static" / "src")
    print("\n".join([*lines, f"{len(lines)} sentences without a right Chinese translation"]))
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())
