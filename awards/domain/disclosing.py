"""The notice with which the public is told of a measure that the policy has announced."""

from __future__ import annotations

from accounts.models import User
from awards.models import Honour, SanctionCase
from awards.rules import governing
from publicity.domain.notices import announce
from publicity.models import Notice

#: What the notice is called: ``{act: (Chinese, English)}`` with the award's name.
TITLES = {
    "revoke": ("关于撤销{award}称号的公告", "{award}: a title is revoked"),
    "withdraw": ("关于取消{award}称号的公告", "{award}: a title is withdrawn"),
    "stop_publicity": ("关于停止{award}宣传的公告", "{award}: an award may no longer be publicised"),
    "order_correction": ("关于责令改正{award}称号使用的公告", "{award}: the use of a title is to be corrected"),
    "refuse_applications": ("关于不予受理{award}申报的公告", "{award}: applications are not accepted"),
}


def announce_case(case: SanctionCase, actor: User, media: str) -> Notice:
    """The measure with its statement, and whose honour it was. Runs in the act's transaction; a rehearsal's stays out of the public."""
    policy = governing(case)
    ends = case.act in ("revoke", "withdraw")
    chinese, english = TITLES[case.act]
    return announce(
        actor=actor, jurisdiction=case.jurisdiction, kind=Notice.Kind.REVOCATION if ends else Notice.Kind.DECISION, article=case.article,
        title={"zh": chinese.format(award=policy.award.zh), "en": english.format(award=policy.award.en)},
        text={"zh": case.disclosure}, round_=case.world or case.round, entries=_listed(case), media=media,
    )  # fmt: skip


def _listed(case: SanctionCase) -> list[dict[str, object]]:
    honour: Honour | None = case.honour
    if honour is None:
        return []
    tier = {"zh": honour.tier_zh, "en": honour.tier_en or honour.tier_zh} if honour.tier_zh else None
    return [
        {
            "entry": honour.entry_id, "number": honour.serial, "organisation": honour.organisation_name, "key": honour.prize,
            "prize": {"zh": honour.prize_zh, "en": honour.prize_en or honour.prize_zh}, "tier": tier, "place": 0,
        }
    ]  # fmt: skip
