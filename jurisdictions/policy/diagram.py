"""A picture of a policy's stages, drawn from the policy itself (Mermaid flowchart)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from jurisdictions.policy.base import Text
from jurisdictions.policy.document import Policy

_SHAPES = {
    "vote": ("{{", "}}"),
    "approval": ("[[", "]]"),
    "conferral": ("([", "])"),
    "publicity": ("[/", "/]"),
    "call": ("([", "])"),
}
_WORDS = {
    "article": ("第 {} 条", "Art. {}"),
    "stops": ("不通过", "out"),
    "reached": ("未获奖", "not won"),
    "with": ("同时开放", "opens with"),
}


def mermaid(policy: Policy, language: str = "zh") -> str:
    """The flowchart: stages in order with kind and articles, who leaves where, prizes for those who came far."""
    return "\n".join(["flowchart TD", *(f"    {line}" for line in _lines(policy, language))]) + "\n"


def _lines(policy: Policy, language: str) -> Iterator[str]:
    for stage in policy.stages:
        yield _node(stage, language)
    for before, after in zip(policy.stages, policy.stages[1:], strict=False):
        label = f'-. "{_word("with", language)}" .->' if after.opens == "with" else "-->"
        yield f"s_{before.key} {label} s_{after.key}"
    for stage in policy.stages:
        if _may_stop(stage):
            yield f's_{stage.key} -. "{_word("stops", language)}" .-> out(("✕"))'
    for prize in policy.prizes:
        if prize.fallback_stage:
            name = _clean(prize.name.in_language(language))
            yield f's_{prize.fallback_stage} -. "{_word("reached", language)}" .-> p_{prize.key}[/"{name}"/]'
            yield f"p_{prize.key} --> s_{policy.stages[-1].key}"


def _node(stage: Any, language: str) -> str:
    opening, closing = _SHAPES.get(stage.kind, ("[", "]"))
    articles = ", ".join([stage.article, *stage.also])
    detail = "".join(
        f"<br/>{part}" for part in (stage.kind, _word("article", language).format(articles), _detail(stage)) if part
    )
    return f's_{stage.key}{opening}"{_clean(stage.name.in_language(language))}{detail}"{closing}'


def _detail(stage: Any) -> str:
    """The one figure that people ask for first."""
    window = getattr(stage, "window", None)
    if window is not None:
        return f"{window.length.value} {window.unit} days"
    if stage.kind == "composite":
        return " + ".join(f"{part.weight.value} {part.stage}" for part in stage.inputs)
    return str(stage.method.value) if stage.kind == "vote" else ""


def _may_stop(stage: Any) -> bool:
    return stage.kind in ("eligibility", "acceptance", "preliminary_review", "recommendation", "publicity") or bool(
        getattr(stage, "gate", None) or getattr(stage, "shortlist", None)
    )


def _word(key: str, language: str) -> str:
    chinese, english = _WORDS[key]
    return english if language.startswith("en") else chinese


def _clean(text: str | Text) -> str:
    return str(text).replace('"', "'")
