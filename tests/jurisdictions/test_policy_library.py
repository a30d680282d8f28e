"""Building blocks, the schema that knows them, the diagram, and the guide that cannot go stale."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from core.fields import plain
from jurisdictions.policy import Policy, diagram, library, schema
from jurisdictions.policy.forms import Field, Section
from jurisdictions.policy.loader import read
from jurisdictions.policy.parsing import parse
from jurisdictions.policy.sheets import Sheet

ROOT = Path(settings.BASE_DIR)
POLICIES = {path.stem: read(path) for path in sorted((ROOT / "fixtures/policies").glob("*.yaml"))}
STRETCH = read(ROOT / "tests/data/stretch-2026.yaml")


def test_every_policy_file_is_clean():
    assert len(POLICIES) >= 5
    assert [str(problem) for file in (*POLICIES.values(), STRETCH) for problem in file.problems] == []


@pytest.mark.parametrize("name", sorted(library.blocks()))
def test_every_block_is_what_it_claims_to_be(name):
    block = library.expand([{"use": name}])
    for part in block:
        if name.startswith("section-"):
            assert Section.model_validate(part).key
        elif name.startswith("field-"):
            assert Field.model_validate(part).key
        elif name.startswith("check-"):
            assert part["key"] == name.removeprefix("check-").replace("-", "_")
        else:
            assert Sheet.model_validate(part).total in (100, 1000)


def test_the_sheet_of_the_standard_has_seven_categories_and_23_items():
    [block] = library.expand([{"use": "gbt-19580-2012"}])
    sheet = Sheet.model_validate(block)
    points = {c.ref: (int(c.points), [int(leaf.points) for leaf in c.leaves()]) for c in sheet.criteria}
    assert points == {
        "4.1": (110, [50, 30, 30]), "4.2": (90, [40, 50]), "4.3": (90, [40, 50]), "4.4": (130, [60, 15, 20, 15, 10, 10]),
        "4.5": (100, [50, 50]), "4.6": (80, [40, 40]), "4.7": (400, [80, 80, 80, 60, 50, 50]),
    }  # fmt: skip
    assert len(sheet.leaves()) == 23
    assert sheet.total == 1000
    assert all(leaf.key_points for leaf in sheet.leaves())
    assert [(band.low, band.high) for band in sheet.bands] == [
        (0, 5),
        (10, 25),
        (30, 45),
        (50, 65),
        (70, 85),
        (90, 100),
    ]


def test_the_points_of_every_group_are_those_of_its_items():
    for file in (*POLICIES.values(), STRETCH):
        for sheet in file.sound().sheets:
            for criterion in sheet.criteria:
                assert criterion.points == sum(leaf.points for leaf in criterion.leaves())


def test_22_economic_indicators_over_three_years():
    [block] = library.expand([{"use": "section-economics"}])
    field = Section.model_validate(block).fields[0]
    assert (len(field.indicators), field.years) == (22, 3)


def test_own_keys_replace_those_of_the_block_and_children_come_and_go():
    used = {
        "use": "section-contacts",
        "key": "who",
        "without": ["contact_email"],
        "more": [{"use": "field-cqo", "article": "9"}],
    }
    [section] = library.expand([used])
    assert (section["key"], [field["key"] for field in section["fields"]]) == (
        "who",
        ["contact_name", "contact_phone", "has_cqo"],
    )
    assert section["fields"][-1]["article"] == "9"
    assert library.blocks()["section-contacts"]["key"] == "contacts"


def test_a_list_of_questions_is_spliced_in():
    fields = library.expand([{"use": "field-cqo"}, {"use": "field-construction-credit"}])
    assert len(fields) == 4


def test_expanding_twice_is_expanding_once():
    document = POLICIES["wenling-2023"].document
    assert library.expand(document) == document


def test_an_unknown_block_is_refused():
    with translation.override("en"), pytest.raises(library.UnknownBlock, match="nearest is 'section-basics'"):
        library.expand({"sections": [{"use": "section-basic"}]})


def test_the_same_fact_means_the_same_everywhere():
    """Fields that share a key share a type: facts can be compared between jurisdictions."""
    types: dict[str, set[str]] = {}
    for file in (*POLICIES.values(), STRETCH):
        for form in file.sound().forms:
            for section in form.sections:
                for field in section.fields:
                    types.setdefault(field.key, set()).add(field.type)
    assert {key: found for key, found in types.items() if len(found) > 1} == {}


# --- schema --------------------------------------------------------------------------------------------------------------


def test_the_schema_allows_a_block_wherever_a_list_of_things_stands(capsys):
    call_command("policy", "schema")
    printed = json.loads(capsys.readouterr().out)
    assert printed["$defs"]["Use"]["properties"]["use"]["enum"] == sorted(library.blocks())
    assert {"$ref": "#/$defs/Use"} in printed["properties"]["sheets"]["items"]["anyOf"]
    assert {"$ref": "#/$defs/Use"} in printed["$defs"]["Form"]["properties"]["sections"]["items"]["anyOf"]
    assert {"$ref": "#/$defs/Use"} in printed["properties"]["stages"]["items"]["anyOf"]


def fits(value, node, root):
    """Whether a value fits a JSON Schema, as far as ours goes."""
    if "$ref" in node:
        return fits(value, root["$defs"][node["$ref"].rsplit("/", 1)[-1]], root)
    if "anyOf" in node or "oneOf" in node:
        return any(fits(value, part, root) for part in node.get("anyOf") or node["oneOf"])
    if "enum" in node or "const" in node:
        return value in node.get("enum", [node.get("const")])
    kinds: dict[str, Any] = {
        "string": str,
        "integer": int,
        "number": (int, float),
        "boolean": bool,
        "null": type(None),
        "array": list,
        "object": dict,
    }
    if "type" in node and not isinstance(value, kinds[node["type"]]):
        return False
    if isinstance(value, str):
        return re.search(node.get("pattern", ""), value) is not None
    if isinstance(value, list):
        return all(fits(item, node.get("items", {}), root) for item in value)
    return not isinstance(value, dict) or fits_object(value, node, root)


def fits_object(value, node, root):
    known, others = node.get("properties", {}), node.get("additionalProperties", True)
    if set(node.get("required", ())) - set(value) or (others is False and set(value) - set(known)):
        return False
    return all(
        fits(item, known.get(key, others if isinstance(others, dict) else {}), root) for key, item in value.items()
    )


@pytest.mark.parametrize("name", [*POLICIES, "stretch"])
def test_the_schema_accepts_every_file_as_it_is_written(name):
    root = schema.json_schema()
    written = plain((POLICIES.get(name) or STRETCH).edition["document"])
    assert [key for key, value in written.items() if not fits(value, root["properties"][key], root)] == []
    assert fits(written, root, root)
    assert not fits({**written, "title": {"zh": "甲"}}, root, root)
    assert not fits({**written, "sheets": [{"use": "nothing"}]}, root, root)
    assert not fits({**written, "colour": "red"}, root, root)


def test_the_schema_leads_nowhere():
    text = json.dumps(schema.json_schema())
    definitions = schema.json_schema()["$defs"]
    assert {name for name in re.findall(r"#/\$defs/([^\"]+)", text) if name not in definitions} == set()


def test_a_document_written_again_is_the_same_policy():
    for file in (*POLICIES.values(), STRETCH):
        policy = file.sound()
        assert Policy.model_validate(json.loads(policy.model_dump_json())) == policy


# --- diagram -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*POLICIES, "stretch"])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_diagram_shows_every_stage_with_kind_and_article(name, language):
    policy = (POLICIES.get(name) or STRETCH).sound()
    drawn = diagram.mermaid(policy, language)
    assert drawn.startswith("flowchart TD\n")
    for stage in policy.stages:
        line = next(
            line for line in drawn.splitlines() if line.strip().startswith(f"s_{stage.key}") and "<br/>" in line
        )
        assert stage.kind in line
        assert stage.article in line
        assert stage.name.in_language(language) in line
    assert drawn.count('"') % 2 == 0


def test_the_diagram_shows_what_opens_together_and_what_the_others_get():
    drawn = diagram.mermaid(POLICIES["wenling-2023"].sound(), "en")
    assert 's_application -. "opens with" .-> s_recommendation' in drawn
    assert 's_vote -. "not won" .-> p_quality_nomination' in drawn


# --- guide ---------------------------------------------------------------------------------------------------------------


def test_the_guide_lists_every_stage_kind_as_the_schema_has_it():
    guide = (ROOT / "docs/policy.md").read_text(encoding="utf-8")
    assert schema.stage_table() in guide, "run: manage.py policy kinds, and put the table into docs/policy.md"


def test_the_guide_names_every_block():
    facts = (ROOT / "docs/policy-facts.md").read_text(encoding="utf-8") + (ROOT / "docs/policy.md").read_text(
        encoding="utf-8"
    )
    missing = [name for name in library.blocks() if f"`{name}`" not in facts and not name.startswith("check-")]
    assert missing == []


def test_the_example_of_the_guide_is_sound():
    guide = (ROOT / "docs/policy.md").read_text(encoding="utf-8")
    example = next(
        part for part in re.findall(r"```yaml\n(.*?)```", guide, re.DOTALL) if "jurisdictions.policydocument" in part
    )
    from jurisdictions.policy.loader import read_text

    assert [str(problem) for problem in read_text(example).problems] == []


def test_answers_of_a_fact_keep_the_order_in_which_they_are_listed() -> None:
    graver = ["none", "ordinary", "larger", "major", "particularly_major"]
    found = {
        key: [c for c in parse(file.document).checks if c.key == "accident_grade"] for key, file in POLICIES.items()
    }
    assert any(found.values())
    assert all(list(check.choices) == graver for checks in found.values() for check in checks)
