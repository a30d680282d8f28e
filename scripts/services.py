"""A throwaway PostgreSQL and Redis around one command: services.py run -- COMMAND...

Both live in a temporary folder on free ports and end with the command; services of the machine are not touched.
The command finds DATABASE_URL, REDIS_URL and CELERY_BROKER_URL in its environment.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import children
from paths import BIN, ROOT

NAME = "awards"
# Speed before safety: nothing here outlives the command.
QUICK = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


def postgres_program(name: str) -> str:
    """The newest installed PostgreSQL's program; Debian keeps them out of PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    if found:
        return str(found[-1])
    if program := shutil.which(name):
        return program
    sys.exit("PostgreSQL is not installed: run `make setup-test`.")


def ready(port: int) -> bool:
    """Whether PostgreSQL takes connections (the port opens a moment before it does)."""
    command = [postgres_program("pg_isready"), "-q", "-h", children.HOST, "-p", str(port)]
    return subprocess.run(command, check=False).returncode == 0


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Yield the address of an empty database in a cluster of its own."""
    user = "postgres" if os.geteuid() == 0 else None  # PostgreSQL refuses to run as root
    data, log = folder / "postgres", folder / "postgres.log"
    data.mkdir()
    if user:
        shutil.chown(data, user, user)
    init = ["-D", str(data), "-U", NAME, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
    if children.start([postgres_program("initdb"), *init], user=user, log=log.open("wb")).wait():
        sys.exit(log.read_text())
    port = children.free_port()
    settings = [f"listen_addresses={children.HOST}", f"unix_socket_directories={data}", "max_connections=200", *QUICK]
    options = [part for setting in settings for part in ("-c", setting)]
    command = [postgres_program("postgres"), "-D", str(data), "-p", str(port), *options]
    server = children.start(command, user=user, log=log.open("ab"))
    try:
        children.wait_until_listening(port, server)
        while not ready(port):
            time.sleep(0.05)
        create = [postgres_program("createdb"), "-h", children.HOST, "-p", str(port), "-U", NAME, NAME]
        subprocess.run(create, check=True)
        yield f"postgres://{NAME}@{children.HOST}:{port}/{NAME}"
    finally:
        children.stop(server, with_signal=signal.SIGINT)  # "fast": ends connections, then itself


@contextmanager
def redis(folder: Path) -> Iterator[str]:
    """Yield the address of an empty Redis that writes nothing down."""
    program = shutil.which("redis-server")
    if not program:
        sys.exit("Redis is not installed: run `make setup-test`.")
    port = children.free_port()
    options = ["--bind", children.HOST, "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    with (folder / "redis.log").open("wb") as log:
        server = children.start([program, *options], log=log)
    try:
        children.wait_until_listening(port, server)
        yield f"redis://{children.HOST}:{port}"
    finally:
        children.stop(server)


@contextmanager
def both() -> Iterator[dict[str, str]]:
    """Yield the environment in which both services answer."""
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix=f"{NAME}-services-"))
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        folder.chmod(0o755)
        database, cache = stack.enter_context(postgres(folder)), stack.enter_context(redis(folder))
        addresses = {"DATABASE_URL": database, "REDIS_URL": f"{cache}/0", "CELERY_BROKER_URL": f"{cache}/1"}
        yield {**os.environ, **addresses, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}


def main(arguments: list[str]) -> int:
    """Run the command between bring-up and tear-down; its exit code is ours."""
    if arguments[:2] != ["run", "--"] or len(arguments) < 3:
        sys.exit(__doc__)
    with children.ended_politely(), both() as environment:
        command = subprocess.Popen(arguments[2:], env=environment, cwd=ROOT)
        try:
            return command.wait()
        except KeyboardInterrupt:
            with suppress(subprocess.TimeoutExpired):
                command.wait(3)  # the terminal's Ctrl-C reached it as well
            raise
        finally:
            children.stop(command, with_signal=signal.SIGINT)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
