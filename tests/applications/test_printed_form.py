"""The application as a paper: every policy's form can be printed as it would be handed in, however much is written in it."""

from __future__ import annotations

import datetime as dt
import io
import os
import random
import re
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pypdf import PdfReader

from accounts.models import Organisation, User
from applications.domain import receipts
from applications.forms.answers import understand
from applications.forms.layout import layout
from applications.invention.profiles import invent
from applications.models import FiledVersion
from core.clock import LEGAL_ZONE
from documents import rendering
from documents.models import Paper
from jurisdictions.policy import Policy, loader
from jurisdictions.policy.parsing import parse
from tests.worlds import POLICIES

FORMS = [
    ("wenling-2023", "quality"), ("wenling-2023", "standards"), ("qingyuan-draft-2025", ""), ("wenzhou-2020", ""), ("yiwu-2020", ""),
    ("tacheng-2023", ""),
]  # fmt: skip
SHA = "0123456789abcdef" * 4
NAME = "示例县绿水青山高端智能装备制造与绿色低碳新材料研究开发（集团）股份有限公司"
SHOTS = os.environ.get("SCREENSHOTS")


def printed(name: str, prize: str, **more: Any) -> tuple[list[str], dict[str, Any]]:
    """The pages' text, and the context from which they were made. ``more``: answers put in place of the invented ones."""
    policy = parse(loader.read(POLICIES / f"{name}.yaml").document)
    prize = prize or next(one.key for one in policy.prizes if one.is_applied_for)
    profile = invent(policy, prize, random.Random(3), closest=True)
    answers = {**profile["form"], **more}
    plan = layout(policy, prize)
    answered = understand(plan, answers, {"org": profile["org"], "app": {"prize": prize}}, dt.date(2025, 4, 1))
    version = FiledVersion(
        number=1, answers=answers, sha256=SHA, filed_at=dt.datetime(2025, 4, 1, 10, tzinfo=LEGAL_ZONE), filed_by=User(name="经办人（示例）"),
        evidence=[{"field": key, "file": 1, "name": "营业执照（副本）扫描件.pdf", "sha256": SHA, "size": 123456, "secret": False}
                  for key, field in plan.fields.items() if field.type == "files"],
    )  # fmt: skip
    survey: Any = SimpleNamespace(layout=plan, answered=answered, policy=policy)
    context = receipts.form_context(_application(prize, policy), version, survey)
    paper = Paper(
        kind="application_form",
        title="申报表",
        template="papers/application_form.html",
        number="2025-0001/1",
        context=context,
    )
    pdf, _pages = rendering.pdf_of(paper)
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        (Path(SHOTS) / f"form-{name}-{prize}{'-long' if more else ''}.pdf").write_bytes(pdf)
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages], context


def _application(prize: str, policy: Policy) -> Any:
    organisation = Organisation(
        name=NAME, code="91990101MA00000001", kind="enterprise", address="示例县示例街道示例路 1 号", head_name="示例负责人",
        contact_name="示例联系人", contact_phone="0578-0000000",
    )  # fmt: skip
    round_ = SimpleNamespace(year=2025, is_rehearsal=False, jurisdiction=SimpleNamespace(name_zh=policy.issuer.zh))
    return SimpleNamespace(
        entry=SimpleNamespace(prize=prize, number="2025-0001", round=round_, organisation=organisation)
    )


@pytest.mark.parametrize(("name", "prize"), FORMS)
def test_a_form_is_printed_as_it_would_be_handed_in(name: str, prize: str) -> None:
    pages, context = printed(name, prize)
    for number, text in enumerate(pages, start=1):
        flat = re.sub(r"\s", "", text)
        assert "2025-0001" in flat and SHA in flat, f"page {number} does not say what it belongs to"
        assert f"第{number}页共{len(pages)}页" in flat
    whole = re.sub(r"\s", "", "".join(pages))
    assert "目录" in whole and "申报单位（盖章）" in whole and "法定代表人（负责人）签字" in whole
    for section in context["sections"]:
        assert re.sub(r"\s", "", section["title"]) in whole
    for opinion in context["opinions"]:
        assert f"{opinion}意见" in whole
    tables = [q["table"] for section in context["sections"] for q in section["questions"] if q["table"]]
    assert [table["number"] for table in tables] == list(range(1, len(tables) + 1))


def test_long_words_and_tables_of_five_hundred_rows_stay_on_the_page() -> None:
    policy = parse(loader.read(POLICIES / "wenling-2023.yaml").document)
    plan = layout(policy, "standards")
    rows = next(field for field in plan.fields.values() if field.type == "rows")
    text = next(field for field in plan.fields.values() if field.type == "long_text")
    first = rows.columns[0].key
    many = [{first: f"第{place}行" + ("W" * 90 if place % 50 == 0 else "")} for place in range(1, 501)]
    pages, context = printed(
        "wenling-2023", "standards", **{rows.key: many, text.key: "A" * 3000 + "\n" + "质量" * 1500}
    )
    table = next(q["table"] for s in context["sections"] for q in s["questions"] if q["label"] == rows.label.zh)
    assert len(table["rows"]) == 500
    head = re.sub(r"\s", "", "".join(table["head"]))[:12]
    flat = [re.sub(r"\s", "", page) for page in pages]
    inside = [page for page in flat if re.search(r"第\d+行", page)]
    assert len(inside) > 5 and all(head in page for page in inside), "the head is repeated on every page"
    found = [int(n) for page in flat for n in re.findall(r"(?<!\d)(?:\d+)?第(\d+)行", page)]
    assert set(range(1, 501)) <= set(found)
