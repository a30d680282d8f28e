"""Debian packages that the project needs from the machine."""

import os
import shutil
import subprocess
import sys

RUN = (
    "libpango-1.0-0",
    "libpangoft2-1.0-0",
    "libharfbuzz-subset0",  # without it a certificate takes seconds instead of a tenth of one
    "fonts-noto-cjk",
    "libmagic1",
    "gettext",
)
TEST = (*RUN, "postgresql", "redis-server", "chromium", "poppler-utils")


def missing(packages: tuple[str, ...]) -> list[str]:
    """Those of the packages that are not installed."""
    query = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\\n", *packages]
    answer = subprocess.run(query, capture_output=True, text=True, check=False).stdout
    installed = {line.split()[0] for line in answer.splitlines() if line.endswith(" installed")}
    return [name for name in packages if name not in installed]


def install(packages: tuple[str, ...]) -> None:
    """Install what is missing where we may; otherwise say the one line that does it, and stop."""
    if not shutil.which("dpkg-query"):
        print(f"Not a Debian system: make sure that it has the likes of {' '.join(packages)}.", file=sys.stderr)
        return
    if not (wanted := missing(packages)):
        return
    if os.geteuid() != 0:
        sys.exit(f"Please install these once, then try again:\n  sudo apt-get install -y {' '.join(wanted)}")
    print(f"• system packages: {' '.join(wanted)}", flush=True)
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(["apt-get", "update", "-qq"], env=environment, check=True)
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL)
