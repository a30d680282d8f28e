"""Components hold whatever they are given, or nothing; a colour never speaks alone; everything works without scripts."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django import forms

from config.settings.apps import BASE_DIR
from core.templatetags.look import difference, tone, tone_icon
from tests.core.components import render

COMPONENTS = sorted(path.stem for path in (BASE_DIR / "templates" / "cotton").glob("*.html"))
#: It is nothing without its list (core.lists), and proven with it.
NEEDS_A_LIST = {"data_table"}
NASTY = "<b>名" * 70 + "🏅‏שלום"
NOW = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


@pytest.mark.parametrize("name", [name for name in COMPONENTS if name not in NEEDS_A_LIST])
def test_a_component_with_no_input_at_all_is_still_a_component(db, name):
    assert "Traceback" not in render(f"<c-{name.replace('_', '-')} />", user=None)


def test_what_people_typed_is_never_markup(db):
    for tag in ("<c-empty :text='t' />", "<c-status status='open' :label='t' />", "<c-page-header :title='t' :lead='t' />",
                "<c-notice :title='t' />", "<c-difference :before='t' after='' />", "<c-tabs :items='i' :label='t' />"):  # fmt: skip
        assert "<b>名" not in render(tag, t=NASTY, i=[{"url": "/", "words": NASTY}])


def test_a_status_has_a_tone_a_picture_and_a_word():
    assert {tone(s) for s in ("advanced", "stopped", "prepared", "open", "nobody-knows")} == {
        "good", "bad", "warn", "busy", "calm",
    }  # fmt: skip
    html = render("<c-status status='stopped' label='未通过' />")
    assert "tone-bad" in html and "#x" in html and "未通过" in html
    assert tone_icon("skipped") != tone_icon("waiting")


def test_a_deadline_says_how_long_is_left_and_how_it_is_counted(db):
    days = [{"day": dt.date(2026, 3, 3), "words": "工作日", "ordinal": 1}]
    tag = "<c-deadline :moment='m' :now='now' :days='days' />"
    html = render(tag, m=NOW + dt.timedelta(days=2), now=NOW, days=days)
    assert "is-soon" in html and "工作日" in html and "2026-03-03" in html
    assert "is-over" in render(tag, m=NOW - dt.timedelta(days=1), now=NOW, days=[])
    assert render(tag, m=None, now=NOW, days=days).strip() == ""


class _Form(forms.Form):
    name = forms.CharField(label="名称", help_text="照营业执照填写", max_length=50)
    text = forms.CharField(label="事迹", max_length=500, widget=forms.Textarea, required=False)
    kinds = forms.MultipleChoiceField(label="类别", choices=[("a", "甲")], widget=forms.CheckboxSelectMultiple)


def test_errors_stand_on_top_and_lead_to_their_fields():
    html = render("<c-form :form='form' submit='提交' />", form=_Form({"text": "x" * 501}))
    for target in re.findall(r'<li><a href="#([^"]+)"', html):
        assert f'id="{target}"' in html
    assert html.index("error-summary") < html.index('for="id_name"')
    assert 'aria-describedby="id_name-help id_name-error"' in html and 'data-most="500"' in html


def test_a_difference_marks_what_went_and_what_came():
    rows = difference("第一行\n质量奖 2024", "第一行\n质量奖 2026")
    assert rows[0] == ("第一行", "第一行", False)
    assert rows[1] == ("质量奖 <del>2024</del>", "质量奖 <ins>2026</ins>", True)
    assert difference("<i>", "")[0][0] == "<del>&lt;i&gt;</del>"
