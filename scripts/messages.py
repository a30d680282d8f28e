"""Collect every sentence of Python and templates into a catalogue: the tree's own, or a copy's."""

import os
import subprocess
import sys
from pathlib import Path

from paths import PYTHON, ROOT

LANGUAGE = "zh_Hans"
CATALOGUE = Path("locale") / LANGUAGE / "LC_MESSAGES" / "django.po"
ASIDE = (".venv", ".uv", "node_modules", "var", "static", "tests", "scripts", "bench", "docs")
#: What modules call gettext where ``_`` is its lazy sister (a test of the house knows no others): the collector knows only Django's own names.
ALIASES = ("_now", "lazy")
COMMAND = f"""
import sys
from django.core.management import execute_from_command_line
from django.core.management.commands.makemessages import Command
Command.xgettext_options = [*Command.xgettext_options, *("--keyword=" + name for name in {ALIASES!r})]
execute_from_command_line(["manage", *sys.argv[1:]])
"""
KINDS = ("html", "txt", "xml", "py")


def collect(root: Path = ROOT) -> Path:
    """Run makemessages in the tree at `root`; returns its catalogue."""
    (root / "locale").mkdir(exist_ok=True)
    options = [part for name in ASIDE for part in ("--ignore", name)]
    options += [part for kind in KINDS for part in ("-e", kind)]
    options += ["-l", LANGUAGE, "--add-location", "file" if root == ROOT else "full", "--no-wrap", "--no-obsolete"]
    command = [str(PYTHON), "-c", COMMAND, "makemessages", *options]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stdout + done.stderr)
    return root / CATALOGUE


if __name__ == "__main__":
    print(collect().relative_to(ROOT))
