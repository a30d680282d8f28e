"""Start processes that end with this one, and free ports for them."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import IO

HOST = "127.0.0.1"
_DIE_WITH_PARENT = 1  # PR_SET_PDEATHSIG


def free_port(first: int = 0) -> int:
    """The first free port from `first` upward (0: any)."""
    for port in range(first, first + 200) if first else [0]:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise OSError(f"no free port from {first}")


def _die_with_parent() -> None:
    """Let the kernel end this child when the script is killed outright."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DIE_WITH_PARENT, signal.SIGINT)


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    user: str | None = None,
    log: IO[bytes] | None = None,
) -> subprocess.Popen[bytes]:
    """Start a child in a session of its own, so that Ctrl-C reaches only this script, which then ends it in order."""
    return subprocess.Popen(
        command,
        env=env,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        stdout=log,
        stderr=log,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 - this script has one thread
    )


def stop(child: subprocess.Popen[bytes], *, with_signal: int = signal.SIGTERM, patience: float = 10) -> None:
    """Ask the child to end; end its whole session if it does not."""
    if child.poll() is None:
        child.send_signal(with_signal)
        try:
            child.wait(patience)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL) if os.getpgid(child.pid) == child.pid else child.kill()
            child.wait()


def wait_until_listening(port: int, child: subprocess.Popen[bytes], *, patience: float = 30) -> None:
    """Return when something accepts connections on the port; RuntimeError when the child dies or time runs out."""
    end = time.monotonic() + patience
    while time.monotonic() < end and child.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nothing listens on port {port}: {child.args!r}")


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def ended_politely() -> Iterator[None]:
    """Treat SIGTERM and SIGHUP like Ctrl-C, so that `finally` runs."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        yield
    except KeyboardInterrupt:
        raise SystemExit(130) from None
