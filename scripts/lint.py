"""Every check that needs no test, one after the other; all of them run, and any failure fails."""

import os
import subprocess
import sys
import time

from paths import BIN, PYTHON, ROOT

CHECKS: dict[str, list[str]] = {
    "format": [f"{BIN}/ruff", "format", "--check", "."],
    "style": [f"{BIN}/ruff", "check", "."],
    "types": [f"{BIN}/mypy", "."],
    "layers": [f"{BIN}/lint-imports"],
    "template style": [f"{BIN}/djlint", "templates", "--lint", "--quiet"],
    "browsers": [f"{PYTHON}", "scripts/browsers.py"],
    "django": [f"{PYTHON}", "manage.py", "check", "--fail-level", "WARNING"],
    "migrations": [f"{PYTHON}", "manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": [f"{PYTHON}", "scripts/check_translations.py"],
    "locks": [f"{PYTHON}", "scripts/check_locks.py"],
}
ENVIRONMENT = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}


def passes(name: str, command: list[str]) -> bool:
    """Run one check; show what it said only when it fails."""
    began = time.monotonic()
    done = subprocess.run(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    print(f"{'ok  ' if not done.returncode else 'FAIL'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if done.returncode:
        print(done.stdout, flush=True)
    return not done.returncode


def main(only: list[str]) -> int:
    """Run all checks, or those named."""
    failed = [name for name, command in CHECKS.items() if (not only or name in only) and not passes(name, command)]
    if failed:
        print(f"lint failed: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
