"""Random tokens. For what is printed on a paper a rehearsal hands in its own generator, so that the same seed gives the same papers."""

import contextlib
import random
import secrets
from collections.abc import Iterator
from contextvars import ContextVar

_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
_rehearsal: ContextVar[random.Random | None] = ContextVar("rehearsal_random", default=None)


def new_token(length: int = 20, *, printed: bool = False) -> str:
    """A token of ``length`` unambiguous characters (about 4.95 bits each). ``printed``: it stands on a paper."""
    seeded_by = _rehearsal.get() if printed else None
    generator: random.Random | secrets.SystemRandom = seeded_by or secrets.SystemRandom()
    return "".join(generator.choice(_ALPHABET) for _ in range(length))


@contextlib.contextmanager
def seeded(generator: random.Random) -> Iterator[None]:
    """Within it tokens come from ``generator``. For rehearsals only: nothing binding may be guessable."""
    reset = _rehearsal.set(generator)
    try:
        yield
    finally:
        _rehearsal.reset(reset)
