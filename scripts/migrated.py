"""Run a command beside a migrated database that tests copy, instead of migrating one for each worker.

Migrating takes 16 s, nearly all of it Django rendering historic models; copying takes 0.2 s. The dump is kept under var/ by the hash
of all migrations and of the locked packages. The command finds the database's name in TEST_TEMPLATE.
"""

import os
import subprocess
import sys
from pathlib import Path

import services
from paths import PYTHON, ROOT, VAR
from stamps import digest

KEPT = VAR / "migrated"


def dump_file() -> Path:
    """Where the dump for this tree's migrations is, or will be."""
    inputs = [*ROOT.glob("*/migrations/*.py"), ROOT / "requirements" / "base.txt"]
    return KEPT / f"{digest(inputs)[:20]}.sql"


def restore(dump: Path, url: str) -> bool:
    """Fill the empty database from the dump."""
    command = [services.postgres_program("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-o", os.devnull, "-f", str(dump), url]
    return subprocess.run(command, check=False).returncode == 0


def migrate(dump: Path, url: str) -> bool:
    """Migrate the empty database and keep the dump, in place of older ones."""
    if subprocess.run([str(PYTHON), "manage.py", "migrate", "--verbosity", "0"], cwd=ROOT, check=False).returncode:
        return False
    KEPT.mkdir(parents=True, exist_ok=True)
    for old in KEPT.glob("*.sql"):
        old.unlink()
    part = dump.with_suffix(f".{os.getpid()}")
    command = [services.postgres_program("pg_dump"), "--no-owner", "-f", str(part), url]
    subprocess.run(command, check=True)
    part.rename(dump)
    return True


def main(command: list[str]) -> None:
    """Become the command; without a template where migrating fails, so that the suite says why."""
    url, dump = os.environ["DATABASE_URL"], dump_file()
    if restore(dump, url) if dump.exists() else migrate(dump, url):
        os.environ["TEST_TEMPLATE"] = services.NAME
    os.execvp(command[0], command)


if __name__ == "__main__":
    main(sys.argv[1:])
