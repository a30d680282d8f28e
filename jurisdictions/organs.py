"""What organs of a policy are called on paper."""

from __future__ import annotations

from jurisdictions.models import Jurisdiction
from jurisdictions.policy import Policy


def full_name(organ: str, jurisdiction: Jurisdiction) -> str:
    """An organ's name as it stands on a paper: the policy may write “the county government” where the paper needs the county's name."""
    place: str = jurisdiction.name_zh
    return place + organ[1:] if organ and not organ.startswith(place) and place.endswith(organ[0]) else organ


def signer(policy: Policy | None, jurisdiction: Jurisdiction, organ: str = "") -> str:
    """Who signs a paper: the organ of that key, else the review office; the place's own name where the policy knows neither."""
    organs = policy.organs if policy else []
    named = next((one for one in organs if organ and one.key == organ), None)
    found = named or next((one for one in organs if one.kind == "office"), None)
    return full_name(found.name.zh, jurisdiction) if found else jurisdiction.name_zh
