"""The sections of a prize's form: those of the policy, then the self-evaluation and what the intake's articles add."""

from __future__ import annotations

from django.utils.functional import cached_property

from jurisdictions.policy import Policy
from jurisdictions.policy.base import Text
from jurisdictions.policy.forms import Field, Form, Section
from jurisdictions.policy.sheets import Criterion, Sheet
from jurisdictions.policy.stages import Intake

NO_STATE_SECRETS, TRUTH = "declares_no_state_secrets", "declares_truth"
LONGEST_KEY = 49

_SELF_EVALUATION = Text(zh="自我评价：{title}", en="Self-evaluation: {title}")
_FILING = Text(zh="申报声明", en="Declarations on filing")
_POINTS = Text(zh="满分 {points} 分。", en="Up to {points} points.")
_STATE_SECRETS = Text(
    zh="申报材料不涉及国家安全和国家秘密。", en="Nothing in these papers touches national security or state secrets."
)
_STATE_SECRETS_REFUSAL = Text(
    zh="涉及国家安全或国家秘密的材料不得提交。",
    en="Papers that touch national security or state secrets cannot be filed.",
)
_TRUTH = Text(zh="我们对申报材料的真实性负责。", en="We answer for the truth of these papers.")


class Layout:
    """The sections of one prize's form, with quick ways to its fields."""

    def __init__(self, form: Form, sections: list[Section], points: dict[str, list[Text]] | None = None) -> None:
        self.form, self.sections = form, sections
        #: Key points of a self-evaluation that are answered one by one, by the field's key.
        self.points: dict[str, list[Text]] = points or {}

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every field by its key, in the order of the form."""
        return {field.key: field for section in self.sections for field in section.fields}

    @cached_property
    def section_of(self) -> dict[str, Section]:
        """The section in which a field stands."""
        return {field.key: section for section in self.sections for field in section.fields}

    def section(self, key: str) -> Section | None:
        return next((section for section in self.sections if section.key == key), None)

    def article_of(self, field: Field) -> str:
        """The article by which the field is asked."""
        return field.article or self.form.article


_LAYOUTS: dict[tuple[int, str], tuple[Policy, Layout]] = {}


def layout(policy: Policy, prize: str) -> Layout:
    """The layout of a prize's form; made once per policy."""
    kept = _LAYOUTS.get((id(policy), prize))
    if kept is None or kept[0] is not policy:
        if len(_LAYOUTS) > 256:
            _LAYOUTS.clear()
        kept = _LAYOUTS[id(policy), prize] = (policy, _laid_out(policy, prize))
    return kept[1]


def intake_of(policy: Policy) -> Intake | None:
    """The stage in which applications are filed."""
    return next((stage for stage in policy.stages if isinstance(stage, Intake)), None)


def _laid_out(policy: Policy, prize: str) -> Layout:
    form = policy.form_for(prize)
    sections = list(form.sections)
    points: dict[str, list[Text]] = {}
    if form.self_evaluation:
        own, points = _self_evaluation(policy.sheet(form.self_evaluation), form, _taken(sections))
        sections += own
    asked = {field.key for section in sections for field in section.fields}
    if added := [field for field in _declarations(policy) if field.key not in asked]:
        sections.append(Section(key=_free("filing", {s.key for s in sections}), title=_FILING, fields=added))
    return Layout(form, sections, points)


def _taken(sections: list[Section]) -> set[str]:
    return {section.key for section in sections} | {field.key for section in sections for field in section.fields}


def _self_evaluation(sheet: Sheet, form: Form, taken: set[str]) -> tuple[list[Section], dict[str, list[Text]]]:
    """One section per criterion of the sheet, one long text per scored item; and the key points of those that have several."""
    sections, points = [], {}
    for criterion in sheet.criteria:
        items = [(_item(leaf, form, taken), leaf) for leaf in criterion.leaves()]
        fields = [field for field, _leaf in items]
        points.update({field.key: leaf.key_points for field, leaf in items if len(leaf.key_points) > 1})
        key = _free(f"self_{criterion.key}", taken)
        title = Text(
            zh=_SELF_EVALUATION.zh.format(title=criterion.title.zh),
            en=_SELF_EVALUATION.en.format(title=criterion.title.en),
        )
        sections.append(Section(key=key, title=title, fields=fields))
    return sections, points


def _item(leaf: Criterion, form: Form, taken: set[str]) -> Field:
    label = Text(zh=f"{leaf.ref} {leaf.title.zh}".strip(), en=f"{leaf.ref} {leaf.title.en}".strip())
    return Field(
        key=_free(f"self_{leaf.key}", taken), label=label, type="long_text", max_length=form.self_evaluation_length,
        article=form.article, help=_key_points(leaf),
    )  # fmt: skip


def _key_points(leaf: Criterion) -> Text:
    """What the item is worth, and what it asks for where that is one thing (several are asked one by one)."""
    points, asked = f"{leaf.points.normalize():f}", leaf.key_points[:1] if len(leaf.key_points) == 1 else []
    zh = [_POINTS.zh.format(points=points), *(f"{point.zh}。" for point in asked)]
    en = [_POINTS.en.format(points=points), *(f"{point.en}." for point in asked)]
    return Text(zh="\n".join(zh)[:2000], en="\n".join(en)[:2000])


def _free(wanted: str, taken: set[str]) -> str:
    """A key near the wanted one that nothing else has; it is taken then."""
    key, number = wanted[:LONGEST_KEY], 2
    while key in taken:
        key, number = f"{wanted[: LONGEST_KEY - 4]}_{number}", number + 1
    taken.add(key)
    return key


def _declarations(policy: Policy) -> list[Field]:
    """What the intake's articles want declared."""
    intake, found = intake_of(policy), []
    if intake and intake.truth_article:
        found.append(Field(key=TRUTH, label=_TRUTH, type="declaration", must_accept=True, article=intake.truth_article))
    if intake and intake.state_secrets_article:
        found.append(
            Field(
                key=NO_STATE_SECRETS,
                label=_STATE_SECRETS,
                type="declaration",
                must_accept=True,
                refusal=_STATE_SECRETS_REFUSAL,
                article=intake.state_secrets_article,
            )
        )
    return found
