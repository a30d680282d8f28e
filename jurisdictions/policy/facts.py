"""The facts that conditions may read. ``form.*`` and ``check.*`` come from the policy itself; the rest is fixed here.

``policy check`` refuses an expression that reads anything else.
"""

from __future__ import annotations

ORG = {
    "kind": "enterprise, farm, research_institute … (ApplicantKind)",
    "legal_status": "legal_person, unincorporated, branch, internal_body, dispatched_body, natural_person, team, project",
    "founded_on": "ISO date of registration or setting up",
    "operating_since": "ISO date since which it operates normally",
    "region": "GB/T 2260 division code of its registered place",
    "in_territory": "bool: region lies in the policy's territory",
    "operating": "bool: operates normally now",
    "industry": "GB/T 4754 section letter A–T",
    "sectors": "list of sector flags (digital_economy, life_health, agriculture, new_materials, …)",
    "activities": "list: production, construction, services, environment, agriculture, standardisation",
    "subordination": "'' | county | city | prefecture | province | central: under whom it directly stands",
    "size": "large, medium, small, micro",
    "listed": "bool: a listed or soon-to-be-listed company", "employees": "int", "has_parent": "bool",
}  # fmt: skip
AWARDS = {
    "won": "list of {prize, tier, year, level, jurisdiction, revoked} of this and other registers, binding ones",
    "held": "list of prize keys of this jurisdiction held and not revoked",
    "ever": "list of prize keys of this jurisdiction ever won and not revoked",
    "county_level": "bool: holds an award of a county-level government",
    "higher_level": "list of levels (city, province, nation) at which an award is held",
    "barred_until": "ISO date or ''", "years_since": "map prize key → years since the last award year",
}  # fmt: skip
ROUND = {
    "year": "int", "opened_on": "ISO date", "closes_on": "ISO date: last day for filing", "last_year": "int: year − 1",
}  # fmt: skip
APP = {"prize": "prize key", "category": "category key", "filed_on": "ISO date", "kind": "as org.kind"}
ENTRY = {
    "score": "latest score of a stage so far", "composite": "composite score", "rank": "latest rank (int)",
    "tier": "tier key once a decision has picked the prize; '' where it has no tiers",
}  # fmt: skip
FIXED = {"org": ORG, "awards": AWARDS, "round": ROUND, "app": APP, "entry": ENTRY, "bodies": {}}

#: Facts that an organisation's profile keeps under free keys and any policy may read as ``org.<key>`` are not allowed: ask in the form.
SECTORS = (
    "digital_economy", "life_health", "agriculture", "forestry", "smart_equipment", "new_energy_vehicles", "new_materials",
    "advanced_manufacturing", "traditional_industry", "modern_services", "energy_environment", "green_building", "strategic_emerging",
    "information_economy", "new_technology", "new_industry", "new_format", "new_model", "industrial", "mining", "construction",
    "export_brand", "pinzibiao", "education", "healthcare", "tourism", "culture", "finance", "logistics", "marine",
)  # fmt: skip
