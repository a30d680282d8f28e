"""Private keys: from the environment, or made once under var/keys on a machine of one's own.

``<NAME>`` in the environment holds PEM text or the path of a PEM file. In production it must be given: several containers
must sign with the same key, and a key that a container invents is lost with it.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


def pem(name: str, make: Callable[[], bytes]) -> bytes:
    """The PEM of that name; ``make`` gives a new one where it may be kept in var/keys. Raises ``ImproperlyConfigured``."""
    given = os.environ.get(name, "")
    if given.startswith("/"):
        return Path(given).read_bytes()
    if given:
        return given.replace("\\n", "\n").encode()
    if str(settings.SETTINGS_MODULE).endswith("production"):
        raise ImproperlyConfigured(f"Set {name} to a PEM text, or to the path of a PEM file.")
    return _kept(folder() / f"{name.lower().replace('_', '-')}.pem", make)


def folder() -> Path:
    """Where a machine of one's own keeps its keys."""
    return Path(settings.VAR) / "keys"


def _kept(path: Path, make: Callable[[], bytes]) -> bytes:
    """Read it, or make it; of two processes that make it at once, both use the one that came first."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)  # readable by this user alone
        with os.fdopen(handle, "wb") as file:
            file.write(make())
        try:
            os.link(name, path)
        except FileExistsError:
            pass
        finally:
            os.unlink(name)
    return path.read_bytes()
