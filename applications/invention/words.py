"""Invented Chinese text. Nothing here names a real organisation, person or place."""

from __future__ import annotations

import random

STEMS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"
TRADES = {
    "enterprise": ("精密制造", "新材料科技", "智能装备", "汽车零部件", "泵阀", "电气", "服装", "食品", "建筑工程", "物流服务"),
    "farm": ("生态农业", "果蔬", "茶叶", "水产"),
    "hospital": ("医院",), "school": ("学校",), "research_institute": ("质量技术研究院",), "testing_body": ("检验检测中心",),
    "social_group": ("行业协会",), "public_institution": ("公共服务中心",), "non_profit": ("公益服务中心",), "government_body": ("服务中心",),
}  # fmt: skip
ENDINGS = {"enterprise": "有限公司", "farm": "有限公司"}

_SENTENCES = (
    "本组织以顾客为中心，建立了覆盖研发、采购、生产和服务全过程的质量管理体系。",
    "近三年围绕战略目标分解关键指标，每月分析、每季评审，持续改进。",
    "通过标杆对比找出差距，立项改进三十余项，关键过程一次合格率逐年提高。",
    "领导班子定期与员工、顾客和供方沟通，重大质量事项实行一票否决。",
    "建立知识库和内部讲师制度，人均培训学时逐年增加。",
    "以数字化平台贯通计划、制造和检验数据，质量追溯时间由两天缩短到两小时。",
    "重视节能减排和安全生产，未发生一般及以上责任事故。",
    "顾客满意度由第三方测评，结果用于改进产品和服务。",
    "鼓励全员提出改善建议，对采纳的建议给予奖励并推广。",
)
_PHONE, _MAIL = ("phone", "电话"), ("email", "邮箱")
_PERSON = ("联系人", "负责人", "代表人", "管理者", "姓名")


def organisation(kind: str, number: int, rng: random.Random) -> str:
    """A name that is clearly invented, different for each number."""
    first, second = STEMS[number % len(STEMS)], STEMS[(number // len(STEMS)) % len(STEMS)]
    trade = rng.choice(TRADES.get(kind, ("示范单位",)))
    return f"示例{second}{first}{trade}{ENDINGS.get(kind, '')}（演练 {number:03d}）"


def person(number: int) -> str:
    return f"演练人员{STEMS[number % len(STEMS)]}{number:03d}"


def text(key: str, label: str, longest: int, rng: random.Random, *, long: bool) -> str:
    """Fits the field's length and, where its label tells, its meaning."""
    if long:
        return _long(label, longest, rng)
    if any(hint in key for hint in _PHONE[:1]) or _PHONE[1] in label:
        found = f"000-{rng.randint(1_000_000, 9_999_999)}"
    elif _MAIL[0] in key or _MAIL[1] in label:
        found = f"contact{rng.randint(1, 999)}@example.invalid"
    elif any(hint in label for hint in _PERSON):
        found = person(rng.randint(0, 400))
    elif "地址" in label:
        found = f"示例路 {rng.randint(1, 300)} 号（虚构）"
    else:
        found = f"演练{label}{STEMS[rng.randrange(len(STEMS))]}"
    return found[:longest]


def _long(label: str, longest: int, rng: random.Random) -> str:
    parts = rng.sample(_SENTENCES, k=rng.randint(3, 6))
    return f"【{label[:40]}】{''.join(parts)}（演练内容）"[:longest]
