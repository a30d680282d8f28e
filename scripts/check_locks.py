"""Lock files hold versions and hashes, and name no host: every machine uses the registry it is set up for."""

import re
import sys
from pathlib import Path

from paths import ROOT

ADDRESS = re.compile(r"https?://|--(extra-)?index-url|--find-links|--trusted-host")
LOCKED = re.compile(r"^(\S+)==\S+( ;.*)? \\$")


def faults_of_requirements(path: Path) -> list[str]:
    """Lines that name an address, and packages without hashes."""
    lines = path.read_text(encoding="utf-8").splitlines()
    faults = [f"{path.name}:{number}: names a host" for number, line in enumerate(lines, 1) if ADDRESS.search(line)]
    packages = [line for line in lines if line and not line.startswith((" ", "#"))]
    return faults + [f"{path.name}: not pinned by hash: {line}" for line in packages if not LOCKED.match(line)]


def faults_of_npm(text: str) -> list[str]:
    """Where npm wrote down where a package was fetched from."""
    return [
        f"package-lock.json:{number}: names a host"
        for number, line in enumerate(text.splitlines(), 1)
        if '"resolved"' in line
    ]


def faults() -> list[str]:
    """All faults of all lock files."""
    found = [fault for path in sorted((ROOT / "requirements").glob("*.txt")) for fault in faults_of_requirements(path)]
    return found + faults_of_npm((ROOT / "package-lock.json").read_text(encoding="utf-8"))


if __name__ == "__main__":
    print("\n".join(found := faults()))
    sys.exit(1 if found else 0)
