"""Who sits in which team, and which team takes which entry: two integer programmes (SciPy's milp, which is HiGHS). Numbers only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

SECONDS = 4.0
GAP = 0.005
# One entry left out weighs more than one more on the fullest team, and that more than how well all of them fit together:
# so the gap at which the solver may stop costs a little fit, never an entry.
LEFT_OUT = 1000.0
TALLEST = 101.0
ALL_FIT = 100.0
SHARED = 20.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reviewer as the programme sees one. ``groups``: kinds of teams one may sit in; ``cost``: how much one had rather be spared.

    ``lead``: how well one leads; ``employer``: "" or what colleagues share.
    """

    groups: frozenset[int]
    expert: bool = False
    cost: float = 0.0
    lead: float = 0.0
    employer: str = ""


@dataclass(frozen=True, slots=True)
class Shape:
    """What a team looks like: its kind, how many members, whether an expert must be among them."""

    group: int
    size: int
    expert: bool


@dataclass(slots=True)
class _Programme:
    """A programme under construction: columns with their cost and bound, rows with their coefficients and limits."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    cells: list[tuple[int, int, float]] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def column(self, cost: float, upper: float = 1.0) -> int:
        self.cost.append(cost)
        self.upper.append(upper)
        return len(self.cost) - 1

    def row(self, terms: Sequence[tuple[int, float]], low: float, high: float) -> None:
        place = len(self.low)
        self.cells.extend((place, column, value) for column, value in terms)
        self.low.append(low)
        self.high.append(high)

    def solve(self) -> list[float] | None:
        """The best found within the time; None when there is none."""
        import numpy as np
        from scipy.optimize import Bounds, LinearConstraint, milp
        from scipy.sparse import coo_array

        if not self.cost:
            return []
        rows, columns, values = zip(*self.cells, strict=True)
        matrix = coo_array((values, (rows, columns)), shape=(len(self.low), len(self.cost))).tocsr()
        found: Any = milp(
            np.array(self.cost),
            integrality=np.ones(len(self.cost)),
            bounds=Bounds(0, np.array(self.upper)),
            constraints=LinearConstraint(matrix, np.array(self.low), np.array(self.high)),
            options={"time_limit": SECONDS, "mip_rel_gap": GAP},
        )
        return None if found.x is None else [float(value) for value in found.x]


def form(candidates: Sequence[Candidate], shapes: Sequence[Shape]) -> list[tuple[list[int], int]] | None:
    """Fill the teams: ``[(members, leader)]`` by place in ``candidates``; None when they cannot all be filled.

    Each candidate sits in one team at most; colleagues of one employer are kept apart where that can be.
    """
    programme = _Programme()
    seats = {
        (c, t): programme.column(who.cost + 0.001 * c)
        for t, shape in enumerate(shapes)
        for c, who in enumerate(candidates)
        if shape.group in who.groups
    }
    leads = {pair: programme.column(-candidates[pair[0]].lead) for pair in seats}
    for pair, seat in seats.items():
        programme.row([(seat, 1.0), (leads[pair], -1.0)], 0, 1)
    for t, shape in enumerate(shapes):
        mine = [pair for pair in seats if pair[1] == t]
        if len(mine) < shape.size:
            return None
        programme.row([(seats[pair], 1.0) for pair in mine], shape.size, shape.size)
        programme.row([(leads[pair], 1.0) for pair in mine], 1, 1)
        if shape.expert:
            experts = [(seats[pair], 1.0) for pair in mine if candidates[pair[0]].expert]
            if not experts:
                return None
            programme.row(experts, 1, float(shape.size))
    _once(programme, seats)
    _apart(programme, seats, candidates)
    values = programme.solve()
    return None if values is None else _teams(values, seats, leads, len(shapes))


def _once(programme: _Programme, seats: Mapping[tuple[int, int], int]) -> None:
    by_candidate: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (c, _t), seat in seats.items():
        by_candidate[c].append((seat, 1.0))
    for terms in by_candidate.values():
        programme.row(terms, 0, 1)


def _apart(programme: _Programme, seats: Mapping[tuple[int, int], int], candidates: Sequence[Candidate]) -> None:
    """Colleagues in one team cost; they are not forbidden."""
    together: dict[tuple[str, int], list[tuple[int, float]]] = defaultdict(list)
    for (c, t), seat in seats.items():
        if candidates[c].employer:
            together[(candidates[c].employer, t)].append((seat, 1.0))
    for terms in together.values():
        if len(terms) > 1:
            over = programme.column(SHARED, upper=float(len(terms)))
            programme.row([*terms, (over, -1.0)], 0, 1)


def _teams(
    values: Sequence[float], seats: Mapping[tuple[int, int], int], leads: Mapping[tuple[int, int], int], count: int
) -> list[tuple[list[int], int]]:
    found: list[tuple[list[int], int]] = [([], -1) for _ in range(count)]
    for (c, t), seat in seats.items():
        if values[seat] > 0.5:
            members, leader = found[t]
            found[t] = ([*members, c], c if values[leads[(c, t)]] > 0.5 else leader)
    return [(sorted(members, key=lambda c, leader=leader: (c != leader, c)), leader) for members, leader in found]  # type: ignore[misc]


def give(able: Sequence[Mapping[int, float]], loads: Sequence[int], cap: int | None) -> list[int | None]:
    """Give entries to teams. ``able``: for each entry the teams that may take it, with how well it fits; ``loads``: what each has.

    Returns the team of each entry, None where none is left. As many as can be are given; then the highest load is kept low; then fit.
    """
    programme = _Programme()
    best = max((fit for teams in able for fit in teams.values()), default=0.0) or 1.0
    share = ALL_FIT / (best * len(able)) if able else 0.0
    pairs = {(e, t): programme.column(-fit * share) for e, teams in enumerate(able) for t, fit in teams.items()}
    if not pairs:
        return [None] * len(able)
    most = max(max(loads, default=0) + len(able), 1)
    tallest = programme.column(TALLEST, upper=float(most))
    by_entry: dict[int, list[tuple[int, float]]] = defaultdict(list)
    by_team: dict[int, list[tuple[int, float]]] = defaultdict(list)
    for (e, t), column in pairs.items():
        by_entry[e].append((column, 1.0))
        by_team[t].append((column, 1.0))
    for terms in by_entry.values():
        programme.row([*terms, (programme.column(LEFT_OUT), 1.0)], 1, 1)
    for t, terms in by_team.items():
        programme.row([*terms, (tallest, -1.0)], -float(most), -float(loads[t]))
        if cap is not None:
            programme.row(terms, 0, float(max(cap - loads[t], 0)))
    values = programme.solve()
    given: list[int | None] = [None] * len(able)
    for (e, t), column in pairs.items():
        if values is not None and values[column] > 0.5:
            given[e] = t
    return given
