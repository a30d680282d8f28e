"""Do a step only when what it is made from changed, or what it makes is gone."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

from paths import ROOT, VAR


def digest(inputs: Iterable[Path], extra: str = "") -> str:
    """One hash over the names and contents of the files."""
    total = hashlib.sha256(extra.encode())
    for path in sorted(inputs):
        total.update(str(path.relative_to(ROOT)).encode() + b"\0")
        total.update(path.read_bytes() + b"\0")
    return total.hexdigest()


def when_changed(
    name: str, step: Callable[[], None], *, inputs: Iterable[Path], products: Iterable[Path], extra: str = ""
) -> None:
    """Run the step unless its stamp matches the inputs and every product still exists."""
    stamp = VAR / "stamps" / name
    wanted = digest(inputs, extra)
    if stamp.exists() and stamp.read_text() == wanted and all(path.exists() for path in products):
        return
    print(f"• {name}", flush=True)
    stamp.unlink(missing_ok=True)
    step()
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(wanted)
