"""What an applicant gets on filing: the printed form, a receipt, a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils import translation

from accounts.models import User
from applications.domain.access import filing_article
from applications.domain.checklist import Survey
from applications.forms import fields
from applications.forms.fields import is_empty
from applications.forms.fields.choice import label
from applications.forms.fields.indicators import years
from applications.forms.fields.rows import show_cell
from applications.forms.points import titled
from applications.models import Application, FiledVersion
from core.clock import LEGAL_ZONE
from documents import papers
from jurisdictions.policy.base import Text
from jurisdictions.policy.forms import Field
from notifications import outbox


def request_papers(application: Application, version: FiledVersion, survey: Survey) -> None:
    """Ask for the form and the receipt as papers; both name the version's hash."""
    entry = application.entry
    round_, organisation = entry.round, entry.organisation
    common = _common(application, version, survey)
    reference = f"{entry.number}/{version.number}"
    ask: dict[str, Any] = {
        "jurisdiction": round_.jurisdiction,
        "subject": application,
        "number": reference,
        "round_ref": round_.pk,
    }
    version.paper = papers.request(
        kind="application_form", template="application_form", title=f"{organisation.name} {survey.layout.form.title.zh}",
        context=form_context(application, version, survey), **ask,
    )  # fmt: skip
    version.receipt = papers.request(
        kind="receipt", template="filing_receipt", title=f"{organisation.name} 申报回执",
        context={**common, "article": _article(survey), "evidence": version.content()["evidence"],
                 "deadline": version.deadline.astimezone(LEGAL_ZONE).strftime("%Y-%m-%d %H:%M:%S")}, **ask,
    )  # fmt: skip
    version.save(update_fields=["paper", "receipt"])


def form_context(application: Application, version: FiledVersion, survey: Survey) -> dict[str, Any]:
    """What the printed form shows, for the template ``papers/application_form.html``: cover, sections with numbered tables, boxes for
    opinions and seals of those who recommend or audit it."""
    policy = survey.policy
    offices = [organ.name.zh for organ in policy.organs if organ.kind == "office"]
    boxes = [stage.name.zh for stage in policy.stages if stage.kind in ("recommendation", "preliminary_review")]
    return {
        **_common(application, version, survey), "title": survey.layout.form.title.zh, "heading": _heading(survey), "profile": _profile(application),
        "sections": printed(survey, version), "principles": [p.text.zh for p in policy.principles if "form" in p.shown_on],
        "issuer": offices[0] if offices else application.entry.round.jurisdiction.name_zh, "opinions": boxes,
    }  # fmt: skip


def _heading(survey: Survey) -> list[str]:
    """The two lines of the cover: whose form it is, and what kind of paper."""
    title, award = survey.layout.form.title.zh, survey.policy.award.zh
    named = re.fullmatch("(.+?)(申[报请](?:表|书|材料))", title)
    return [named[1], named[2]] if named else [award, title]


def _common(application: Application, version: FiledVersion, survey: Survey) -> dict[str, Any]:
    """What form and receipt both show."""
    entry = application.entry
    round_, organisation = entry.round, entry.organisation
    return {
        "award": survey.policy.award.zh, "prize": survey.policy.prize(entry.prize).name.zh, "year": round_.year, "number": entry.number,
        "organisation": organisation.name, "code": organisation.code or "", "version": version.number, "sha256": version.sha256,
        "filed_at": version.filed_at.astimezone(LEGAL_ZONE).strftime("%Y-%m-%d %H:%M:%S"), "filed_by": str(version.filed_by),
        "jurisdiction": round_.jurisdiction.name_zh, "rehearsal": round_.is_rehearsal,
    }  # fmt: skip


def notify(application: Application, version: FiledVersion) -> None:
    """Tell everybody who writes for the organisation, in the inbox and by mail."""
    entry = application.entry
    people = User.objects.filter(organisations__organisation=entry.organisation_id, is_active=True)
    outbox.post(
        to=people, kind="application.filed", jurisdiction=entry.round.jurisdiction, subject_ref=application,
        context={"organisation": entry.organisation.name, "number": entry.number, "sha256": version.sha256, "version": version.number},
        key=f"application.filed:{application.pk}:{version.number}", rehearsal=entry.round.is_rehearsal, paper=version.receipt,
        url=reverse("applications:receipt", kwargs={"code": entry.round.jurisdiction.code, "pk": application.pk}),
    )  # fmt: skip


def printed(survey: Survey, version: FiledVersion) -> list[dict[str, Any]]:
    """The sections as printed (in Chinese, whatever the reader's language): numbered, each question with its answer or table."""
    with translation.override("zh-hans"):
        return _sections(survey, version)


def _sections(survey: Survey, version: FiledVersion) -> list[dict[str, Any]]:
    files: dict[str, list[dict[str, Any]]] = {}
    for piece in version.evidence:
        files.setdefault(piece["field"], []).append(piece)
    found: list[dict[str, Any]] = []
    tables = 0
    for section in survey.layout.sections:
        asked = [field for field in section.fields if field.key in survey.answered.asked]
        if asked:
            number = len(found) + 1
            points = survey.layout.points
            questions = [
                _printed(field, version, files.get(field.key, []), points.get(field.key, ())) for field in asked
            ]
            for place, question in enumerate(questions, start=1):
                question["number"] = f"{number}.{place}"
                if question["table"] is not None:
                    tables += 1
                    question["table"]["number"] = tables
            found.append({"number": number, "title": section.title.zh, "questions": questions})
    return found


def _printed(
    field: Field, version: FiledVersion, files: list[dict[str, Any]], points: Sequence[Text] = ()
) -> dict[str, Any]:
    value = version.answers.get(field.key)
    question: dict[str, Any] = {
        "label": field.label.zh,
        "type": field.type,
        "secret": field.key in version.secrets,
        "text": "",
        "table": None,
    }
    if field.type == "files":
        question["table"] = _files(files)
    elif field.type == "rows" and isinstance(value, list):
        question["table"] = _rows(field, value)
    elif field.type == "indicators" and isinstance(value, dict):
        question["table"] = _indicators(field, value, version)
    elif field.type == "declaration":
        question["text"] = "√" if value is True else ""
    elif field.type == "choice":
        question["text"] = label(field.choices, value) if not is_empty(value) else ""
    else:
        question["text"] = titled(fields.show(field, value), points)
    question["short"] = question["table"] is None and field.type != "long_text"
    question["paragraphs"] = [line.strip() for line in str(question["text"]).splitlines() if line.strip()]
    return question


def _files(files: list[dict[str, Any]]) -> dict[str, Any]:
    rows = [
        [str(place), piece["name"], filesizeformat(piece["size"]), piece["sha256"]]
        for place, piece in enumerate(files, start=1)
    ]
    return {"look": "files", "head": ["序号", "文件名称", "大小", "SHA-256"], "rows": rows}


def _rows(field: Field, value: list[dict[str, Any]]) -> dict[str, Any]:
    rows = [
        [str(place), *[show_cell(column, row.get(column.key)) for column in field.columns]]
        for place, row in enumerate(value, start=1)
    ]
    return {"look": "rows", "head": ["序号", *[column.label.zh for column in field.columns]], "rows": rows}


def _indicators(field: Field, value: dict[str, Any], version: FiledVersion) -> dict[str, Any]:
    """Oldest year last, as asked; the year's number stands in the head."""
    last = version.filed_at.astimezone(LEGAL_ZONE).year - 1
    names = years(field)
    head = ["指标", *[f"{last - place}年" for place in range(len(names))], "同行业位次", "说明"]
    rows = []
    for indicator in field.indicators:
        row = value.get(indicator.key) or {}
        unit = f"（{indicator.unit.zh}）" if indicator.unit else ""
        rows.append([f"{indicator.label.zh}{unit}", *[str(row.get(name, "")) for name in (*names, "rank", "why")]])
    return {"look": "indicators", "head": head, "rows": rows}


def _profile(application: Application) -> list[list[str]]:
    """The cover's table."""
    organisation = application.entry.organisation
    return [
        ["组织名称", organisation.name], ["统一社会信用代码", organisation.code or "—"], ["组织类型", _zh(organisation.get_kind_display)],
        ["注册地址", organisation.address or "—"], ["负责人", organisation.head_name or "—"],
        ["联系人", " ".join(filter(None, (organisation.contact_name, organisation.contact_phone))) or "—"],
    ]  # fmt: skip


def _zh(display: Any) -> str:
    with translation.override("zh-hans"):
        return str(display())


def _article(survey: Survey) -> dict[str, str]:
    number = filing_article(survey.policy)
    summary = survey.policy.summary(number)
    return {"number": number, "text": summary.zh if summary else ""}
