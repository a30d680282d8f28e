"""Search for facts: first every condition met, beginning with the harmless values; then, for one that is to fail, from there.

Deterministic for a seeded generator.
"""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

from applications.invention.puzzle import Choice, Puzzle, Verdicts

STEPS, RESTARTS, MOST_PAIRS, MOST_WAYS = 60, 8, 20_000, 40_000


def solve(puzzle: Puzzle, rng: random.Random) -> tuple[Choice, int]:
    """A choice under which every condition holds, and its cost (0; more when none was found)."""
    best, cost = _climb(puzzle, dict.fromkeys(puzzle.variables, 0), None, rng)
    for _restart in range(RESTARTS):
        if cost == 0:
            break
        begun = {
            path: place if rng.random() < 0.6 else rng.randrange(len(puzzle.variables[path]))
            for path, place in best.items()
        }
        choice, reached = _climb(puzzle, begun, None, rng)
        if reached < cost:
            best, cost = choice, reached
    return best, cost


def spoil(puzzle: Puzzle, sound: Choice, fails: str, rng: random.Random) -> tuple[Choice, int] | None:
    """From a choice under which all holds: the least change under which ``fails`` does not. None when there is none.

    The cost is the number of other conditions that had to fail with it.
    """
    ways = _ways(puzzle, sound, fails)
    if not ways:
        return None
    best = min(ways, key=lambda way: (way[1], way[2]))
    if best[1] == 0:
        return best[0], 0
    for start in sorted(ways, key=lambda way: (way[1], way[2]))[:RESTARTS]:
        choice, reached = _climb(puzzle, start[0], fails, rng)
        if reached < best[1]:
            best = (choice, reached, 0)
        if reached == 0:
            break
    return best[0], best[1]


def _ways(puzzle: Puzzle, sound: Choice, fails: str) -> list[tuple[Choice, int, int]]:
    """Every combination of the facts it rests on under which it fails: the choice, its cost, how many facts changed."""
    paths = puzzle.rests_on[fails]
    found = []
    ranges = [_kept_first(len(puzzle.variables[path]), sound[path]) for path in paths]
    for places in itertools.islice(_few_changes_first(ranges), MOST_WAYS):
        choice = {**sound, **dict(zip(paths, places, strict=True))}
        if puzzle.verdict(fails, choice) is False:
            changes = sum(sound[path] != choice[path] for path in paths)
            cost = puzzle.cost(puzzle.verdicts(choice), fails)
            found.append((choice, cost, changes))
            if cost == 0:
                return found
    return found


def _kept_first(count: int, kept: int) -> list[int]:
    """0 to ``count`` - 1, the one that stands already before the others."""
    return [kept, *(place for place in range(count) if place != kept)]


def _few_changes_first(ranges: list[list[int]]) -> Iterator[tuple[int, ...]]:
    """The product of the ranges, combinations that differ in few places from the first coming first."""
    first = [found[0] for found in ranges]
    for count in range(len(ranges) + 1):
        for changed in itertools.combinations(range(len(ranges)), count):
            for places in itertools.product(*(ranges[n][1:] for n in changed)):
                combination = list(first)
                for n, place in zip(changed, places, strict=True):
                    combination[n] = place
                yield tuple(combination)


def _climb(puzzle: Puzzle, choice: Choice, fails: str | None, rng: random.Random) -> tuple[Choice, int]:
    """Mend one wrong condition after the other while that gains something."""
    verdicts = puzzle.verdicts(choice)
    for _step in range(STEPS):
        cost = puzzle.cost(verdicts, fails)
        wrong = [key for key, value in verdicts.items() if value is not (key != fails)]
        rng.shuffle(wrong)
        moved = next(
            (
                m
                for key in sorted(wrong, key=lambda key: key != fails)
                if (m := _better(puzzle, choice, verdicts, key, fails))
            ),
            None,
        )
        if moved is None:
            return choice, cost
        choice = {**choice, **moved}
        verdicts = puzzle.verdicts(choice)
    return choice, puzzle.cost(verdicts, fails)


def _better(puzzle: Puzzle, choice: Choice, verdicts: Verdicts, key: str, fails: str | None) -> Choice | None:
    """The change of one fact that gains most, else the first of two facts that gains."""
    paths, cost = puzzle.rests_on[key], puzzle.cost(verdicts, fails)
    singles = ({path: place} for path in paths for place in range(len(puzzle.variables[path])) if place != choice[path])
    best = min(
        ((_cost_after(puzzle, choice, verdicts, move, fails), n, move) for n, move in enumerate(singles)),
        default=(cost, 0, None),
    )
    if best[0] < cost:
        return best[2]
    pairs = (
        {a: x, b: y}
        for a, b in itertools.combinations(paths, 2)
        for x in range(len(puzzle.variables[a]))
        for y in range(len(puzzle.variables[b]))
    )
    return next(
        (m for m in itertools.islice(pairs, MOST_PAIRS) if _cost_after(puzzle, choice, verdicts, m, fails) < cost), None
    )


def _cost_after(puzzle: Puzzle, choice: Choice, verdicts: Verdicts, move: Choice, fails: str | None) -> int:
    touched = frozenset().union(*(puzzle.readers[path] for path in move))
    return puzzle.cost({**verdicts, **puzzle.verdicts({**choice, **move}, touched)}, fails)
