#!/usr/bin/env python3
"""Verify the minutes of a vote: verify_minutes.py MINUTES.json

Stands alone: Python's standard library, and ``cryptography`` for the tellers' signatures; shares no code with the system. It recomputes the
hashes of rules, roll and box, every receipt, that each ballot is of one seat that was present and not recused, that as many votes were opened
as ballots lay in the box, every count, and the signatures. It cannot open a ballot, and says so: that the opened votes are those of the
sealed ballots rests on the tellers who signed.

Prints what it found; exit code 0 when everything holds, 1 when something does not, 2 when the file is no bundle.
"""

import base64
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

Json = dict[str, Any]

FORMAT = "quality-award-minutes/1"


def digest(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def problems(bundle: Json) -> Iterator[str]:
    """Everything that does not hold, as sentences."""
    body = bundle["body"]
    yield from hashes(bundle, body)
    yield from box(body)
    yield from opened(body)
    yield from tally(body)
    yield from signatures(bundle)


def hashes(bundle: Json, body: Json) -> Iterator[str]:
    if body.get("format") != FORMAT:
        yield f"the format is {body.get('format')!r}, not {FORMAT!r}"
    if digest(body) != bundle["sha256"]:
        yield "the minutes do not have the hash that stands beside them"
    if digest(body["settings"]) != body["settings_sha256"]:
        yield "the rules of the vote were changed after the opening"
    if digest(body["roll"]) != body["roll_sha256"]:
        yield "the roll was changed after the opening"
    if digest(sorted(ballot["receipt"] for ballot in body["box"])) != body["box_sha256"]:
        yield "the box does not hold the ballots that it held when it was closed"


def box(body: Json) -> Iterator[str]:
    seats = {seat["seat"]: seat for seat in body["roll"]}
    entries = [told["entry"] for told in body["settings"]["entries"]]
    later = {(r["seat"], r["entry"]) for r in body["recused_after_opening"]}
    voted = Counter(ballot["seat"] for ballot in body["box"])
    for seat, times in voted.items():
        if times > 1:
            yield f"seat {seat} has {times} ballots in the box"
        if seat not in seats:
            yield f"seat {seat} is not on the roll"
        elif not seats[seat]["present"]:
            yield f"seat {seat} was not present"
    for ballot in body["box"]:
        yield from one_ballot(body, ballot, seats.get(ballot["seat"], {"recused": []}), entries, later)


def one_ballot(body: Json, ballot: Json, seat: Json, entries: list[int], later: set[tuple[int, int]]) -> Iterator[str]:
    name = f"the ballot {ballot['receipt'][:12]}"
    aside = {entry for s, entry in later if s == ballot["seat"]}
    allowed = [entry for entry in entries if entry not in seat["recused"]]
    if ballot["entries"] != allowed and set(ballot["entries"]) != set(allowed) - (aside - set(ballot["struck"])):
        yield f"{name} does not speak of exactly the candidates its voter might vote on"
    if set(ballot["struck"]) - aside:
        yield f"{name} has a vote struck out without a recusal"
    if set(ballot["entries"]) & aside - set(ballot["struck"]):
        yield f"{name} still counts on a candidate from which its voter stepped aside"
    if expected_receipt(body, ballot) != ballot["receipt"]:
        yield f"{name} does not have the receipt that its voter was given"


def expected_receipt(body: Json, ballot: Json) -> str:
    if body["settings"]["secret"]:
        try:
            sealed = b"".join(base64.b64decode(part, validate=True) for part in ballot["sealed"])
        except ValueError:
            return "unreadable"
        return hashlib.sha256(sealed).hexdigest()
    votes = [[entry, choice] for entry, choice in zip(ballot["entries"], ballot["choices"], strict=True)]
    return digest([body["settings"]["context"], ballot["seat"], ballot["version"], votes])


def counting(body: Json, entry: int) -> list[Json]:
    """The ballots that count on an entry."""
    return [b for b in body["box"] if entry in b["entries"] and entry not in b["struck"]]


def votes_on(body: Json, entry: int) -> list[str]:
    if body["settings"]["secret"]:
        found: list[str] = body["opened"].get(str(entry), [])
        return found
    return sorted(b["choices"][b["entries"].index(entry)] for b in counting(body, entry))


def opened(body: Json) -> Iterator[str]:
    if not body["settings"]["secret"]:
        return
    for told in body["settings"]["entries"]:
        votes, ballots = votes_on(body, told["entry"]), counting(body, told["entry"])
        if len(votes) != len(ballots):
            yield f"on entry {told['entry']} {len(votes)} votes were opened, but {len(ballots)} ballots lay in the box"
        if votes != sorted(votes):
            yield f"the opened votes on entry {told['entry']} are not in sorted order: their order may tell their voters"


def tally(body: Json) -> Iterator[str]:
    for told in body["settings"]["entries"]:
        entry, recorded = told["entry"], body["tally"].get(str(told["entry"]))
        if recorded is None:
            yield f"entry {entry} was not counted"
            continue
        found = count(body, told)
        for name, value in found.items():
            if recorded[name] != value:
                yield f"on entry {entry} the minutes say {name} = {recorded[name]!r}; counted again it is {value!r}"


def count(body: Json, told: Json) -> dict[str, Any]:
    """One entry counted again, from the votes and the roll."""
    entry, settings, tiers = told["entry"], body["settings"], told["tiers"]
    votes = votes_on(body, entry)
    good = [vote for vote in votes if is_vote(vote, settings, tiers)]
    points = [int(vote) for vote in good if vote != "abstain"] if settings["method"] != "approve" else []
    seats = roll_numbers(body, entry) | {"cast": len(votes)}
    fors, against = for_and_against(settings, good, points)
    base = seats[settings["majority"]["base"] if settings["majority"] else "cast"]
    score = mean_score(body, entry, points)
    by_tier = {
        tier: sum(f"for:{better}" == vote for better in tiers[: n + 1] for vote in good) for n, tier in enumerate(tiers)
    }
    reached = [
        tier
        for tier in tiers
        if reaches(by_tier[tier], seats, settings["tier_majorities"].get(tier) or settings["majority"])
    ]
    return {
        "cast": len(votes),
        "votes_for": fors,
        "against": against,
        "abstained": good.count("abstain"),
        "invalid": len(votes) - len(good),
        "base": base,
        "share": str(Fraction(fors, base)) if base else "",
        "score": "" if score is None else str(score),
        "passed": bool(reached) if tiers else passes(settings, fors, score, seats),
        "tiers": by_tier,
        "reached_tiers": reached,
        "appointed": seats["appointed"],
        "eligible": seats["eligible"],
        "present": seats["present"],
        "recused": seats["recused"],
    }


def roll_numbers(body: Json, entry: int) -> dict[str, int]:
    later = {r["seat"] for r in body["recused_after_opening"] if r["entry"] == entry}
    aside = {seat["seat"] for seat in body["roll"] if entry in seat["recused"] or seat["seat"] in later}
    present = sum(seat["present"] and seat["seat"] not in aside for seat in body["roll"])
    total = len(body["roll"])
    return {"appointed": total, "recused": len(aside), "eligible": total - len(aside), "present": present}


def is_vote(vote: str, settings: Json, tiers: list[str]) -> bool:
    if vote == "abstain":
        return True
    if settings["method"] == "approve":
        return vote == "against" or vote in ([f"for:{tier}" for tier in tiers] if tiers else ["for"])
    low, high = settings["score_range"] if settings["method"] == "score" else (1, settings["items"])
    return vote.isascii() and vote.isdigit() and str(int(vote)) == vote and low <= int(vote) <= high


def for_and_against(settings: Json, good: list[str], points: list[int]) -> tuple[int, int]:
    if settings["method"] == "approve":
        against = good.count("against")
        return len(good) - good.count("abstain") - against, against
    if settings["method"] == "score" and settings["min_score"] is not None:
        enough = sum(point >= Fraction(settings["min_score"]) for point in points)
        return enough, len(points) - enough
    return len(points), 0


def mean_score(body: Json, entry: int, points: list[int]) -> Fraction | None:
    settings = body["settings"]
    if settings["method"] == "approve" or not points:
        return None
    mean = Fraction(sum(points), len(points))
    if settings["method"] == "score":
        return mean
    ballots = counting(body, entry)
    items: int = settings["items"]
    missing = sum(items - len(ballot["entries"]) for ballot in ballots)
    return items - mean - Fraction(missing, 2 * len(ballots))


def passes(settings: Json, fors: int, score: Fraction | None, seats: dict[str, int]) -> bool:
    if settings["method"] != "approve":
        if score is None:
            return False
        if (
            settings["method"] == "score"
            and settings["min_score"] is not None
            and score < Fraction(settings["min_score"])
        ):
            return False
        if not settings["majority"]:
            return True
    return reaches(fors, seats, settings["majority"])


def reaches(votes: int, seats: dict[str, int], majority: Json | None) -> bool:
    if not majority:
        return votes > 0
    ratio, base = Fraction(majority["ratio"]), seats[majority["base"]]
    return votes > 0 and (votes > ratio * base if majority["strict"] else votes >= ratio * base)


def signatures(bundle: Json) -> Iterator[str]:
    if not bundle["signatures"]:
        return
    try:
        from cryptography.exceptions import InvalidSignature
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    except ImportError:
        yield "the signatures were not checked: the package 'cryptography' is not installed"
        return
    keys = {told["teller"]: told["signing_key"] for told in bundle["body"]["tellers"]}
    message = f"{FORMAT}|{bundle['sha256']}".encode()
    for told in bundle["signatures"]:
        if keys.get(told["teller"]) != told["signing_key"]:
            yield f"the signature of {told['name']} is by a key that is not in the minutes"
            continue
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(told["signing_key"])).verify(
                bytes.fromhex(told["signature"]), message
            )
        except (InvalidSignature, ValueError):
            yield f"the signature of {told['name']} is not under these minutes"


def say(text: str) -> None:
    sys.stdout.write(text + "\n")


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        say(__doc__ or "")
        return 2
    try:
        with open(arguments[0], encoding="utf-8") as file:
            bundle = json.load(file)
        found = list(problems(bundle))
        body = bundle["body"]
        facts = (len(body["roll"]), len(body["box"]), len(body["settings"]["entries"]), len(bundle["signatures"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        say(f"This is no bundle of minutes: {type(error).__name__}: {error}")
        return 2
    for problem in found:
        say(f"WRONG: {problem}.")
    if found:
        return 1
    say("Holds: {} seats, {} ballots, {} candidates, {} signatures; every hash and every count agrees.".format(*facts))
    say("Not verifiable from here: that the opened votes are those of the sealed ballots. For that the tellers stand.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
