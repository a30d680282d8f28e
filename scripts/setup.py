"""Make this checkout ready: system packages, environment, page assets, translations. Quick when nothing changed."""

import fcntl
import os
import shutil
import subprocess
import sys

import stamps
import system
from paths import BIN, PYTHON, ROOT, UV, UV_HOME, VAR, VENV

# uv must use the Python that is here, and never fetch one.
ENVIRONMENT = {**os.environ, "UV_PYTHON_DOWNLOADS": "never", "UV_NO_PROGRESS": "1", "VIRTUAL_ENV": str(VENV)}
ENVIRONMENT.pop("PYTHONDONTWRITEBYTECODE", None)  # would make every start slow


def call(*command: object) -> None:
    """Run a command in the project's folder; stop with its exit code when it fails."""
    done = subprocess.run([str(part) for part in command], cwd=ROOT, env=ENVIRONMENT, check=False)
    if done.returncode:
        sys.exit(f"failed ({done.returncode}): {' '.join(str(part) for part in command)}")


def bootstrap_uv() -> None:
    """Install uv into .uv with the system's pip: bare Debian has neither venv nor a pip that may install."""
    if UV.exists():
        return
    if subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, check=False).returncode:
        system.install(("python3-pip",))
    print("• uv", flush=True)
    call(sys.executable, "-m", "pip", "install", "--quiet", "--target", UV_HOME, "--upgrade", "uv")


def install_python_packages() -> None:
    """Make .venv hold exactly what is locked."""
    if not PYTHON.exists():
        call(UV, "venv", "--quiet", "--python", sys.executable, VENV)
    lock = ROOT / "requirements" / "dev.txt"
    call(UV, "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode", "--python", PYTHON, lock)


def install_page_packages() -> None:
    """Make node_modules hold exactly what is locked."""
    call(PYTHON, BIN / "npm", "ci", "--loglevel=error")


def build_assets() -> None:
    """Copy and convert what pages and papers use."""
    call(PYTHON, ROOT / "scripts" / "build_assets.py")


def compile_messages() -> None:
    """Compile each catalogue; msgfmt refuses a translation whose placeholders differ."""
    for catalogue in sorted(ROOT.glob("locale/*/LC_MESSAGES/django.po")):
        call("msgfmt", "--check-format", "-o", catalogue.with_suffix(".mo"), catalogue)


def steps() -> None:
    """Everything after the system packages, each step only when its inputs changed."""
    bootstrap_uv()
    locks = list((ROOT / "requirements").glob("*.txt"))
    stamps.when_changed("python packages", install_python_packages, inputs=locks, products=[PYTHON], extra=str(VENV))
    packages = [ROOT / "package.json", ROOT / "package-lock.json"]
    modules = [ROOT / "node_modules" / "@tabler" / "core"]
    stamps.when_changed("page packages", install_page_packages, inputs=packages, products=modules)
    scripts = [ROOT / "scripts" / name for name in ("build_assets.py", "styles.py")]
    recipe = [*packages, *scripts, *(ROOT / "assets").glob("*"), *(ROOT / "static" / "src" / "css").glob("*.css")]
    built = [ROOT / "static" / "build"]
    stamps.when_changed("page assets", build_assets, inputs=recipe, products=built)
    catalogues = list(ROOT.glob("locale/*/LC_MESSAGES/django.po"))
    compiled = [path.with_suffix(".mo") for path in catalogues]
    stamps.when_changed("translations", compile_messages, inputs=catalogues, products=compiled)


def main() -> None:
    """Set up for running; with --test also for the suite."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older one may be what the machine has
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    VAR.mkdir(exist_ok=True)
    with (VAR / "setup.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two setups at once would tread on each other
        system.install(system.TEST if "--test" in sys.argv else system.RUN)
        steps()
    if not shutil.which("msgfmt"):
        print("gettext is missing: translations were not compiled.", file=sys.stderr)


if __name__ == "__main__":
    main()
