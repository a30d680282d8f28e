"""More time for all applicants alike is announced to the public, as the call was."""

from __future__ import annotations

from accounts.models import User
from applications.models import Extension
from core.clock import legal_date
from publicity.domain.notices import announce, title_of
from publicity.models import Notice


def publish_extension(extension: Extension, actor: User) -> None:
    """A notice with new day, reason and article; nothing where it is for one organisation. Runs in the act's transaction."""
    if extension.organisation_id is not None:
        return
    stage, day = extension.stage, legal_date(extension.deadline)
    title = title_of(stage)
    announce(
        actor=actor, jurisdiction=stage.round.jurisdiction, kind=Notice.Kind.OTHER, article=extension.article, round_=stage.round, stage=stage,
        title={"zh": f"{title['zh']}延期", "en": f"{title['en']}: more time"},
        text={
            "zh": f"申报截止时间延至{day.year}年{day.month}月{day.day}日24时，适用于全体申报单位。原因：{extension.reason}",
            "en": f"Applications may be filed until the end of {day}, by all applicants alike. Reason: {extension.reason}",
        },
    )  # fmt: skip
