"""Start the whole system on this machine: site, worker and scheduler, with every policy and the demo loaded."""

import os
import subprocess
import sys
import time

import children
import setup
from paths import BIN, PYTHON, ROOT, VAR

ENVIRONMENT = {"LOG_LEVEL": "WARNING", **os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.embedded"}


def manage(*arguments: str) -> None:
    """Run a management command; stop when it fails."""
    command = [str(PYTHON), "manage.py", *arguments]
    if code := subprocess.run(command, cwd=ROOT, env=ENVIRONMENT, check=False).returncode:
        sys.exit(f"failed ({code}): manage.py {' '.join(arguments)}")


def prepare() -> None:
    """Database, policies, demo; each can be repeated."""
    manage("migrate", "--verbosity", "0")
    policies = sorted((ROOT / "fixtures" / "policies").glob("*.yaml"))
    manage("policy", "load", *(str(path.relative_to(ROOT)) for path in policies))
    manage("demo")


def start_site(port: int) -> "subprocess.Popen[bytes]":
    """Two processes, one request at a time each: template pages gain nothing from threads."""
    options = ["--host", children.HOST, "--port", str(port), "--workers", "2", "--blocking-threads", "1"]
    command = [f"{BIN}/granian", "--interface", "wsgi", *options, "--log-level", "warning", "config.wsgi:application"]
    return children.start(command, env=ENVIRONMENT)


def start_worker() -> "subprocess.Popen[bytes]":
    """One worker with the scheduler inside."""
    options = ["-B", "--concurrency", "1", "--loglevel", "WARNING", "--schedule", str(VAR / "beat-schedule")]
    command = [f"{BIN}/celery", "--quiet", "-A", "config", "worker", *options]
    # Messages are JSON only, so that root is no danger.
    as_root = {"C_FORCE_ROOT": "1", "PYTHONWARNINGS": "ignore:You're running the worker"}
    return children.start(command, env={**ENVIRONMENT, **as_root})


def serve() -> int:
    """Start both, say where they are, wait; when one ends, the other does."""
    port = children.free_port(int(os.environ.get("PORT") or "8000"))
    address = f"http://{children.HOST}:{port}"
    ENVIRONMENT.setdefault("SITE_URL", address)
    running = [start_site(port), start_worker()]
    try:
        children.wait_until_listening(port, running[0])
        manage("demo", "--list")
        print(f"\n  {address}    Ctrl-C ends it\n", flush=True)
        while all(child.poll() is None for child in running):
            time.sleep(0.3)
        return 1
    finally:
        print("ending…", flush=True)
        for child in running:
            child.terminate()  # both at once; the worker finishes its task, which takes some seconds
        for child in running:
            children.stop(child, with_signal=0)  # only wait, or end by force


def main() -> int:
    """Set up, prepare, serve."""
    setup.main()
    with children.ended_politely():
        prepare()
        return serve()


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main())
