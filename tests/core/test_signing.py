"""A drawn signature comes as a picture or not at all."""

from __future__ import annotations

import base64
import io

import pytest
from django import forms
from django.core.files.base import ContentFile
from PIL import Image

from core.design.signing import ADDRESS, MOST, PNG, DrawnField
from tests.core.components import render


class _Form(forms.Form):
    drawing = DrawnField()


def drawing() -> ContentFile[bytes]:
    """A picture as the pad sends it."""
    kept = io.BytesIO()
    Image.new("RGBA", (960, 352)).save(kept, "PNG")
    found = _Form({"drawing": ADDRESS + base64.b64encode(kept.getvalue()).decode()})
    assert found.is_valid(), found.errors
    picture: ContentFile[bytes] = found.cleaned_data["drawing"]
    return picture


def test_what_was_drawn_is_a_file_and_nothing_drawn_is_none():
    assert drawing().read().startswith(PNG)
    assert _Form({}).is_valid() and _Form({"drawing": ""}).is_valid()


@pytest.mark.parametrize(
    "sent",
    ["x", ADDRESS, ADDRESS + "%%%", ADDRESS + "aGVsbG8=", ADDRESS + base64.b64encode(PNG + b"0" * MOST).decode()],
)
def test_anything_else_is_told_at_the_pad(sent):
    form = _Form({"drawing": sent})
    html = render("<c-form :form='form' submit='x' />", form=form, user=None)
    assert not form.is_valid() and "has-error" in html and 'name="drawing"' in html and 'id="id_drawing"' in html
